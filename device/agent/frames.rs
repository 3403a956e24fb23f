//! Frames: a type byte, a length (u32, little endian), a payload. Inside payloads: integers are little endian, byte strings carry
//! a u32 length in front.

use crate::trouble::{failed, Part, Result};

pub const LONGEST: usize = 16 << 20;
pub const HEAD: usize = 5;

// Client to agent.
pub const HAVE: u8 = 0x01;
pub const RUN: u8 = 0x02;
pub const PUT: u8 = 0x03;
pub const PUT_DATA: u8 = 0x04;
pub const PUT_END: u8 = 0x05;
pub const STDIN: u8 = 0x06;
pub const STDIN_END: u8 = 0x07;
pub const CLOSE_OUTPUT: u8 = 0x08;
pub const SIGNAL: u8 = 0x09;
pub const WINDOW: u8 = 0x0A;
pub const SUSPEND: u8 = 0x0B;
pub const RESUME: u8 = 0x0C;
pub const PATCH: u8 = 0x0D;
pub const CLEAN: u8 = 0x10;
pub const TREE: u8 = 0x13;
pub const TREE_DATA: u8 = 0x14;
pub const TREE_END: u8 = 0x15;
pub const FETCH: u8 = 0x16;
pub const STAND: u8 = 0x1E;
pub const REST: u8 = 0x1F;
pub const DEBUG: u8 = 0x20;
pub const WIRE: u8 = 0x21;
pub const WIRE_END: u8 = 0x22;
// Both ways.
pub const PING: u8 = 0x40;
// Agent to client.
pub const MISSING: u8 = 0x81;
pub const STORED: u8 = 0x82;
pub const STARTED: u8 = 0x83;
pub const STDOUT: u8 = 0x84;
pub const STDERR: u8 = 0x85;
pub const CREDIT: u8 = 0x86;
pub const STOPPED: u8 = 0x87;
pub const CONTINUED: u8 = 0x88;
pub const EXIT: u8 = 0x89;
pub const ERROR: u8 = 0x8A;
pub const ARRIVED: u8 = 0x8B;
pub const KEPT: u8 = 0x8D;
pub const WAITING: u8 = 0x94;
pub const CONDITIONS: u8 = 0x95;
pub const TIMED_OUT: u8 = 0x96;
pub const FAULT: u8 = 0x98;
pub const KILLED: u8 = 0x99;
pub const WANTED: u8 = 0x90;
pub const PLACED: u8 = 0x91;
pub const RESULTS: u8 = 0x92;
pub const RESULT_DATA: u8 = 0x93;
pub const FROM_WIRE: u8 = 0x9C;
pub const SERVER_WORDS: u8 = 0x9D;

pub struct Frame {
    pub kind: u8,
    pub payload: Vec<u8>,
}

/// Reads a payload from front to back; what is too short is the client's fault and ends the session.
pub struct Fields<'a>(pub &'a [u8]);

impl<'a> Fields<'a> {
    pub fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        if count > self.0.len() {
            return failed(Part::Protocol, "a frame is shorter than its fields");
        }
        let (front, rest) = self.0.split_at(count);
        self.0 = rest;
        Ok(front)
    }

    pub fn number(&mut self, bytes: usize) -> Result<u64> {
        Ok(self.take(bytes)?.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    }

    pub fn u8(&mut self) -> Result<u8> {
        Ok(self.number(1)? as u8)
    }

    pub fn u16(&mut self) -> Result<u16> {
        Ok(self.number(2)? as u16)
    }

    pub fn u32(&mut self) -> Result<u32> {
        Ok(self.number(4)? as u32)
    }

    pub fn u64(&mut self) -> Result<u64> {
        self.number(8)
    }

    pub fn bytes(&mut self) -> Result<&'a [u8]> {
        let length = self.u32()? as usize;
        self.take(length)
    }

    pub fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        let count = self.u32()?;
        (0..count).map(|_| one(self)).collect() // a lying count ends at the first item that is not there
    }
}
