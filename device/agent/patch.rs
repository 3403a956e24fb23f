//! Makes the new version of a program of the old one and a patch: the other half of `src/Ferry.Delta`, which makes the
//! patches and says there why things are as they are. What is here must do the same to the bit, or the hash will not
//! fit: each part names the file it mirrors. Rust 1.70 and newer; the standard library only.

/// What a patch says of itself before it begins.
pub struct Header {
    pub old_length: usize,
    pub new_length: usize,
    pub old_hash: [u8; 32],
    pub new_hash: [u8; 32],
}

const HEADER: usize = 76;
const NOT_LOADED: i64 = 1 << 56;

type Result<T> = std::result::Result<T, &'static str>;

/// Reads the beginning of a patch; what follows it is for [`apply`].
pub fn header(patch: &[u8]) -> Result<(Header, &[u8])> {
    if patch.len() < HEADER || &patch[..4] != b"FDP1" {
        return Err("no patch");
    }
    let length = |at: usize| u32::from_le_bytes(patch[at..at + 4].try_into().unwrap()) as usize;
    let hash = |at: usize| patch[at..at + 32].try_into().unwrap();
    Ok((Header { old_length: length(4), new_length: length(8), old_hash: hash(12), new_hash: hash(44) }, &patch[HEADER..]))
}

/// Fills `new`, which is as long as the header says. Whatever `body` is, it ends; only the hash tells whether it was right.
pub fn apply(old: &[u8], body: &[u8], new: &mut [u8]) -> Result<()> {
    let mut coder = Decoder::new(body);
    let mut numbers = Numbers::default();
    let old_regions = regions(&mut coder, &mut numbers, old.len())?;
    let new_regions = regions(&mut coder, &mut numbers, new.len())?;
    let blocks = blocks(&mut coder, &mut numbers, &old_regions, &new_regions)?;
    let map = AddressMap::new(&old_regions, &new_regions, &blocks);
    let mut residue = Residue::default();
    let mut found = Vec::new();
    let mut at = 0;
    for block in &blocks {
        literals(&mut residue, &mut coder, &new_regions, at, block.new, new);
        let from = region_at(&old_regions, block.old);
        let to = region_at(&new_regions, block.new);
        let target = &mut new[block.new..block.new + block.length];
        predict(&old[block.old..block.old + block.length], block, from, to, &map, &mut found, target);
        residue.correct(&mut coder, to, target);
        at = block.new + block.length;
        if coder.is_past_end() {
            return Err("the patch was cut short");
        }
    }
    literals(&mut residue, &mut coder, &new_regions, at, new.len(), new);
    Ok(())
}

// ---- Coding/: bits and numbers ----

#[derive(Clone, Copy)]
struct Bit {
    quick: u16,
    slow: u16,
}

impl Bit {
    const NEW: Bit = Bit { quick: 0x8000, slow: 0x8000 };

    fn zero(self) -> u32 {
        ((self.quick as u32 + self.slow as u32) >> 1).clamp(64, 65536 - 64)
    }

    fn learn(&mut self, one: bool) {
        if one {
            self.quick -= self.quick >> 4;
            self.slow -= self.slow >> 7;
        } else {
            self.quick += (65535 - self.quick) >> 4;
            self.slow += (65535 - self.slow) >> 7;
        }
    }
}

struct Decoder<'a> {
    bytes: &'a [u8],
    next: usize,
    range: u32,
    code: u32,
}

impl<'a> Decoder<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let mut decoder = Decoder { bytes, next: 0, range: u32::MAX, code: 0 };
        for _ in 0..4 {
            decoder.shift();
        }
        decoder
    }

    fn is_past_end(&self) -> bool {
        self.next > self.bytes.len() + 4
    }

    fn shift(&mut self) {
        self.code = self.code << 8 | self.bytes.get(self.next).copied().unwrap_or(0) as u32;
        self.next += 1;
    }

    fn normalize(&mut self) {
        while self.range < 1 << 24 {
            self.range <<= 8;
            self.shift();
        }
    }

    fn bit(&mut self, model: &mut Bit) -> bool {
        let bound = (self.range >> 16) * model.zero();
        let one = self.code >= bound;
        if one {
            self.code -= bound;
            self.range -= bound;
        } else {
            self.range = bound;
        }
        model.learn(one);
        self.normalize();
        one
    }

    fn plain_bit(&mut self) -> bool {
        self.range >>= 1;
        let one = self.code >= self.range;
        if one {
            self.code -= self.range;
        }
        self.normalize();
        one
    }

    /// Tree.cs
    fn tree(&mut self, models: &mut [Bit], bits: u32) -> usize {
        let mut node = 1;
        for _ in 0..bits {
            node = node << 1 | self.bit(&mut models[node]) as usize;
        }
        node - (1 << bits)
    }
}

