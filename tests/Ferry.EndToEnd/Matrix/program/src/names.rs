use std::net::{IpAddr, Ipv4Addr, ToSocketAddrs, UdpSocket};
use std::thread;
use std::time::Duration;

use crate::{ensure, told, Outcome};

const ANSWER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 7);

/// getaddrinfo: by /etc/hosts, and by a server of this program's own where MATRIX_DNS says that /etc/resolv.conf names 127.0.0.1.
pub fn names() -> Outcome {
    ensure(resolve("localhost")?.iter().any(|address| address.is_loopback()), "localhost is elsewhere")?;
    let hosts = told(std::fs::read_to_string("/etc/hosts"), "reading /etc/hosts")?;
    let (address, name) = listed(&hosts).ok_or("/etc/hosts names nobody")?;
    ensure(resolve(name)?.contains(&address), &format!("{name} is not {address}"))?;
    if std::env::var("MATRIX_DNS").is_err() {
        return Ok("hosts".to_string());
    }
    let socket = told(UdpSocket::bind("127.0.0.1:53"), "listening on port 53")?;
    told(socket.set_read_timeout(Some(Duration::from_secs(20))), "setting a limit")?;
    let server = thread::spawn(move || serve(&socket));
    ensure(resolve("answer.example")? == [ANSWER], "the server's answer did not arrive")?;
    told(server.join().unwrap(), "the server").map(|()| "hosts, server".to_string())
}

fn resolve(name: &str) -> Result<Vec<IpAddr>, String> {
    let mut addresses: Vec<_> = told((name, 0).to_socket_addrs(), name)?.map(|address| address.ip()).collect();
    addresses.dedup();
    Ok(addresses)
}

/// The last line's first name that has an IPv4 address.
fn listed(hosts: &str) -> Option<(IpAddr, &str)> {
    hosts.lines().rev().find_map(|line| {
        let mut words = line.split_whitespace();
        let address: Ipv4Addr = words.next()?.parse().ok()?;
        Some((address.into(), words.next()?))
    })
}

/// RFC 1035: answers the first question of type A, and what else is asked (AAAA) with nothing; ends with the A.
fn serve(socket: &UdpSocket) -> std::io::Result<()> {
    let mut packet = [0; 512];
    let mut answered = false;
    while !answered {
        let (length, from) = socket.recv_from(&mut packet)?;
        let end = 12 + packet[12..length].iter().position(|&byte| byte == 0).unwrap_or(0) + 5;
        answered = packet[end - 3] == 1;
        let mut answer = packet[..end].to_vec();
        answer[2..12].copy_from_slice(&[0x85, 0x80, 0, 1, 0, answered as u8, 0, 0, 0, 0]);
        if answered {
            answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
            answer.extend(ANSWER.octets());
        }
        socket.send_to(&answer, from)?;
    }
    // glibc asks for both at once, musl too: whoever asked for AAAA behind the A waits for a word.
    socket.set_read_timeout(Some(Duration::from_millis(300)))?;
    while let Ok((length, from)) = socket.recv_from(&mut packet) {
        packet[2..4].copy_from_slice(&[0x85, 0x80]);
        socket.send_to(&packet[..length], from)?;
    }
    Ok(())
}
