//! A server on loopback.

use std::{
    io::{self, BufRead as _, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// A server that gives one answer for each path, and keeps what it was asked.
pub(crate) struct Server {
    pub(crate) address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn start(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::serve(move |request, stream| stream.write_all(&answer(request)))
    }

    /// Writes the answer piece by piece.
    pub(crate) fn serve(
        answer: impl Fn(&str, &mut dyn Write) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&requests);
        let address = listen(move |mut stream| {
            let request = read(&stream);
            kept.lock().expect("no panic").push(request.clone());
            // A client that has seen enough closes the connection.
            let _ = answer(&request, &mut stream);
        });
        Self { address, requests }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no panic").clone()
    }
}

/// Gives each connection to a thread, and says where it listens. It ends with the test's process.
pub(crate) fn listen(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("an address").to_string();
    let serve = Arc::new(serve);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let serve = Arc::clone(&serve);
            thread::spawn(move || serve(stream));
        }
    });
    address
}

/// The head of a request.
pub(crate) fn read(stream: impl Read) -> String {
    let mut head = String::new();
    for line in BufReader::new(stream).lines() {
        match line {
            Ok(line) if !line.is_empty() => head.extend([line.as_str(), "\n"]),
            _ => break,
        }
    }
    head
}

/// The path that a request is for.
pub(crate) fn path(request: &str) -> &str {
    request.split(' ').nth(1).unwrap_or_default()
}

pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n");
    format!("{head}{headers}\r\n{body}").into_bytes()
}

/// The start of an answer that does not say how long it is.
pub(crate) const OPEN_END: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";

/// The start of an answer that comes in chunks.
pub(crate) const CHUNKED: &str =
    "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";

/// A chunk of an answer; an empty one ends it.
pub(crate) fn chunk(text: &str) -> String {
    format!("{:x}\r\n{text}\r\n", text.len())
}

/// Longer than any test waits.
pub(crate) fn sleep() {
    thread::sleep(Duration::from_secs(60));
}
