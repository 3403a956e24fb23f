//! Says its arguments and then what it reads.

fn main() {
    println!("{}", std::env::args().skip(1).collect::<Vec<_>>().join(" "));
    std::io::copy(&mut std::io::stdin(), &mut std::io::stdout()).unwrap();
}