/// NumberModel.cs
struct Number {
    lengths: [Bit; 128],
    upper: [Bit; 65 * 8],
}

impl Default for Number {
    fn default() -> Self {
        Number { lengths: [Bit::NEW; 128], upper: [Bit::NEW; 65 * 8] }
    }
}

impl Number {
    fn read(&mut self, coder: &mut Decoder) -> u64 {
        let length = coder.tree(&mut self.lengths, 7);
        if length == 0 || length > 64 {
            return 0;
        }
        let (mut result, mut prefix) = (1u64, 1usize);
        for _ in 1..length {
            let one = if prefix < 8 { coder.bit(&mut self.upper[length * 8 + prefix]) } else { coder.plain_bit() };
            result = result << 1 | one as u64;
            prefix = (prefix << 1 | one as usize).min(8);
        }
        result
    }

    fn read_signed(&mut self, coder: &mut Decoder) -> i64 {
        let folded = self.read(coder);
        (folded >> 1) as i64 ^ -((folded & 1) as i64)
    }
}

// ---- PatchBody.cs: regions and blocks ----

#[derive(Default)]
struct Numbers {
    counts: Number,
    kinds: Number,
    lengths: Number,
    addresses: Number,
    bases: Number,
    skips: Number,
    extents: Number,
    distances: Number,
}

/// RegionKind.cs
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Bytes,
    Arm,
    AArch64,
    X64,
    Addresses32,
    Relative31,
    Relative32,
    BaseRelative32,
    Rel32,
    Rela64,
    Symbols32,
    Symbols64,
    Relative31ToCode,
}

impl Kind {
    const ALL: [Kind; 13] = [
        Kind::Bytes,
        Kind::Arm,
        Kind::AArch64,
        Kind::X64,
        Kind::Addresses32,
        Kind::Relative31,
        Kind::Relative32,
        Kind::BaseRelative32,
        Kind::Rel32,
        Kind::Rela64,
        Kind::Symbols32,
        Kind::Symbols64,
        Kind::Relative31ToCode,
    ];

    fn is_code(self) -> bool {
        matches!(self, Kind::Arm | Kind::AArch64 | Kind::X64)
    }

    /// How many bytes are compared at once.
    fn unit(self) -> usize {
        if matches!(self, Kind::Bytes | Kind::X64) { 1 } else { 4 }
    }

    /// How many bytes are one thing.
    fn entry(self) -> usize {
        match self {
            Kind::Relative31 | Kind::Rel32 => 8,
            Kind::Symbols32 => 16,
            Kind::Symbols64 | Kind::Rela64 => 24,
            _ => self.unit(),
        }
    }

    fn has_fixed_anchor(self) -> bool {
        matches!(self, Kind::Symbols32 | Kind::Symbols64 | Kind::BaseRelative32)
    }
}

struct Region {
    kind: Kind,
    offset: usize,
    length: usize,
    address: i64,
    base: i64,
    code: (i64, i64),
}

impl Region {
    fn address_of(&self, offset: usize) -> i64 {
        self.address.wrapping_add(offset as i64 - self.offset as i64)
    }

    fn leads_to_code(&self, address: i64) -> bool {
        address >= self.code.0 && address < self.code.1
    }
}

