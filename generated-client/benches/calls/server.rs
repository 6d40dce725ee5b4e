//! A server that does nothing but answer: a thread for each connection, and no allocation for a
//! request, so that what is counted belongs to the client.

use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The cluster that is asked for by its ID.
pub(crate) const ID: &str = "498ae72f-411f-11eb-9d07-046c59cc737e";

/// The size of the pages that are kept ready.
const PAGE: usize = 1000;

static CONNECTIONS: AtomicUsize = AtomicUsize::new(0);

/// The number of connections so far.
pub(crate) fn connections() -> usize {
    CONNECTIONS.load(Ordering::Relaxed)
}

struct Answers {
    cluster: Vec<u8>,
    /// One for each page of the list.
    pages: Vec<Vec<u8>>,
    end: Vec<u8>,
}

/// Starts a server with so many clusters, and gives its base URL.
pub(crate) fn start(clusters: usize) -> io::Result<String> {
    let answers = Arc::new(Answers {
        cluster: answer(&cluster(0)),
        pages: (0..clusters.div_ceil(PAGE))
            .map(|number| answer(&page(number * PAGE, PAGE.min(clusters - number * PAGE))))
            .collect(),
        end: answer(&page(clusters, 0)),
    });
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            CONNECTIONS.fetch_add(1, Ordering::Relaxed);
            let answers = Arc::clone(&answers);
            // A client that has gone ends its thread.
            let serve = move || drop(serve(stream, &answers));
            let _ = thread::Builder::new().stack_size(64 * 1024).spawn(serve);
        }
    });
    Ok(url)
}

fn serve(mut stream: TcpStream, answers: &Answers) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = [0; 8192];
    let mut filled = 0;
    loop {
        let count = stream.read(&mut buffer[filled..])?;
        if count == 0 {
            return Ok(());
        }
        filled += count;
        let request = &buffer[..filled];
        if request.ends_with(b"\r\n\r\n") {
            let line = request.split(|byte| *byte == b'\r').next();
            let line = std::str::from_utf8(line.unwrap_or_default()).unwrap_or_default();
            stream.write_all(answers.to(line))?;
            filled = 0;
        }
    }
}

impl Answers {
    fn to(&self, line: &str) -> &[u8] {
        let target = line.split(' ').nth(1).unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        if path.ends_with(ID) {
            return &self.cluster;
        }
        let offset = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("offset="));
        let offset: usize = offset.and_then(|text| text.parse().ok()).unwrap_or(0);
        self.pages.get(offset / PAGE).unwrap_or(&self.end)
    }
}

fn answer(body: &str) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    (head + body).into_bytes()
}

/// A page of the list of clusters.
pub(crate) fn page(offset: usize, count: usize) -> String {
    let items: Vec<String> = (offset..offset + count).map(cluster).collect();
    format!(
        r#"{{"id":"list","type":"collection","offset":{offset},"limit":{count},"items":[{}]}}"#,
        items.join(",")
    )
}

fn cluster(number: usize) -> String {
    let template = r#"{"type":"cluster","id":"{id}","metadata":{"createdDate":"2020-12-10T13:37:50+01:00","createdBy":"somebody@example.com","createdByUserId":"87f9a82e-b28d-49ed-9d04-fba2c0459cd3","lastModifiedDate":"2020-12-10T13:37:50+01:00","state":"AVAILABLE"},"properties":{"displayName":"cluster {number}","postgresVersion":"15","location":"de/fra","backupLocation":"eu-central-2","instances":3,"ram":4096,"cores":4,"storageSize":102400,"storageType":"SSD","connections":[{"datacenterId":"3ba0e1b4-4a4f-4b3c-8f0a-6f6c0c0b2c3d","lanId":"1","cidr":"192.168.1.100/24"}],"maintenanceWindow":{"time":"16:30:59","dayOfTheWeek":"Sunday"},"synchronizationMode":"ASYNCHRONOUS","dnsName":"pg-{id}.postgresql.de-fra.example.com"}}"#;
    let id = if number == 0 {
        ID.to_owned()
    } else {
        format!("00000000-0000-0000-0000-{number:012}")
    };
    template
        .replace("{id}", &id)
        .replace("{number}", &number.to_string())
}
