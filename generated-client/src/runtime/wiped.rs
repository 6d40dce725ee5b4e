//! Memory that holds secrets, and is overwritten before it is given back.

use std::io;

use bytes::Bytes;
use zeroize::Zeroizing;

/// The least memory; most bodies of requests fit.
const SMALLEST: usize = 512;

/// Collects bytes. They are overwritten when the last copy of the result goes, and wherever they have
/// been before on the way there: a plain `Vec` leaves its content behind whenever it grows.
#[derive(Default)]
pub(super) struct WipedBuffer(Zeroizing<Vec<u8>>);

impl WipedBuffer {
    pub(super) fn into_bytes(self) -> Bytes {
        Bytes::from_owner(self.0)
    }

    fn make_room(&mut self, count: usize) {
        let needed = self.0.len().saturating_add(count);
        if needed > self.0.capacity() {
            let capacity = needed.max(self.0.capacity() * 2).max(SMALLEST);
            let mut larger = Zeroizing::new(Vec::with_capacity(capacity));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
    }
}

impl io::Write for WipedBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.make_room(bytes.len());
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The same bytes, which are overwritten when their last copy goes.
pub(super) fn wiped(bytes: Vec<u8>) -> Bytes {
    Bytes::from_owner(Zeroizing::new(bytes))
}
