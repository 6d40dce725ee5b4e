//! The event stream of the HTML standard, section 9.2.6.

use std::time::Duration;

use super::RawEvent;
use crate::runtime::decode::without_mark;
use crate::runtime::frames::{Framing, Unread};

/// Collects lines to events.
#[derive(Debug, Default)]
pub(super) struct EventFraming {
    unread: Unread,
    /// The first line has been taken.
    begun: bool,
    /// The line before ended with CR, so that an LF belongs to it.
    behind_carriage_return: bool,
    data: Vec<u8>,
    has_data: bool,
    event: String,
    id: String,
    /// The ID when the last event ended, of which nothing is missing.
    last_id: String,
    retry: Option<Duration>,
}

impl EventFraming {
    /// The ID of the last event that has one, by which a server can go on from there.
    pub(super) fn last_id(&self) -> &str {
        &self.last_id
    }

    /// How long the server wants a client to wait before it connects again.
    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// The next line that is complete, without its end.
    fn line(&mut self) -> Option<Vec<u8>> {
        if self.behind_carriage_return
            && let Some(first) = self.unread.rest().first()
        {
            self.behind_carriage_return = false;
            if *first == b'\n' {
                self.unread.skip(1);
            }
        }
        let (mut line, end) = self.unread.until(|byte| matches!(byte, b'\r' | b'\n'))?;
        if !std::mem::replace(&mut self.begun, true) {
            line = without_mark(line);
        }
        self.behind_carriage_return = end == b'\r';
        Some(line.to_vec())
    }

    /// Takes a line, and gives an event where the line ends one.
    fn interpret(&mut self, line: &[u8]) -> Option<RawEvent> {
        if line.is_empty() {
            return self.dispatch();
        }
        let colon = line.iter().position(|byte| *byte == b':');
        let (field, value) = match colon {
            Some(colon) => (&line[..colon], &line[colon + 1..]),
            None => (line, &b""[..]),
        };
        let value = value.strip_prefix(b" ").unwrap_or(value);
        let text = || String::from_utf8_lossy(value).into_owned();
        match field {
            b"data" => {
                self.data.extend_from_slice(text().as_bytes());
                self.data.push(b'\n');
                self.has_data = true;
            }
            b"event" => self.event = text(),
            b"id" if !value.contains(&0) => self.id = text(),
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                self.retry = text().parse().ok().map(Duration::from_millis);
            }
            // Comments have an empty field, and what is unknown is ignored.
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<RawEvent> {
        self.id.clone_into(&mut self.last_id);
        let mut data = std::mem::take(&mut self.data);
        let event = std::mem::take(&mut self.event);
        if !std::mem::take(&mut self.has_data) {
            return None;
        }
        data.pop();
        Some(RawEvent {
            name: if event.is_empty() {
                "message".to_owned()
            } else {
                event
            },
            id: self.id.clone(),
            retry: self.retry,
            data: data.into(),
        })
    }
}

impl Framing for EventFraming {
    type Frame = RawEvent;

    fn push(&mut self, piece: &[u8]) {
        self.unread.push(piece);
    }

    fn next(&mut self) -> Option<RawEvent> {
        loop {
            let line = self.line()?;
            if let Some(event) = self.interpret(&line) {
                return Some(event);
            }
        }
    }

    /// An event that no empty line ends is none.
    fn end(&mut self) -> Option<RawEvent> {
        None
    }

    fn held(&self) -> usize {
        self.unread.rest().len() + self.data.len()
    }

