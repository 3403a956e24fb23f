use std::process::Command;

#[test]
fn quick() {}

#[test]
fn hangs() {
    let mark = std::env::var("RUST_TRIAL_MARK").unwrap_or_default();
    println!("hanging");
    // A child of its own, which is to go as well.
    let deaf = if std::env::var_os("RUST_TRIAL_DEAF").is_some() { "trap '' TERM; " } else { "" };
    let _ = Command::new("sh").args(["-c", &format!("{deaf}while :; do sleep 1; done"), &mark]).status();
}
