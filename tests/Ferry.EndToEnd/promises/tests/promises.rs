//! What cargo promises a test: folder, files, paths, the package's programs, a place for results.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const GREETING: &str = "hello from a file\n";

#[test]
fn the_working_folder_is_the_packages() {
    assert!(Path::new("Cargo.toml").exists());
    assert_eq!(fs::read_to_string("tests/data/greeting.txt").unwrap(), GREETING);
}

#[test]
fn a_path_that_was_compiled_in_leads_to_the_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(fs::read_to_string(folder.join("tests/data/greeting.txt")).unwrap(), GREETING);
    assert_eq!(env::current_dir().unwrap(), folder);
}

#[test]
fn a_variable_leads_to_the_file() {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap());
    assert_eq!(fs::read_to_string(folder.join("tests/data/deep/numbers.txt")).unwrap(), "1 2 3\n");
}

#[test]
fn the_packages_program_is_where_it_was_said_to_be() {
    let output = Command::new(env!("CARGO_BIN_EXE_promises")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), GREETING);
}

#[test]
fn the_packages_program_is_beside_the_test() {
    let beside = env::current_exe().unwrap().parent().unwrap().parent().unwrap().join("promises");
    let output = Command::new(beside).arg("no such file").output().unwrap();
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn a_test_can_start_itself() {
    let own = env::args().next().unwrap();
    assert_eq!(fs::canonicalize(&own).unwrap(), env::current_exe().unwrap());
    assert!(Command::new(own).arg("--list").output().unwrap().status.success());
}

#[test]
fn what_the_build_script_made_is_there() {
    assert_eq!(fs::read_to_string(concat!(env!("OUT_DIR"), "/made.txt")).unwrap(), "made by the build script");
}

#[test]
fn there_is_a_folder_for_temporary_files() {
    fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("scratch"), "x").unwrap();
}

#[test]
fn results_can_be_left() {
    fs::create_dir_all("out").unwrap();
    fs::write("out/result.txt", format!("made on {}\n", env::consts::ARCH)).unwrap();
}
