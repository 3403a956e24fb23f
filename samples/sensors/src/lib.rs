//! What a board says of itself in /sys and /proc.

use std::path::Path;
use std::{fs, io};

/// A thermal zone: its type, and millidegrees Celsius as the kernel gives them.
#[derive(Debug, PartialEq)]
pub struct Temperature {
    pub zone: String,
    pub millidegrees: i32,
}

impl Temperature {
    pub fn celsius(&self) -> f32 {
        self.millidegrees as f32 / 1000.0
    }
}

/// All zones below a folder such as /sys/class/thermal; none where there is no such folder (an emulator, say).
pub fn temperatures(folder: &Path) -> io::Result<Vec<Temperature>> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(vec![]) };
    let mut found = vec![];
    for entry in entries {
        let zone = entry?.path();
        if let (Ok(name), Ok(value)) = (fs::read_to_string(zone.join("type")), fs::read_to_string(zone.join("temp"))) {
            let millidegrees = value.trim().parse().map_err(io::Error::other)?;
            found.push(Temperature { zone: name.trim().into(), millidegrees });
        }
    }
    found.sort_by(|a, b| a.zone.cmp(&b.zone));
    Ok(found)
}

/// A field of /proc/cpuinfo, as its first processor has it.
pub fn cpu_field<'a>(cpuinfo: &'a str, field: &str) -> Option<&'a str> {
    cpuinfo.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        (name.trim() == field).then_some(value.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CPUINFO: &str = "processor\t: 0\nFeatures\t: half thumb neon\nCPU part\t: 0xd03\n\nprocessor\t: 1\nCPU part\t: 0xd08\n";

    #[test]
    fn a_field_is_that_of_the_first_processor() {
        assert_eq!(cpu_field(CPUINFO, "CPU part"), Some("0xd03"));
        assert_eq!(cpu_field(CPUINFO, "Serial"), None);
    }

    #[test]
    fn millidegrees_become_degrees() {
        let t = Temperature { zone: "cpu-thermal".into(), millidegrees: 48_312 };
        assert!((t.celsius() - 48.312).abs() < 0.001);
    }

    #[test]
    fn a_board_without_sensors_has_no_temperatures() {
        assert_eq!(temperatures(Path::new("/no/such/folder")).unwrap(), []);
    }
}