    /// Where a further call could go on is known all the same.
    fn discard(&mut self) {
        *self = Self {
            last_id: std::mem::take(&mut self.last_id),
            retry: self.retry,
            ..Self::default()
        };
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{EventFraming, Framing};

    /// The type, the ID and the data of the events of a text, which must not depend on the pieces in
    /// which it arrives.
    fn events(text: &[u8]) -> Vec<(String, String, String)> {
        let in_pieces = |size: usize| {
            let mut framing = EventFraming::default();
            let mut events = Vec::new();
            for piece in text.chunks(size) {
                framing.push(piece);
                while let Some(event) = framing.next() {
                    let data = String::from_utf8(event.data.to_vec()).expect("it is UTF-8");
                    events.push((event.name, event.id, data));
                }
            }
            assert!(framing.end().is_none());
            events
        };
        let whole = in_pieces(text.len().max(1));
        for size in 1..text.len() {
            assert_eq!(in_pieces(size), whole, "in pieces of {size}");
        }
        whole
    }

    fn data(text: &str) -> Vec<String> {
        let events = events(text.as_bytes()).into_iter();
        events.map(|(_, _, data)| data).collect()
    }

    /// The examples of the HTML standard, section 9.2.6.
    #[test]
    fn the_examples_of_the_standard() {
        let stock = "data: YHOO\ndata: +2\ndata: 10\n\n";
        assert_eq!(data(stock), ["YHOO\n+2\n10"]);
        let four = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\n\
                    data:  third event\n";
        let expected = [
            ("message", "1", "first event"),
            ("message", "", "second event"),
        ];
        let owned = |(event, id, data): (&str, &str, &str)| {
            (event.to_owned(), id.to_owned(), data.to_owned())
        };
        assert_eq!(events(four.as_bytes()), expected.map(owned));
        assert_eq!(
            data(&format!("{four}\n")),
            ["first event", "second event", " third event"]
        );
        assert_eq!(data("data\n\ndata\ndata\n\ndata:"), ["", "\n"]);
        assert_eq!(data("data:test\n\ndata: test\n\n"), ["test", "test"]);
        let named = "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\n\
                     data: 113411\n\n";
        let expected = [
            ("add", "", "73857293"),
            ("remove", "", "2153"),
            ("add", "", "113411"),
        ];
        assert_eq!(events(named.as_bytes()), expected.map(owned));
    }

    #[test]
    fn every_end_of_a_line_ends_a_line() {
        for text in [
            "data: a\rdata: b\r\r",
            "data: a\ndata: b\n\n",
            "data: a\r\ndata: b\r\n\r\n",
            "\u{feff}data: a\r\ndata: b\r\n\n",
        ] {
            assert_eq!(data(text), ["a\nb"], "{text:?}");
        }
        assert_eq!(data("\u{feff}\u{feff}data: a\n\n"), [""; 0]);
        assert_eq!(data("data: a\n\n\u{feff}data: b\n\n"), ["a"]);
    }

    #[test]
    fn what_is_no_data_makes_no_event() {
        assert_eq!(
            data("event: ping\nid: 3\n\nretry: 5\n\n:\n\nfoo: bar\n\n"),
            [""; 0]
        );
        let bytes = b"data: \xff\xe2\x82\xac\n\n";
        assert_eq!(events(bytes)[0].2, "\u{fffd}\u{20ac}");
        assert_eq!(data("Data: a\n\n data: b\n\n"), [""; 0]);
    }

    #[test]
    fn id_and_retry_stay() {
        let mut framing = EventFraming::default();
        framing.push(b"id: 7\nretry: 1500\n\nretry: 1x\nid: a\0b\ndata: x\n\n");
        let event = framing.next().expect("there is an event");
        assert_eq!(event.id, "7");
        assert_eq!(event.retry, Some(Duration::from_millis(1500)));
        assert_eq!(framing.last_id(), "7");
    }

    #[test]
    fn an_event_that_did_not_end_is_not_the_last() {
        let mut framing = EventFraming::default();
        framing.push(b"id: 7\nretry: 10\ndata: x\n\nid: 8\ndata: y\n");
        assert!(framing.next().is_some());
        assert!(framing.next().is_none());
        assert_eq!(framing.last_id(), "7");
        framing.discard();
        assert_eq!(framing.held(), 0);
        assert_eq!(framing.last_id(), "7");
        assert_eq!(framing.retry(), Some(Duration::from_millis(10)));
    }
}