fn regions(coder: &mut Decoder, numbers: &mut Numbers, file: usize) -> Result<Vec<Region>> {
    let count = numbers.counts.read(coder).min(65536);
    let mut regions = Vec::new();
    let (mut offset, mut distance) = (0usize, 0i64);
    for _ in 0..count {
        let kind = *Kind::ALL.get(numbers.kinds.read(coder) as usize).ok_or("a region of no known kind")?;
        let length = numbers.lengths.read(coder);
        if length > (file - offset) as u64 {
            return Err("a region outside of the file");
        }
        let here = (offset as i64).wrapping_add(distance);
        let address = numbers.addresses.read_signed(coder).wrapping_add(here);
        let base = match numbers.bases.read_signed(coder) {
            0 => 0,
            origin => origin.wrapping_add(NOT_LOADED).wrapping_add(offset as i64),
        };
        regions.push(Region { kind, offset, length: length as usize, address, base, code: (0, 0) });
        distance = address.wrapping_sub(offset as i64);
        offset += length as usize;
    }
    if offset != file || coder.is_past_end() {
        return Err("regions that do not cover the file");
    }
    let code = regions.iter().filter(|region| region.kind.is_code() && region.address < NOT_LOADED);
    let code = code.fold(None, |all: Option<(i64, i64)>, region| {
        let end = region.address.wrapping_add(region.length as i64);
        Some(all.map_or((region.address, end), |(first, last)| (first.min(region.address), last.max(end))))
    });
    for region in &mut regions {
        region.code = code.unwrap_or((0, 0));
    }
    Ok(regions)
}

/// Regions.At
fn region_at(regions: &[Region], offset: usize) -> &Region {
    let mut at = regions.partition_point(|region| region.offset <= offset).max(1) - 1;
    while regions[at].length == 0 && at > 0 {
        at -= 1;
    }
    &regions[at]
}

struct Block {
    new: usize,
    old: usize,
    length: usize,
    moved: bool,
}

fn blocks(coder: &mut Decoder, numbers: &mut Numbers, old: &[Region], new: &[Region]) -> Result<Vec<Block>> {
    let count = numbers.counts.read(coder);
    let mut moved = Bit::NEW;
    let mut blocks: Vec<Block> = Vec::new();
    let (mut new_end, mut old_end) = (0i64, 0i64);
    for _ in 0..count {
        let at = new_end.wrapping_add(numbers.skips.read(coder) as i64);
        let length = numbers.extents.read(coder) as i64;
        let from = old_end.wrapping_add(numbers.distances.read_signed(coder));
        let is_moved = coder.bit(&mut moved);
        if at < new_end || coder.is_past_end() || !within(old, from, length) || !within(new, at, length) {
            return Err("a block outside of the files");
        }
        blocks.push(Block { new: at as usize, old: from as usize, length: length as usize, moved: is_moved });
        new_end = at + length;
        old_end = from + length;
    }
    Ok(blocks)
}

/// Whether it lies in one region.
fn within(regions: &[Region], at: i64, length: i64) -> bool {
    if at < 0 || length <= 0 || at >= NOT_LOADED || length >= NOT_LOADED || regions.is_empty() {
        return false;
    }
    let region = region_at(regions, at as usize);
    at as usize >= region.offset && at as usize + length as usize <= region.offset + region.length
}

// ---- AddressMap.cs, Moves.cs ----

struct AddressMap {
    starts: Vec<i64>,
    moves: Vec<i64>,
}

impl AddressMap {
    fn new(old: &[Region], new: &[Region], blocks: &[Block]) -> Self {
        let mut pieces: Vec<(i64, i64)> = blocks
            .iter()
            .filter(|block| block.moved)
            .map(|block| {
                (region_at(old, block.old).address_of(block.old), region_at(new, block.new).address_of(block.new))
            })
            .collect();
        let empty = |regions: &[Region]| -> Vec<i64> {
            regions.iter().filter(|region| region.length == 0).map(|region| region.address).collect()
        };
        pieces.extend(empty(old).into_iter().zip(empty(new)));
        pieces.sort_by_key(|piece| piece.0); // stable: of two for one address the first counts
        pieces.dedup_by_key(|piece| piece.0);
        AddressMap {
            starts: pieces.iter().map(|piece| piece.0).collect(),
            moves: pieces.iter().map(|piece| piece.1.wrapping_sub(piece.0)).collect(),
        }
    }

    fn get(&self, old: i64) -> i64 {
        match self.starts.partition_point(|&start| start <= old) {
            0 => old,
            behind => old.wrapping_add(self.moves[behind - 1]),
        }
    }
}

// ---- References/ ----

#[derive(Clone, Copy)]
enum Form {
    ArmBranch,
    Word,
    ArmLowHalf,
    ArmHighHalf,
    AArch64Branch,
    AArch64Page,
    AArch64Low12(u32),
    Relative31,
    Backwards32,
    Address32,
    Address64,
}

