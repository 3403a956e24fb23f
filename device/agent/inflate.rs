//! Inflate, RFC 1951: raw deflate data in, from a source of chunks; decompressed data out, 32 KiB at a time.

use crate::trouble::{failed, Part, Result};

const WINDOW: usize = 32 << 10;
const FAST_BITS: u32 = 9;

pub type Source<'a> = dyn FnMut() -> Result<Option<Vec<u8>>> + 'a;
pub type Sink<'a> = dyn FnMut(&[u8]) -> Result<()> + 'a;

pub fn inflate(source: &mut Source, sink: &mut Sink) -> Result<()> {
    let mut bits = Bits { source, chunk: Vec::new(), at: 0, hold: 0, count: 0, padding: 0 };
    let mut output = Output { sink, window: vec![0; WINDOW], at: 0, wrapped: false };
    loop {
        let last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => stored(&mut bits, &mut output)?,
            1 => {
                let mut lengths = [8; 288];
                lengths[144..256].fill(9);
                lengths[256..280].fill(7);
                coded(&mut bits, &mut output, &Code::new(&lengths)?, &Code::new(&[5; 30])?)?;
            }
            2 => {
                let (literals, distances) = code_tables(&mut bits)?;
                coded(&mut bits, &mut output, &literals, &distances)?;
            }
            _ => return broken(),
        }
        if last {
            return output.flush();
        }
    }
}

fn broken<T>() -> Result<T> {
    failed(Part::Store, "the compressed data is broken")
}

struct Bits<'a, 'b> {
    source: &'a mut Source<'b>,
    chunk: Vec<u8>,
    at: usize,
    hold: u32,
    count: u32,
    /// Bits of zero put behind the end so that codes can be peeked at there; taking one of them is an error.
    padding: u32,
}

impl Bits<'_, '_> {
    fn byte(&mut self) -> Result<Option<u8>> {
        while self.at == self.chunk.len() {
            match (self.source)()? {
                Some(chunk) => (self.chunk, self.at) = (chunk, 0),
                None => return Ok(None),
            }
        }
        self.at += 1;
        Ok(Some(self.chunk[self.at - 1]))
    }

    /// At least `count` (16 at most) bits in `hold`, the next one lowest.
    fn peek(&mut self, count: u32) -> Result<u32> {
        while self.count < count {
            match if self.padding == 0 { self.byte()? } else { None } {
                Some(byte) => self.hold |= u32::from(byte) << self.count,
                None => self.padding += 8,
            }
            self.count += 8;
        }
        Ok(self.hold)
    }

    fn skip(&mut self, count: u32) -> Result<()> {
        self.hold >>= count;
        self.count -= count;
        if self.count < self.padding {
            return broken();
        }
        Ok(())
    }

    fn take(&mut self, count: u32) -> Result<u32> {
        let value = self.peek(count)? & ((1 << count) - 1);
        self.skip(count)?;
        Ok(value)
    }
}

struct Output<'a, 'b> {
    sink: &'a mut Sink<'b>,
    window: Vec<u8>,
    at: usize,
    wrapped: bool,
}

impl Output<'_, '_> {
    fn push(&mut self, byte: u8) -> Result<()> {
        self.window[self.at] = byte;
        self.at += 1;
        if self.at == WINDOW {
            self.flush()?;
            self.at = 0;
            self.wrapped = true;
        }
        Ok(())
    }

    fn repeat(&mut self, distance: usize, length: usize) -> Result<()> {
        if distance > WINDOW || distance > self.at && !self.wrapped {
            return broken();
        }
        for _ in 0..length {
            self.push(self.window[(self.at + WINDOW - distance) % WINDOW])?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        (self.sink)(&self.window[..self.at])
    }
}

/// A canonical Huffman code: short codes by one look into a table, longer ones bit by bit.
struct Code {
    fast: [u16; 1 << FAST_BITS], // symbol << 4 | length, 0 for codes that are longer
    count: [u16; 16],
    symbols: Vec<u16>,
}

impl Code {
    fn new(lengths: &[u8]) -> Result<Code> {
        let mut code = Code { fast: [0; 1 << FAST_BITS], count: [0; 16], symbols: vec![0; lengths.len()] };
        lengths.iter().for_each(|length| code.count[*length as usize] += 1);
        code.count[0] = 0;
        let (mut next_code, mut next_index) = ([0u32; 16], [0u16; 16]);
        for bits in 1..16 {
            next_code[bits] = (next_code[bits - 1] + u32::from(code.count[bits - 1])) << 1;
            next_index[bits] = next_index[bits - 1] + code.count[bits - 1];
            if next_code[bits] + u32::from(code.count[bits]) > 1 << bits {
                return broken(); // more codes than this many bits can tell apart
            }
        }
        for (symbol, length) in lengths.iter().enumerate().filter(|(_, length)| **length > 0) {
            let bits = *length as usize;
            code.symbols[next_index[bits] as usize] = symbol as u16;
            next_index[bits] += 1;
            let reversed = next_code[bits].reverse_bits() >> (32 - bits);
            next_code[bits] += 1;
            if *length as u32 > FAST_BITS {
                continue;
            }
            for entry in (reversed as usize..1 << FAST_BITS).step_by(1 << bits) {
                code.fast[entry] = (symbol as u16) << 4 | bits as u16;
            }
        }
        Ok(code)
    }

