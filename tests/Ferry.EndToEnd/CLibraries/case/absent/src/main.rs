//! Linked against a library that the device does not have.
extern "C" {
    fn sqlite3_libversion_number() -> i32;
}

fn main() {
    println!("{}", unsafe { sqlite3_libversion_number() });
}