struct Reference {
    form: Form,
    offset: usize,
    target: i64,
    anchor: i64,
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

fn put(bytes: &mut [u8], at: usize, value: u32) {
    bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
}

/// Predictor.cs
fn predict(old: &[u8], block: &Block, from: &Region, to: &Region, map: &AddressMap, found: &mut Vec<Reference>, new: &mut [u8]) {
    new.copy_from_slice(old);
    found.clear();
    find(from, old, block.old, found);
    let start = if from.kind.has_fixed_anchor() { to.base } else { to.address_of(block.new) };
    for reference in found.iter() {
        let anchor = if from.kind.has_fixed_anchor() { start } else { start.wrapping_add(reference.anchor) };
        write(reference, new, anchor, map.get(reference.target));
    }
}

/// Reference.Write
fn write(reference: &Reference, bytes: &mut [u8], anchor: i64, target: i64) {
    let at = reference.offset;
    if let Form::Address64 = reference.form {
        bytes[at..at + 8].copy_from_slice(&target.to_le_bytes());
        return;
    }
    let old = word(bytes, at);
    let distance = target.wrapping_sub(anchor) as u32;
    let new = match reference.form {
        Form::ArmBranch if old >= 0xf000_0000 => old & 0xfe00_0000 | (distance & 2) << 23 | distance >> 2 & 0x00ff_ffff,
        Form::ArmBranch => old & 0xff00_0000 | distance >> 2 & 0x00ff_ffff,
        Form::ArmLowHalf => old & 0xfff0_f000 | (distance & 0xf000) << 4 | distance & 0xfff,
        Form::ArmHighHalf => old & 0xfff0_f000 | distance >> 12 & 0xf_0000 | distance >> 16 & 0xfff,
        Form::AArch64Branch => old & 0xfc00_0000 | distance >> 2 & 0x03ff_ffff,
        Form::AArch64Page => {
            let pages = (target >> 12).wrapping_sub(anchor >> 12) as u32;
            old & 0x9f00_001f | (pages & 3) << 29 | (pages >> 2 & 0x7_ffff) << 5
        }
        Form::AArch64Low12(shift) => old & 0xffc0_03ff | (target as u32 & 0xfff) >> shift << 10,
        Form::Relative31 => old & 0x8000_0000 | distance & 0x7fff_ffff,
        Form::Backwards32 => distance.wrapping_neg(),
        Form::Address32 => target as u32,
        Form::Word | Form::Address64 => distance,
    };
    put(bytes, at, new);
}

/// ReferenceSearch.cs
fn find(region: &Region, bytes: &[u8], offset: usize, found: &mut Vec<Reference>) {
    let address = region.address_of(offset);
    let lead = |entry: usize| (entry - (offset - region.offset) % entry) % entry;
    match region.kind {
        Kind::Bytes => {}
        Kind::Arm => find_arm(bytes, address, found),
        Kind::AArch64 => find_aarch64(bytes, address, found),
        Kind::X64 => find_x64(bytes, address, found),
        Kind::Addresses32 => find_addresses(bytes, 4, 4, 0, found),
        Kind::Rel32 => find_addresses(bytes, 4, 8, lead(8), found),
        Kind::Rela64 => {
            find_addresses(bytes, 8, 24, lead(24), found);
            find_addresses(bytes, 8, 24, lead(24) + 16, found);
        }
        Kind::Symbols32 => {
            find_names(region, bytes, 16, lead(16), found);
            find_addresses(bytes, 4, 16, lead(16) + 4, found);
        }
        Kind::Symbols64 => {
            find_names(region, bytes, 24, lead(24), found);
            find_addresses(bytes, 8, 24, lead(24) + 8, found);
        }
        Kind::BaseRelative32 => find_names(region, bytes, 4, 0, found),
        Kind::Relative31 | Kind::Relative32 | Kind::Relative31ToCode => find_relative(region, bytes, offset, found),
    }
}

/// ArmReferences.cs
fn find_arm(code: &[u8], address: i64, found: &mut Vec<Reference>) {
    let (mut pool, mut low, mut high) = ([0usize; 16], [0usize; 16], [0usize; 16]);
    for at in (0..code.len() & !3).step_by(4) {
        let instruction = word(code, at);
        let pc = address.wrapping_add(at as i64 + 8);
        let anchor = at as i64 + 8;
        let register = (instruction >> 12 & 15) as usize;
        if instruction & 0x0e00_0000 == 0x0a00_0000 {
            let half = if instruction >= 0xf000_0000 { instruction >> 23 & 2 } else { 0 };
            let distance = ((instruction << 8) as i32 >> 6) | half as i32;
            found.push(Reference { form: Form::ArmBranch, offset: at, target: pc.wrapping_add(distance as i64), anchor });
        } else if instruction & 0x0f7f_0000 == 0x051f_0000 {
            let distance = (instruction & 0xfff) as i64;
            let place = anchor + if instruction & 0x0080_0000 != 0 { distance } else { -distance };
            pool[register] = if place >= 0 && place + 4 <= code.len() as i64 { place as usize + 1 } else { 0 };
            low[register] = 0;
        } else if instruction & 0x0ff0_0000 == 0x0300_0000 {
            (pool[register], low[register], high[register]) = (0, at + 1, 0);
        } else if instruction & 0x0ff0_0000 == 0x0340_0000 {
            high[register] = if low[register] != 0 { at + 1 } else { 0 };
        } else if let Some(source) = added_to_pc(instruction) {
            if pool[source] != 0 {
                let offset = pool[source] - 1;
                let target = pc.wrapping_add(word(code, offset) as i32 as i64);
                found.push(Reference { form: Form::Word, offset, target, anchor });
            } else if low[source] != 0 && high[source] != 0 {
                let (lower, upper) = (low[source] - 1, high[source] - 1);
                let half = |at| { let word = word(code, at); word >> 4 & 0xf000 | word & 0xfff };
                let target = pc.wrapping_add((half(lower) | half(upper) << 16) as i32 as i64);
                found.push(Reference { form: Form::ArmLowHalf, offset: lower, target, anchor });
                found.push(Reference { form: Form::ArmHighHalf, offset: upper, target, anchor });
            }
            (pool[source], low[source]) = (0, 0);
        }
    }
}

fn added_to_pc(instruction: u32) -> Option<usize> {
    if instruction & 0x0fff_0ff0 == 0x008f_0000 || instruction & 0x0f7f_0ff0 == 0x071f_0000 {
        Some(instruction as usize & 15)
    } else if instruction & 0x0ff0_0fff == 0x0080_000f {
        Some((instruction >> 16) as usize & 15)
    } else {
        None
    }
}

/// AArch64References.cs
fn find_aarch64(code: &[u8], address: i64, found: &mut Vec<Reference>) {
    let mut page = [0usize; 32];
    for at in (0..code.len() & !3).step_by(4) {
        let instruction = word(code, at);
        let register = (instruction & 31) as usize;
        if instruction & 0x7c00_0000 == 0x1400_0000 {
            let target = address.wrapping_add(at as i64 + ((instruction << 6) as i32 >> 4) as i64);
            found.push(Reference { form: Form::AArch64Branch, offset: at, target, anchor: at as i64 });
            page[..19].fill(0);
        } else if instruction & 0x9f00_0000 == 0x9000_0000 {
            page[register] = at + 1;
        } else {
            let adrp = page[(instruction >> 5 & 31) as usize];
            if let (Some(shift), true) = (low12_shift(instruction), adrp > 0) {
                let there = word(code, adrp - 1);
                let pages = (((there << 8) as i32 >> 13) << 2) | (there >> 29 & 3) as i32;
                let base = (address.wrapping_add(adrp as i64 - 1) >> 12).wrapping_add(pages as i64) << 12;
                let target = base.wrapping_add(((instruction >> 10 & 0xfff) << shift) as i64);
                found.push(Reference { form: Form::AArch64Page, offset: adrp - 1, target, anchor: adrp as i64 - 1 });
                found.push(Reference { form: Form::AArch64Low12(shift), offset: at, target, anchor: 0 });
            }
            page[register] = 0;
        }
    }
}

fn low12_shift(instruction: u32) -> Option<u32> {
    if instruction & 0xffc0_0000 == 0x9100_0000 {
        Some(0)
    } else if instruction & 0x3b00_0000 != 0x3900_0000 {
        None
    } else if instruction & 0x0480_0000 == 0x0480_0000 {
        Some(4)
    } else {
        Some(instruction >> 30)
    }
}

/// X64References.cs
fn find_x64(code: &[u8], address: i64, found: &mut Vec<Reference>) {
    let mut at = 0;
    while at + 6 <= code.len() {
        let (place, behind) = x64_place(&code[at..]);
        if place != 0 && at + place + 4 <= code.len() {
            let field = at + place;
            let distance = word(code, field) as i32 as i64;
            if distance.abs() < 1 << 28 {
                let anchor = (field + 4 + behind) as i64;
                let target = address.wrapping_add(anchor).wrapping_add(distance);
                found.push(Reference { form: Form::Word, offset: field, target, anchor });
                at = field + 3;
            }
        }
        at += 1;
    }
}

fn x64_place(code: &[u8]) -> (usize, usize) {
    let to_rip = |at: usize| code[at] & 0xc7 == 5;
    match code[0] {
        0xe8 | 0xe9 => (1, 0),
        0x0f if code[1] & 0xf0 == 0x80 => (2, 0),
        0x0f if to_rip(2) && matches!(code[1], 0x10 | 0x11 | 0x28 | 0x29 | 0x6f | 0x7f | 0xb6 | 0xb7) => (3, 0),
        0x8b | 0x8d | 0x89 | 0x88 | 0x8a | 0x03 | 0x3b | 0x39 | 0xff | 0x63 | 0x33 | 0x0b if to_rip(1) => (2, 0),
        0x80 | 0x83 | 0xc6 if to_rip(1) => (2, 1),
        0xc7 | 0x81 if to_rip(1) => (2, 4),
        _ => (0, 0),
    }
}

/// TableReferences.cs
fn find_addresses(table: &[u8], size: usize, stride: usize, first: usize, found: &mut Vec<Reference>) {
    let mut at = first;
    while at + size <= table.len() {
        let (form, value) = if size == 4 {
            (Form::Address32, word(table, at) as i64)
        } else {
            (Form::Address64, i64::from_le_bytes(table[at..at + 8].try_into().unwrap()))
        };
        if value != 0 {
            found.push(Reference { form, offset: at, target: value, anchor: 0 });
        }
        at += stride;
    }
}

fn find_names(region: &Region, table: &[u8], stride: usize, first: usize, found: &mut Vec<Reference>) {
    let mut at = first;
    while at + 4 <= table.len() {
        let target = region.base.wrapping_add(word(table, at) as i32 as i64);
        found.push(Reference { form: Form::Word, offset: at, target, anchor: 0 });
        at += stride;
    }
}

fn find_relative(region: &Region, table: &[u8], offset: usize, found: &mut Vec<Reference>) {
    let half = region.kind != Kind::Relative32;
    for at in (0..table.len() & !3).step_by(4) {
        let value = word(table, at) as i32;
        let distance = if half { value << 1 >> 1 } else { value };
        let here = region.address_of(offset + at);
        let target = here.wrapping_add(distance as i64);
        let anchor = at as i64;
        if if region.kind == Kind::Relative31 { value >= 0 } else { region.leads_to_code(target) } {
            let form = if half { Form::Relative31 } else { Form::Word };
            found.push(Reference { form, offset: at, target, anchor });
        } else if !half && value > 0 && value as usize <= offset + at - region.offset {
            found.push(Reference { form: Form::Backwards32, offset: at, target: here.wrapping_sub(value as i64), anchor });
        }
    }
}

// ---- Residue.cs ----

const REACH: usize = 5;

struct Residue {
    gaps: [Number; 3],
    byte_corrections: Vec<Bit>,
    word_corrections: Vec<Bit>,
    was_recent: [Bit; 2],
    which_recent: [Bit; 32],
    plain: Vec<Bit>,
    code: Vec<Bit>,
    steps: [Number; 6],
    seen: Vec<u32>,
    foreseen: [Bit; 32],
    recent: [u32; 8],
}

impl Default for Residue {
    fn default() -> Self {
        Residue {
            gaps: Default::default(),
            byte_corrections: vec![Bit::NEW; 256],
            word_corrections: vec![Bit::NEW; 2 * 4 * 256],
            was_recent: [Bit::NEW; 2],
            which_recent: [Bit::NEW; 32],
            plain: vec![Bit::NEW; 256 * 256],
            code: vec![Bit::NEW; 4 * 256 * 256],
            steps: Default::default(),
            seen: vec![0; 65536],
            foreseen: [Bit::NEW; 32],
            recent: [0; 8],
        }
    }
}

fn literals(residue: &mut Residue, coder: &mut Decoder, regions: &[Region], from: usize, to: usize, new: &mut [u8]) {
    let mut from = from;
    while from < to {
        let region = region_at(regions, from);
        let end = to.min(region.offset + region.length);
        residue.literal(coder, region, from, end - from, new);
        from = end;
    }
}

impl Residue {
    fn literal(&mut self, coder: &mut Decoder, region: &Region, offset: usize, length: usize, file: &mut [u8]) {
        if region.kind.entry() >= 8 && length % 4 == 0 {
            return self.rows(coder, region, offset, length, file);
        }
        let (mut repeated, mut source) = (0, None);
        for at in offset..offset + length {
            if at >= REACH {
                let seen = &mut self.seen[hash(&file[at - REACH..at])];
                if source.is_none() {
                    source = (*seen as usize).checked_sub(1);
                    repeated = 0;
                }
                *seen = at as u32 + 1;
            }
            if let Some(place) = source {
                if !coder.bit(&mut self.foreseen[repeated.min(31)]) {
                    file[at] = file[place];
                    source = Some(place + 1);
                    repeated += 1;
                    continue;
                }
                source = None;
            }
            let before = |distance| if at >= distance { file[at - distance] as usize } else { 0 };
            let models = if region.kind.unit() == 4 {
                &mut self.code[(((at - region.offset) & 3) << 8 | before(4)) << 8..]
            } else {
                &mut self.plain[before(1) << 8..]
            };
            file[at] = coder.tree(&mut models[..256], 8) as u8;
        }
    }

