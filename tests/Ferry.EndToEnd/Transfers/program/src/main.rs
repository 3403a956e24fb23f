//! A program that tells whether it is whole: bytes that tests rewrite in the finished file, and a sum over them. Ends with 98 when they do not fit.

use std::io::Write;

const LENGTH: usize = 600_000;

#[repr(C)]
struct Freight {
    mark: [u8; 16],
    sum: [u8; 8],
    bytes: [u8; LENGTH],
}

#[used]
static FREIGHT: Freight = Freight { mark: *b"<freight begins>", sum: [1; 8], bytes: [1; LENGTH] };

/// FNV-1a.
fn sum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}

fn main() {
    let freight = std::hint::black_box(&FREIGHT);
    let words: Vec<String> = std::env::args().collect();
    let code = words.get(2).and_then(|word| word.parse().ok()).unwrap_or(0);
    if sum(&freight.bytes).to_le_bytes() != freight.sum || freight.mark[0] != b'<' {
        std::process::exit(98);
    }
    match words.get(1).map_or("", String::as_str) {
        "pour" => {
            for piece in freight.bytes[..200_000].chunks(10_000) {
                let _ = std::io::stdout().write_all(piece);
            }
        }
        "stay" => {
            println!("ready");
            loop {
                std::thread::sleep(std::time::Duration::from_secs(3600));
            }
        }
        _ => {}
    }
    std::process::exit(code)
}
