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

    pub(super) fn push(&mut self, bytes: impl AsRef<[u8]>) {
        let bytes = bytes.as_ref();
        self.make_room(bytes.len());
        self.0.extend_from_slice(bytes);
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
        self.push(bytes);
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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs::File;
    use std::os::unix::fs::FileExt as _;

    use super::WipedBuffer;

    #[test]
    fn nothing_is_left_where_the_bytes_have_been() {
        const SECRET: &str = "a canary that moves on";
        let memory = File::open("/proc/self/mem").expect("the memory can be read");
        let mut buffer = WipedBuffer::default();
        buffer.push(SECRET);
        let (mut moves, mut blocks) = (0, Vec::new());
        while moves < 3 {
            let (address, size) = (buffer.0.as_ptr().addr(), buffer.0.len());
            // Memory behind it keeps it from growing where it is.
            blocks.push(vec![1_u8; buffer.0.capacity()]);
            buffer.push("more ");
            if buffer.0.as_ptr().addr() == address {
                continue;
            }
            moves += 1;
            let mut left = vec![0; size];
            let place = u64::try_from(address).expect("an address fits");
            memory
                .read_exact_at(&mut left, place)
                .expect("it is still mapped");
            let left = String::from_utf8_lossy(&left);
            assert!(
                !left.contains(&SECRET[..16]) && !left.contains("more more"),
                "{left}"
            );
        }
        assert!(buffer.0.starts_with(SECRET.as_bytes()));
    }
}
