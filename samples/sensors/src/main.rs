use sensors::{cpu_field, temperatures};
use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let cpuinfo = fs::read_to_string("/proc/cpuinfo")?;
    for field in ["model name", "CPU part", "Features"] {
        println!("{field:<12} {}", cpu_field(&cpuinfo, field).unwrap_or("-"));
    }
    println!("{:<12} {}", "load", fs::read_to_string("/proc/loadavg")?.trim());
    let zones = temperatures(Path::new("/sys/class/thermal"))?;
    if zones.is_empty() {
        println!("{:<12} no sensors here", "temperature");
    }
    for t in zones {
        println!("{:<12} {:.1} °C ({})", "temperature", t.celsius(), t.zone);
    }
    Ok(())
}
