//! A server as far as the documentation needs one: it takes a port and says so.

fn main() {
    println!("{}", std::env::args().skip(1).collect::<Vec<_>>().join(" "));
}
