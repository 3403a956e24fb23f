extern "C" {
    fn crc32(crc: usize, bytes: *const u8, length: u32) -> usize;
}

pub fn checksum(bytes: &[u8]) -> usize {
    unsafe { crc32(0, bytes.as_ptr(), bytes.len() as u32) }
}
