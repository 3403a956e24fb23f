fn main() {
    println!("{:x}", zlib_sys::checksum(b"123456789"));
}
