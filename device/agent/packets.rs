//! GDB's remote protocol, as much of it as tells what becomes of the program.

/// The beginnings of the packets in one direction: `$`, the packet, `#` and two digits. Inside a packet `$` and `#` are escaped.
#[derive(Default)]
struct Packets {
    inside: bool,
    head: Vec<u8>,
}

impl Packets {
    const LONGEST_HEAD: usize = 40;

    fn each(&mut self, bytes: &[u8], mut see: impl FnMut(&[u8])) {
        for byte in bytes {
            match byte {
                b'$' => (self.inside, self.head) = (true, Vec::new()),
                b'#' if self.inside => {
                    self.inside = false;
                    see(&self.head);
                }
                _ if self.inside && self.head.len() < Packets::LONGEST_HEAD => self.head.push(*byte),
                _ => {}
            }
        }
    }
}

/// As the protocol wants it, an acknowledgement of what came before in front.
pub fn packet(words: &[u8]) -> Vec<u8> {
    let sum = words.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte));
    [b"+$", words, format!("#{sum:02x}").as_bytes()].concat()
}

/// What the protocol tells of the program (GDB's manual, "Stop Reply Packets" and "Packets").
#[derive(Default)]
pub struct Watcher {
    asked: Packets,
    answered: Packets,
    pub heard: bool,
    pub answers: usize,
    pub runs: bool,
    /// It was detached from, or killed.
    pub left: bool,
    /// What is inserted of breakpoints and watchpoints, as the packets Z and z name it.
    pub points: Vec<Vec<u8>>,
    pub end: Option<(u8, i32)>,
}

impl Watcher {
    pub fn hear_client(&mut self, bytes: &[u8]) {
        let (runs, left, points) = (&mut self.runs, &mut self.left, &mut self.points);
        self.asked.each(bytes, |head| match head.split_first() {
            Some((b'c' | b's' | b'C' | b'S', _)) => *runs = true,
            Some((b'v', _)) if head.starts_with(b"vCont;") => *runs = true,
            Some((b'D' | b'k', _)) => *left = true,
            Some((kind @ (b'Z' | b'z'), point)) => {
                let point = point.split(|byte| *byte == b';').next().unwrap_or_default();
                points.retain(|other| other != point);
                if *kind == b'Z' {
                    points.push(point.to_vec());
                }
            }
            _ => {}
        });
    }

    /// No other packets begin with these letters. `W` has an exit code, `X` a signal, in hexadecimal digits.
    pub fn hear_server(&mut self, bytes: &[u8]) {
        self.heard = true;
        let (runs, end, answers) = (&mut self.runs, &mut self.end, &mut self.answers);
        self.answered.each(bytes, |head| {
            *answers += 1;
            let Some((kind @ (b'T' | b'S' | b'W' | b'X'), rest)) = head.split_first() else { return };
            *runs = false;
            let digits = rest.iter().map_while(|byte| (*byte as char).to_digit(16)).fold(0, |sum, digit| (sum << 4 | digit as i32) & 0xFFFF);
            match kind {
                b'W' => *end = Some((0, digits & 0xFF)),
                b'X' => *end = Some((1, host_signal(digits))),
                _ => {}
            }
        });
    }
}

/// GDB numbers signals in its own way (include/gdb/signals.def); Linux' generic numbers from it, and 0 for what Linux has not.
fn host_signal(signal: i32) -> i32 {
    const LINUX: [i32; 31] = [0, 1, 2, 3, 4, 5, 6, 0, 8, 9, 7, 11, 31, 13, 14, 15, 23, 19, 20, 18, 17, 21, 22, 29, 24, 25, 26, 27, 28, 0, 10];
    match signal {
        0..=30 => LINUX[signal as usize],
        31 => 12,
        32 => 30,
        45..=75 => signal - 12, // SIGRT33 to SIGRT63
        77 => 32,
        78 => 64,
        _ => 0,
    }
}
