//! SHA-256, FIPS 180-4.

const K: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

pub struct Sha256 {
    state: [u32; 8],
    block: [u8; 64],
    length: u64,
}

impl Sha256 {
    pub fn new() -> Sha256 {
        let state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
        Sha256 { state, block: [0; 64], length: 0 }
    }

    pub fn update(&mut self, mut data: &[u8]) {
        let filled = (self.length % 64) as usize;
        self.length += data.len() as u64;
        if filled > 0 {
            let count = data.len().min(64 - filled);
            self.block[filled..filled + count].copy_from_slice(&data[..count]);
            data = &data[count..];
            if filled + count < 64 {
                return;
            }
            mix(&mut self.state, &self.block);
        }
        let (whole, rest) = data.split_at(data.len() & !63);
        mix(&mut self.state, whole);
        self.block[..rest.len()].copy_from_slice(rest);
    }

    pub fn finish(mut self) -> [u8; 32] {
        let bits = self.length * 8;
        self.update(&[0x80]);
        while self.length % 64 != 56 {
            self.update(&[0]);
        }
        self.update(&bits.to_be_bytes());
        let mut digest = [0; 32];
        for (bytes, word) in digest.chunks_exact_mut(4).zip(self.state) {
            bytes.copy_from_slice(&word.to_be_bytes());
        }
        digest
    }
}

/// Takes in whole blocks of 64 bytes.
fn mix(state: &mut [u32; 8], blocks: &[u8]) {
    #[cfg(target_arch = "aarch64")]
    if armv8::is_there() {
        return unsafe { armv8::mix(state, blocks) };
    }
    blocks.chunks_exact(64).for_each(|block| mix_one(state, block));
}

fn mix_one(state: &mut [u32; 8], block: &[u8]) {
    let mut w = [0u32; 64];
    for (word, bytes) in w.iter_mut().zip(block.chunks_exact(4)) {
        *word = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    }
    for i in 16..64 {
        let s0 = w[i - 15].rotate_right(7) ^ w[i - 15].rotate_right(18) ^ w[i - 15] >> 3;
        let s1 = w[i - 2].rotate_right(17) ^ w[i - 2].rotate_right(19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1);
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for (k, w) in K.iter().zip(w) {
        let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let t1 = h.wrapping_add(s1).wrapping_add(e & f ^ !e & g).wrapping_add(*k).wrapping_add(w);
        let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let t2 = s0.wrapping_add(a & b ^ a & c ^ b & c);
        (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(t1), c, b, a, t1.wrapping_add(t2));
    }
    for (sum, word) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *sum = sum.wrapping_add(word);
    }
}

/// The instructions that most ARMv8 processors have for it, though not those of the Raspberry Pi 3 and 4: SHA256H, SHA256H2, SHA256SU0 and SHA256SU1
/// of the Arm Architecture Reference Manual, four rounds each.
#[cfg(target_arch = "aarch64")]
mod armv8 {
    use super::K;
    use std::arch::aarch64::{vaddq_u32, vld1q_u32, vld1q_u8, vreinterpretq_u32_u8, vrev32q_u8, vsha256h2q_u32, vsha256hq_u32, vsha256su0q_u32, vsha256su1q_u32, vst1q_u32};

    pub fn is_there() -> bool {
        std::arch::is_aarch64_feature_detected!("sha2")
    }

    #[target_feature(enable = "sha2")]
    pub unsafe fn mix(state: &mut [u32; 8], blocks: &[u8]) {
        let (mut abcd, mut efgh) = (vld1q_u32(state.as_ptr()), vld1q_u32(state.as_ptr().add(4)));
        for block in blocks.chunks_exact(64) {
            let (abcd_before, efgh_before) = (abcd, efgh);
            let words = |at: usize| vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(block.as_ptr().add(at))));
            let mut w = [words(0), words(16), words(32), words(48)];
            for round in 0..16 {
                let sum = vaddq_u32(w[0], vld1q_u32(K.as_ptr().add(4 * round)));
                w = [w[1], w[2], w[3], vsha256su1q_u32(vsha256su0q_u32(w[0], w[1]), w[2], w[3])];
                let half = abcd;
                abcd = vsha256hq_u32(abcd, efgh, sum);
                efgh = vsha256h2q_u32(efgh, half, sum);
            }
            abcd = vaddq_u32(abcd, abcd_before);
            efgh = vaddq_u32(efgh, efgh_before);
        }
        vst1q_u32(state.as_mut_ptr(), abcd);
        vst1q_u32(state.as_mut_ptr().add(4), efgh);
    }
}
