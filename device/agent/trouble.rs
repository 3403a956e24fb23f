//! What ends a piece of work early.

use crate::frames::ERROR;
use crate::link::Link;
use std::io;

/// Which part of the work failed; the client words its message by it.
#[derive(Clone, Copy)]
pub enum Part {
    Protocol = 1,
    Store = 2,
    Start = 3,
    Program = 4,
    Debugger = 5,
}

pub enum Trouble {
    /// The client is gone, or silent for too long.
    Lost,
    /// Something that the client is told about. `errno` is 0 when no system call failed.
    Failed { part: Part, errno: i32, text: String },
}

pub type Result<T> = std::result::Result<T, Trouble>;

impl Trouble {
    /// Tells the client. What cannot be told, or leaves nobody knowing where the next frame begins, remains an error.
    pub fn tell(self, link: &mut Link) -> Result<()> {
        if let Trouble::Failed { part, errno, text } = &self {
            link.send(ERROR, &[&[*part as u8], &errno.to_le_bytes(), text.as_bytes()]);
        }
        match self {
            Trouble::Lost | Trouble::Failed { part: Part::Protocol, .. } => Err(self),
            _ => Ok(()),
        }
    }
}

pub fn failed<T>(part: Part, text: impl Into<String>) -> Result<T> {
    Err(Trouble::Failed { part, errno: 0, text: text.into() })
}

/// For `map_err`: what was attempted, followed by the system's own words.
pub fn because(part: Part, attempt: impl Into<String>) -> impl FnOnce(io::Error) -> Trouble {
    move |error| Trouble::Failed {
        part,
        errno: error.raw_os_error().unwrap_or(0),
        text: format!("{}: {}", attempt.into(), words(&error)),
    }
}

/// "No space left on device" without std's " (os error 28)".
fn words(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_string()
}
