//! The scripted server.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use socket2::SockRef;

/// What the server does with one request.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// Sends these bytes and keeps the connection.
    Send(Vec<u8>),
    /// Sends these bytes and closes the connection.
    SendAndClose(Vec<u8>),
    /// Closes the connection without an answer.
    Close,
    /// Breaks the connection off, so that the client is told of an error.
    Reset,
    /// Says nothing for as long as the client waits.
    Silence,
    /// Sends these bytes one by one, with a pause between them.
    Drip(Vec<u8>, Duration),
    /// Sends bytes, and closes the connection after a pause.
    SendAndCloseLater(Vec<u8>, Duration),
    /// Sends an answer whose body never ends.
    Endless,
}

/// A whole answer with a body of JSON.
pub(crate) fn json(status: u16, body: &str) -> Act {
    answer(status, &[("content-type", "application/json")], body)
}

/// A whole answer.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Act {
    let mut text = format!(
        "HTTP/1.1 {status} Status\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        text.push_str(name);
        text.push_str(": ");
        text.push_str(value);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    text.push_str(body);
    Act::Send(text.into_bytes())
}

/// Listens on a port of its own; the last act of the script repeats for ever.
pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    script: Vec<Act>,
    next: usize,
    requests: Vec<String>,
    connections: usize,
}

impl Server {
    pub(crate) fn new(script: impl Into<Vec<Act>>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
        let address = listener.local_addr().expect("the listener has an address");
        let state = Arc::new(Mutex::new(State {
            script: script.into(),
            ..State::default()
        }));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                lock(&state).connections += 1;
                thread::spawn(move || serve(stream, &state));
            }
        });
        Self { address, state }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far, head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        lock(&self.state).requests.clone()
    }

    pub(crate) fn count(&self) -> usize {
        lock(&self.state).requests.len()
    }

    pub(crate) fn connections(&self) -> usize {
        lock(&self.state).connections
    }
}

fn lock(state: &Mutex<State>) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Acts on requests until the connection ends; what fails then is the client's doing.
fn serve(mut stream: TcpStream, state: &Mutex<State>) {
    while let Ok(Some(request)) = read_request(&mut stream) {
        let act = {
            let mut state = lock(state);
            state.requests.push(request);
            let last = state.script.len() - 1;
            let act = state.script[state.next.min(last)].clone();
            state.next += 1;
            act
        };
        if matches!(act, Act::Reset) {
            // What is closed with this setting is reset, and must not be shut down before.
            let _ = SockRef::from(&stream).set_linger(Some(Duration::ZERO));
            return;
        }
        if !matches!(perform(&mut stream, act), Ok(true)) {
            break;
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
}

/// Performs an act, and says whether the connection stays.
fn perform(stream: &mut TcpStream, act: Act) -> io::Result<bool> {
    match act {
        Act::Send(bytes) => stream.write_all(&bytes).map(|()| true),
        Act::SendAndClose(bytes) => stream.write_all(&bytes).map(|()| false),
        Act::SendAndCloseLater(bytes, pause) => {
            stream.write_all(&bytes)?;
            thread::sleep(pause);
            Ok(false)
        }
        Act::Close | Act::Reset => Ok(false),
        Act::Silence => {
            let _ = stream.read(&mut [0; 1]);
            Ok(false)
        }
        Act::Drip(bytes, pause) => {
            for byte in bytes {
                stream.write_all(&[byte])?;
                thread::sleep(pause);
            }
            Ok(false)
        }
        Act::Endless => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")?;
            loop {
                stream.write_all(b"400\r\n")?;
                stream.write_all(&[b' '; 0x400])?;
                stream.write_all(b"\r\n")?;
            }
        }
    }
}

fn read_request(stream: &mut TcpStream) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let mut byte = [0; 1];
    while !bytes.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Ok(None);
        }
        bytes.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let length = head.lines().find_map(|line| {
        line.to_ascii_lowercase()
            .strip_prefix("content-length:")?
            .trim()
            .parse::<usize>()
            .ok()
    });
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body)?;
    Ok(Some(head + &String::from_utf8_lossy(&body)))
}
