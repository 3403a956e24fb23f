//! The time that a program may run. It stands still while the client is stopped (Ctrl-Z), and the program with it.

use crate::sys;
use std::time::{Duration, Instant};

/// From being asked to end to being killed.
const GRACE: Duration = Duration::from_secs(2);

pub struct Limit {
    left: Option<Duration>,
    last: Instant,
    pub passed: bool,
}

impl Limit {
    /// Of 0: none.
    pub fn of(milliseconds: u32) -> Limit {
        let left = if milliseconds == 0 { None } else { Some(Duration::from_millis(milliseconds.into())) };
        Limit { left, last: Instant::now(), passed: false }
    }

    /// How long nothing is to be done.
    pub fn patience(&self) -> Option<Duration> {
        self.left.map(|left| left + Duration::from_millis(1))
    }

    /// Counts the time since the last call, and says which signal is due: first TERM, when the grace is over KILL.
    pub fn due(&mut self, counts: bool) -> Option<i32> {
        let now = Instant::now();
        let step = now - std::mem::replace(&mut self.last, now);
        let left = self.left?;
        let rest = left.saturating_sub(if counts { step } else { Duration::ZERO });
        self.left = Some(rest);
        if rest > Duration::ZERO {
            return None;
        }
        let again = std::mem::replace(&mut self.passed, true);
        self.left = if again { None } else { Some(GRACE) };
        Some(if again { sys::SIGKILL } else { sys::SIGTERM })
    }
}
