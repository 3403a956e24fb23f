//! Reads a file of the folder that it is started in.

fn main() {
    let name = std::env::args().nth(1).unwrap_or("tests/data/greeting.txt".into());
    match std::fs::read_to_string(&name) {
        Ok(text) => print!("{text}"),
        Err(error) => {
            eprintln!("{name}: {error}");
            std::process::exit(3)
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_unit_test_has_the_files_of_the_package() {
        assert_eq!(std::fs::read_to_string("tests/data/greeting.txt").unwrap(), "hello from a file\n");
    }
}
