//! What can go wrong on the way.

use std::time::Instant;

use crate::{
    NEW, Workspace,
    server::{CHUNKED, OPEN_END, Server, answer, chunk, listen, path, sleep},
};

#[test]
fn whatever_is_wrong_leaves_everything_as_it_was() {
    let server = Server::start(|request| match path(request) {
        "/missing" => answer("404 Not Found", "", "no"),
        "/cut" => {
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 9000\r\n\r\nopenapi".to_vec()
        }
        "/large" => {
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 99999999999\r\n\r\n".to_vec()
        }
        "/garbage" => answer("200 OK", "", "<html>Sorry</html>"),
        "/bytes" => {
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n\xffa".to_vec()
        }
        "/elsewhere" => answer("302 Found", "Location: http://192.0.2.1/\r\n", ""),
        "/circle" => answer("302 Found", "Location: /circle\r\n", ""),
        "/unmodified" => answer("304 Not Modified", "", ""),
        _ => answer("500 Internal Server Error", "", ""),
    });
    let workspace = Workspace::new();
    for (path, message) in [
        ("/missing", "status 404"),
        ("/cut", "broke off"),
        ("/large", "is larger than"),
        ("/garbage", "the document has errors"),
        ("/bytes", "these bytes are not UTF-8"),
        ("/elsewhere", "is not https"),
        ("/circle", "more than 5 redirections"),
        ("/unmodified", "status 304"),
        ("/broken", "status 500"),
    ] {
        workspace.refuses(&server.url(path), message);
    }
    workspace.refuses("http://192.0.2.1/ping.yaml", "is not https");
}

#[test]
fn a_body_of_unknown_length_is_taken_whole() {
    let server = Server::serve(|request, stream| {
        if path(request) == "/open" {
            return write!(stream, "{OPEN_END}{NEW}");
        }
        let (start, end) = NEW.split_at(NEW.len() / 2);
        write!(stream, "{CHUNKED}{}", chunk(start))?;
        stream.flush()?;
        write!(stream, "{}{}", chunk(end), chunk(""))
    });
    for path in ["/open", "/chunked"] {
        Workspace::new().takes(&["--from", &server.url(path)]);
    }
}

#[test]
fn a_body_of_unknown_length_is_not_larger_than_others() {
    let block = " ".repeat(1 << 20);
    let server = Server::serve(move |request, stream| {
        // It goes on until the client has had enough.
        if path(request) == "/open" {
            stream.write_all(OPEN_END.as_bytes())?;
            loop {
                stream.write_all(block.as_bytes())?;
            }
        }
        stream.write_all(CHUNKED.as_bytes())?;
        loop {
            stream.write_all(chunk(&block).as_bytes())?;
        }
    });
    let workspace = Workspace::new();
    workspace.refuses(&server.url("/open"), "is larger than");
    workspace.refuses(&server.url("/chunked"), "is larger than");
}

#[test]
fn chunks_without_an_end_are_no_document() {
    let server = Server::start(|_| format!("{CHUNKED}{}", chunk(NEW)).into_bytes());
    Workspace::new().refuses(&server.url("/"), "broke off");
}

#[test]
fn a_server_that_falls_silent_is_given_up() {
    let server = Server::serve(|request, stream| {
        match path(request) {
            "/body" => write!(stream, "{CHUNKED}{}", chunk("openapi: 3.0.3\n"))?,
            "/head" => write!(stream, "HTTP/1.1 200 OK\r\n")?,
            _ => {}
        }
        stream.flush()?;
        sleep();
        Ok(())
    });
    let handshake = format!("https://{}/", listen(|_stream| sleep()));
    let workspace = Workspace::new();
    for url in [
        server.url("/body"),
        server.url("/head"),
        server.url("/nothing"),
        handshake,
    ] {
        let start = Instant::now();
        workspace.refuses_with(&["--timeout", "1", "--from", &url], "timeout");
        assert!(start.elapsed().as_secs() < 30, "{url}");
    }
}

#[test]
fn nobody_listens() {
    // Bound to be free: it was given out a moment ago, and nobody holds it any more.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    Workspace::new().refuses(&format!("http://{address}/"), "cannot fetch");
}
