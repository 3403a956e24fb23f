//! What figures depend on besides the program: what the device says of its processor's governor, frequency, heat and supply.
//! Handed on as it stands in the files; the client knows what it means.

use crate::frames::CONDITIONS;
use crate::link::Link;
use crate::sys::{self, PollFd};
use std::fs::{self, File};
use std::io::Read;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub const BEFORE: u8 = 0;
pub const AFTER: u8 = 1;

/// A folder, what its entries begin with, and the files in each.
const PLACES: [(&str, &str, &[&str]); 4] = [
    (
        "/sys/devices/system/cpu",
        "cpu",
        &["cpufreq/scaling_governor", "cpufreq/scaling_cur_freq", "cpufreq/scaling_max_freq", "cpufreq/cpuinfo_max_freq", "thermal_throttle/core_throttle_count"],
    ),
    ("/sys/class/thermal", "thermal_zone", &["type", "temp"]),
    ("/sys/class/thermal", "cooling_device", &["type", "cur_state"]),
    ("/sys/class/hwmon", "hwmon", &["name", "in0_lcrit_alarm"]),
];

/// The firmware of a Raspberry Pi knows of throttling; its own tool asks it without a word in the kernel's log, unlike the file.
const FIRMWARE_TOOLS: [&str; 2] = ["/usr/bin/vcgencmd", "/opt/vc/bin/vcgencmd"];
/// The kernel's scaling_cur_freq there is what it asked for, not what the firmware allows.
const QUESTIONS: [&str; 2] = ["get_throttled", "measure_clock arm"];
const FIRMWARE_FILE: &str = "/sys/devices/platform/soc/soc:firmware/get_throttled";
const MOST: u64 = 256;

pub fn tell(link: &mut Link, when: u8) {
    let mut found: Vec<(String, Vec<u8>)> = Vec::new();
    add(&mut found, Path::new("/proc/loadavg"));
    for (folder, prefix, files) in PLACES {
        for entry in entries(folder, prefix) {
            files.iter().for_each(|file| add(&mut found, &entry.join(file)));
        }
    }
    let answers: Vec<_> = QUESTIONS.into_iter().filter_map(|words| Some((format!("vcgencmd {words}"), ask_firmware(words)?))).collect();
    if answers.is_empty() {
        add(&mut found, Path::new(FIRMWARE_FILE));
    }
    found.extend(answers);
    let mut payload = vec![when];
    payload.extend((found.len() as u32).to_le_bytes());
    for (name, content) in &found {
        for bytes in [name.as_bytes(), content] {
            payload.extend((bytes.len() as u32).to_le_bytes());
            payload.extend(bytes);
        }
    }
    link.send(CONDITIONS, &[&payload]);
}

/// `prefix` and a number: cpu0, and not cpufreq.
fn entries(folder: &str, prefix: &str) -> Vec<PathBuf> {
    let number = |path: &PathBuf| path.file_name()?.to_str()?.strip_prefix(prefix)?.parse::<u32>().ok();
    let mut all: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).filter(|path| number(path).is_some()).collect();
    all.sort_by_key(number);
    all
}

fn add(found: &mut Vec<(String, Vec<u8>)>, path: &Path) {
    let mut content = Vec::new();
    if File::open(path).and_then(|file| file.take(MOST).read_to_end(&mut content)).is_ok() {
        found.push((path.to_string_lossy().into_owned(), content));
    }
}

fn ask_firmware(words: &str) -> Option<Vec<u8>> {
    let tool = FIRMWARE_TOOLS.into_iter().find(|tool| Path::new(tool).exists())?;
    let mut child = Command::new(tool).args(words.split(' ')).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let output = child.stdout.take()?;
    // One line, at once, or not at all.
    let mut fds = [PollFd { fd: output.as_raw_fd(), events: sys::POLLIN, revents: 0 }];
    let answered = unsafe { sys::poll(fds.as_mut_ptr(), 1, 2000) } == 1;
    let mut answer = Vec::new();
    if answered {
        let _ = output.take(MOST).read_to_end(&mut answer);
    }
    let _ = child.kill();
    Some(answer).filter(|answer| !answer.is_empty())
}