    fn decode(&self, bits: &mut Bits) -> Result<usize> {
        let hold = bits.peek(15)?;
        let entry = self.fast[hold as usize & ((1 << FAST_BITS) - 1)];
        if entry != 0 {
            bits.skip(u32::from(entry & 15))?;
            return Ok(usize::from(entry >> 4));
        }
        let (mut code, mut first, mut index) = (0i32, 0i32, 0i32);
        for length in 1..16 {
            code |= (hold >> (length - 1) & 1) as i32;
            let count = i32::from(self.count[length]);
            if code - count < first {
                bits.skip(length as u32)?;
                return Ok(usize::from(self.symbols[(index + code - first) as usize]));
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        broken()
    }
}

fn stored(bits: &mut Bits, output: &mut Output) -> Result<()> {
    bits.skip(bits.count % 8)?;
    let length = bits.take(16)?;
    if bits.take(16)? != !length & 0xFFFF {
        return broken();
    }
    for _ in 0..length {
        let byte = bits.take(8)?;
        output.push(byte as u8)?;
    }
    Ok(())
}

fn code_tables(bits: &mut Bits) -> Result<(Code, Code)> {
    const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    let literals = bits.take(5)? as usize + 257;
    let distances = bits.take(5)? as usize + 1;
    let mut lengths = [0; 19];
    for place in &ORDER[..bits.take(4)? as usize + 4] {
        lengths[*place] = bits.take(3)? as u8;
    }
    let code = Code::new(&lengths)?;
    let mut lengths: Vec<u8> = Vec::new();
    while lengths.len() < literals + distances {
        let (value, times) = match code.decode(bits)? {
            16 => match lengths.last() {
                Some(last) => (*last, 3 + bits.take(2)?),
                None => return broken(),
            },
            17 => (0, 3 + bits.take(3)?),
            18 => (0, 11 + bits.take(7)?),
            length => (length as u8, 1),
        };
        lengths.resize(lengths.len() + times as usize, value);
    }
    if lengths.len() > literals + distances || literals > 286 {
        return broken();
    }
    Ok((Code::new(&lengths[..literals])?, Code::new(&lengths[literals..])?))
}

fn coded(bits: &mut Bits, output: &mut Output, literals: &Code, distances: &Code) -> Result<()> {
    const LENGTHS: [(usize, u32); 29] = [
        (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 1), (13, 1), (15, 1), (17, 1), (19, 2), (23, 2), (27, 2),
        (31, 2), (35, 3), (43, 3), (51, 3), (59, 3), (67, 4), (83, 4), (99, 4), (115, 4), (131, 5), (163, 5), (195, 5), (227, 5), (258, 0),
    ];
    loop {
        match literals.decode(bits)? {
            literal @ 0..=255 => output.push(literal as u8)?,
            256 => return Ok(()),
            symbol => {
                let Some((base, extra)) = LENGTHS.get(symbol - 257) else { return broken() };
                let length = base + bits.take(*extra)? as usize;
                let symbol = distances.decode(bits)? as u32;
                if symbol > 29 {
                    return broken();
                }
                // RFC 1951, 3.2.5: from the fifth on, every pair of distance codes has one extra bit more.
                let extra = (symbol / 2).saturating_sub(1);
                let base = if symbol < 2 { symbol } else { (2 | symbol & 1) << extra };
                let distance = base + 1 + bits.take(extra)?;
                output.repeat(distance as usize, length)?;
            }
        }
    }
}
