//! How much room there is: in the file system below the agent's folder, and in memory.

use crate::sys;
use std::fs;

/// Beside a file's bytes: its folder, its entry, the rest of its last block.
const AROUND_A_FILE: u64 = 64 << 10;
/// What the rest of the device may need while a program is made in memory.
const FOR_OTHERS: u64 = 4 << 20;

pub struct Room {
    pub total: u64,
    pub available: u64,
}

/// None where the file system does not say: one that knows no limit (ramfs) has no blocks.
pub fn here() -> Option<Room> {
    let mut found = sys::FileSystem::default();
    let told = unsafe { sys::statvfs(b".\0".as_ptr().cast(), &mut found) } == 0;
    let block = if found.fragment > 0 { found.fragment } else { found.block } as u64;
    (told && found.blocks > 0).then(|| Room { total: found.blocks.saturating_mul(block), available: found.available.saturating_mul(block) })
}

pub fn is_for(size: u64) -> bool {
    here().map_or(true, |room| room.available >= size.saturating_add(AROUND_A_FILE))
}

/// How much must go before `size` bytes fit.
pub fn lacking(size: u64) -> u64 {
    here().map_or(0, |room| size.saturating_add(AROUND_A_FILE).saturating_sub(room.available))
}

/// Whether so much can be held in memory, and written to a file system that may be memory as well. Kernels before 3.14 do not say: then it is tried.
pub fn is_in_memory(size: u64) -> bool {
    let told = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let available = told.lines().find_map(|line| line.strip_prefix("MemAvailable:")?.split_ascii_whitespace().next()?.parse::<u64>().ok());
    available.map_or(true, |kilobytes| kilobytes.saturating_mul(1024) >= size.saturating_add(size / 4).saturating_add(FOR_OTHERS))
}
