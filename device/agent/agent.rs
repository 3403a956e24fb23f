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

mod arrival;
mod conditions;
mod debug;
mod entry;
mod fault;
mod frames;
mod in_tree;
mod inflate;
mod limit;
mod link;
mod lock;
mod memory;
mod packets;
mod patch;
mod processes;
mod request;
mod room;
mod results;
mod run;
mod sha256;
mod shelf;
mod stand;
mod store;
mod sys;
mod terminal;
mod tracer;
mod tree;
mod trouble;
mod view;
mod wire;

use frames::Fields;
use link::Link;
use lock::Turn;
use request::Request;
use shelf::Shelf;
use stand::Stand;
use store::Stored;
use tracer::Waiting;
use trouble::{failed, Part, Result, Trouble};

/// What the client waits for; no shell prints a zero byte. The build is set by whoever compiles the agent.
const GREETING: &str = "\0FERRY 1 ";
const BUILD: Option<&str> = option_env!("FERRY_AGENT_BUILD");

fn main() {
    let words: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    if words.get(1).map(String::as_str) == Some(debug::BECOME) {
        std::process::exit(debug::become_program(&words[2..]));
    }
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
    link.greet(&greeting());
    if let Err(trouble) = store::check_folder() {
        let _ = trouble.tell(&mut link);
    } else {
        let (mut shelf, mut turn, mut stand) = (Shelf::default(), Turn::none(), Stand::default());
        while serve(&mut link, &mut shelf, &mut turn, &mut stand).or_else(|trouble| trouble.tell(&mut link)).is_ok() {}
        let _ = link.flush();
        shelf.keep_house();
    }
    let _ = link.flush();
}

fn greeting() -> Vec<u8> {
    format!("{GREETING}{}\n", BUILD.unwrap_or("-")).into_bytes()
}

/// Answers one question of the client.
fn serve(link: &mut Link, shelf: &mut Shelf, turn: &mut Turn, stand: &mut Stand) -> Result<()> {
    let frame = link.next()?;
    match frame.kind {
        frames::HAVE => {
            let files = Fields(&frame.payload).list(Stored::read)?;
            store::tell_missing(link, &files);
        }
        frames::PUT | frames::PATCH => {
            let receive = if frame.kind == frames::PUT { store::put } else { store::patch };
            receive(link, &frame.payload)?;
            shelf.has_grown(&frame.payload);
        }
        frames::CLEAN => shelf::clean(link, &frame.payload)?,
        frames::RUN | frames::DEBUG => {
            let mut request = Request::read(&frame.payload, frame.kind == frames::DEBUG)?;
            shelf.hold(&request.files);
            let all_there = request.files.iter().all(Stored::is_there);
            let unknown = match &request.tree {
                Some(tree) if all_there => tree.unknown_parts()?,
                _ => Vec::new(),
            };
            // What is brought disturbs who measures as much as what runs.
            turn.take(link, request.alone && all_there && unknown.is_empty(), request.name())?;
            if !all_there {
                store::tell_missing(link, &request.files);
            } else if !unknown.is_empty() {
                link.send(frames::WANTED, &[&unknown]);
            } else {
                let result = run_in_place(link, &mut request, stand.tracer.take());
                turn.leave();
                result?;
                link.flush()?;
                shelf.keep_house();
            }
        }
        frames::TREE => tree::receive(link, &frame.payload)?,
        frames::STAND => *stand = Stand::take(link, &greeting())?,
        frames::REST => {
            link.flush()?;
            stand.leave(link);
            return Err(Trouble::Lost);
        }
        frames::FETCH => results::send(link, &frame.payload)?,
        // On their way when the program ended.
        frames::STDIN..=frames::WINDOW | frames::WIRE | frames::WIRE_END => {}
        kind => return failed(Part::Protocol, format!("frame 0x{kind:02x} is unknown")),
    }
    Ok(())
}

/// In its tree, if it has one, which is held until the program has ended.
fn run_in_place(link: &mut Link, request: &mut Request, tracer: Option<Waiting>) -> Result<()> {
    let Some(tree) = &mut request.tree else { return run::run(link, request, tracer, None) };
    let (_hold, before) = tree.enter(&request.files)?;
    let _used = shelf::hold(tree.root());
    run::run(link, request, tracer, Some(&before))
}
