//! Ferry's agent: the part of Ferry that runs on the device.
//!
//! It speaks frames (docs/reference/agent-protocol.md) over stdin and stdout, stores programs below its working folder,
//! checks what it stored, and runs them: with clean streams or a terminal, exact exit status, signals, and the promise that
//! nothing of the program stays behind when the connection breaks.
//!
//! Standard library only; what std lacks is declared by hand in `sys.rs`. One thread, one `poll`. Compiles with Rust 1.70 and
//! later, for glibc and musl. Numbers of signals and options are those of Linux' generic ABI (x86, ARM, RISC-V).
//!
//! Read `main` here, then `run.rs`, then whatever you want to know more about.

mod entry;
mod frames;
mod in_tree;
mod inflate;
mod link;
mod patch;
mod processes;
mod request;
mod results;
mod run;
mod sha256;
mod store;
mod sys;
mod terminal;
mod tree;
mod trouble;
mod view;

use frames::Fields;
use link::Link;
use request::Request;
use store::Stored;
use trouble::{failed, Part, Result};

/// What the client waits for; no shell prints a zero byte. The build is set by whoever compiles the agent.
const GREETING: &str = "\0FERRY 1 ";
const BUILD: Option<&str> = option_env!("FERRY_AGENT_BUILD");

fn main() {
    // Ctrl-C in the terminal of whoever started us is not for us. (Under sshd we lead a session already, and this fails.)
    unsafe { sys::setsid() };
    processes::adopt_orphans();
    // Who starts us without a shell that could enter our folder names it.
    if let Some(folder) = std::env::args_os().nth(1) {
        if let Err(error) = std::env::set_current_dir(&folder) {
            eprintln!("cannot enter {}: {error}", folder.to_string_lossy());
            return;
        }
    }
    let mut link = Link::open();
    link.greet(format!("{GREETING}{}\n", BUILD.unwrap_or("-")).as_bytes());
    if let Err(trouble) = store::check_folder() {
        let _ = trouble.tell(&mut link);
    } else {
        while serve(&mut link).or_else(|trouble| trouble.tell(&mut link)).is_ok() {}
    }
    let _ = link.flush();
}

/// Answers one question of the client.
fn serve(link: &mut Link) -> Result<()> {
    let frame = link.next()?;
    match frame.kind {
        frames::HAVE => {
            let files = Fields(&frame.payload).list(Stored::read)?;
            tell_missing(link, &files);
        }
        frames::PUT => store::put(link, &frame.payload)?,
        frames::PATCH => store::patch(link, &frame.payload)?,
        frames::RUN => {
            let mut request = Request::read(&frame.payload)?;
            if !request.files.iter().all(Stored::is_there) {
                tell_missing(link, &request.files);
                return Ok(());
            }
            let Some(tree) = &mut request.tree else { return run::run(link, &request, None) };
            let unknown = tree.unknown_parts()?;
            if !unknown.is_empty() {
                link.send(frames::WANTED, &[&unknown]);
                return Ok(());
            }
            let (_hold, before) = tree.enter(&request.files)?;
            run::run(link, &request, Some(&before))?;
        }
        frames::TREE => tree::receive(link, &frame.payload)?,
        frames::FETCH => results::send(link, &frame.payload)?,
        // On their way when the program ended.
        frames::STDIN..=frames::WINDOW => {}
        kind => return failed(Part::Protocol, format!("frame 0x{kind:02x} is unknown")),
    }
    Ok(())
}

fn tell_missing(link: &mut Link, files: &[Stored]) {
    let hashes: Vec<u8> = files.iter().filter(|file| !file.is_there()).flat_map(|file| file.hash).collect();
    link.send(frames::MISSING, &[&hashes]);
}
