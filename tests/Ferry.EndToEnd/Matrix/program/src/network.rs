use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use crate::{ensure, told, Outcome};

pub fn tcp() -> Outcome {
    let listener = told(TcpListener::bind("127.0.0.1:0"), "listening")?;
    let address = told(listener.local_addr(), "asking the port")?;
    let echo = thread::spawn(move || -> std::io::Result<()> {
        let (mut stream, _) = listener.accept()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        bytes.reverse();
        stream.write_all(&bytes)
    });
    let mut stream = told(TcpStream::connect(address), "connecting")?;
    let sent: Vec<u8> = (0..100_000u32).map(|i| (i % 251) as u8).collect();
    told(stream.write_all(&sent), "writing")?;
    told(stream.shutdown(std::net::Shutdown::Write), "closing")?;
    let mut back = Vec::new();
    told(stream.read_to_end(&mut back), "reading")?;
    told(echo.join().unwrap(), "the other side")?;
    back.reverse();
    ensure(back == sent, "other bytes came back").map(|()| String::new())
}
