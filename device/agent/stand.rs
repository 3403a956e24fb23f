//! One agent for many clients, one after the other, on the same streams: each is served by a fork of its own, so that nothing of one
//! (its processes, its locks, what it left half said) is there for the next.

use crate::link::Link;
use crate::processes;
use crate::sys;
use crate::tracer::{self, Waiting};
use crate::trouble::{because, Part, Result, Trouble};
use std::fs::File;
use std::io::{self, Read, Write};

/// The way back to the process that stands (none where there is but one client), and what is ready for this client.
#[derive(Default)]
pub struct Stand {
    back: Option<File>,
    /// Forked while nobody waits, for the program of this client.
    pub tracer: Option<Waiting>,
}

impl Stand {
    /// Returns in a process that serves one client; the one that stands stays in here, and ends with the connection.
    pub fn take(link: &mut Link, greeting: &[u8]) -> Result<Stand> {
        link.flush()?; // the greeting, for the first of them
        for client in 0.. {
            let (mut back, end) = processes::pipe().map_err(because(Part::Start, "cannot stand by"))?;
            match unsafe { sys::fork() } {
                -1 => return Err(because(Part::Start, "cannot fork")(io::Error::last_os_error())),
                0 => {
                    drop(back);
                    processes::adopt_orphans();
                    let tracer = tracer::fork();
                    link.sleep()?;
                    if client > 0 {
                        link.greet(greeting);
                    }
                    return Ok(Stand { back: Some(end), tracer });
                }
                _ => {
                    drop(end);
                    processes::leave_orphans();
                    link.go_on_from(read_back(&mut back).ok_or(Trouble::Lost)?);
                }
            }
        }
        Err(Trouble::Lost)
    }

    /// This client has been served. What was read of the next one's words is handed back.
    pub fn leave(&mut self, link: &mut Link) {
        let rest = link.unread();
        if let Some(back) = &mut self.back {
            let _ = back.write_all(&[&(rest.len() as u32).to_le_bytes(), rest].concat());
        }
    }
}

/// None when the child ended without a word: the connection is lost.
fn read_back(back: &mut File) -> Option<Vec<u8>> {
    let mut length = [0; 4];
    back.read_exact(&mut length).ok()?;
    let mut rest = vec![0; u32::from_le_bytes(length) as usize];
    back.read_exact(&mut rest).ok()?;
    Some(rest)
}