    fn rows(&mut self, coder: &mut Decoder, region: &Region, offset: usize, length: usize, file: &mut [u8]) {
        let entry = region.kind.entry();
        for at in (offset..offset + length).step_by(4) {
            let row = at - region.offset;
            let above = if row >= entry { word(file, at - entry) } else { 0 };
            let step = self.steps[row % entry / 4].read_signed(coder);
            put(file, at, above.wrapping_add(step as u32));
        }
    }

    fn correct(&mut self, coder: &mut Decoder, region: &Region, bytes: &mut [u8]) {
        if region.kind.unit() == 4 && bytes.len() % 4 == 0 {
            self.correct_words(coder, if region.kind.is_code() { 0 } else { 1 }, bytes);
        } else {
            let mut at = 0;
            while at < bytes.len() {
                at += self.gaps[2].read(coder).min((bytes.len() - at) as u64) as usize;
                if at < bytes.len() {
                    bytes[at] = bytes[at].wrapping_add(coder.tree(&mut self.byte_corrections, 8) as u8);
                }
                at += 1;
            }
        }
    }

    fn correct_words(&mut self, coder: &mut Decoder, kind: usize, bytes: &mut [u8]) {
        let mut at = 0;
        while at < bytes.len() {
            at += self.gaps[kind].read(coder).min(((bytes.len() - at) / 4) as u64) as usize * 4;
            if at < bytes.len() {
                let error = self.error(coder, kind);
                put(bytes, at, word(bytes, at).wrapping_add(error));
            }
            at += 4;
        }
    }

    fn error(&mut self, coder: &mut Decoder, kind: usize) -> u32 {
        let (place, error);
        if coder.bit(&mut self.was_recent[kind]) {
            place = coder.tree(&mut self.which_recent[kind * 16..kind * 16 + 16], 3);
            error = self.recent[place];
        } else {
            place = self.recent.len() - 1;
            error = (0..4).rev().fold(0, |coded, byte| {
                let models = (kind * 4 + byte) * 256;
                coded | (coder.tree(&mut self.word_corrections[models..models + 256], 8) as u32) << (8 * byte)
            });
        }
        self.recent.copy_within(0..place, 1);
        self.recent[0] = error;
        error
    }
}

fn hash(bytes: &[u8]) -> usize {
    ((word(bytes, 0).wrapping_mul(0x9e37_79b1) ^ (bytes[4] as u32).wrapping_mul(0x85eb_ca6b)) >> 16) as usize
}
