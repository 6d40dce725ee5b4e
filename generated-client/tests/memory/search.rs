//! Looks for a secret in the memory of this program.

use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;

use zeroize::Zeroizing;

/// A secret in another form, for a search finds what it searches for.
const HIDDEN: [u8; 24] = {
    let mut bytes = *b"canary-of-the-memory-771";
    let mut index = 0;
    while index < bytes.len() {
        bytes[index] ^= MASK;
        index += 1;
    }
    bytes
};

const MASK: u8 = 0x55;

pub(super) fn canary<S: From<String>>() -> S {
    let mut text = String::with_capacity(HIDDEN.len());
    text.extend(HIDDEN.iter().map(|byte| char::from(byte ^ MASK)));
    S::from(text)
}

/// So much memory is looked at at once.
const PIECE: usize = 8192;

static BLANK: [u8; PIECE] = [0; PIECE];

/// Where the secret begins in a piece of memory.
fn places(piece: &[u8]) -> impl Iterator<Item = usize> {
    // Most memory has never been written.
    let is_blank = *piece == BLANK[..piece.len()];
    let piece = if is_blank { &[] } else { piece };
    let windows = piece.windows(HIDDEN.len()).enumerate();
    let is_secret = |window: &[u8]| {
        let mut pairs = window.iter().zip(HIDDEN);
        pairs.all(|(one, other)| one ^ MASK == other)
    };
    windows
        .filter(move |(_, window)| is_secret(window))
        .map(|(index, _)| index)
}

/// How often the secret is somewhere in the memory that can be written.
pub(super) fn copies() -> usize {
    let maps = fs::read_to_string("/proc/self/maps").expect("the list of memory can be read");
    let memory = File::open("/proc/self/mem").expect("the memory can be read");
    let mut buffer = Zeroizing::new(vec![0_u8; PIECE]);
    let own = buffer.as_ptr().addr()..buffer.as_ptr().addr() + buffer.len();
    let mut found = 0;
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let range = line
            .split(' ')
            .next()
            .and_then(|range| range.split_once('-'));
        let (start, end) = range.expect("a line begins with a range");
        let address = |text| u64::from_str_radix(text, 16).expect("it is an address");
        let (mut start, end) = (address(start), address(end));
        while start < end {
            // What cannot be read is not memory, but a device.
            let Ok(count) = memory.read_at(&mut buffer, start) else {
                break;
            };
            let size = usize::try_from(end - start).map_or(count, |left| count.min(left));
            let base = usize::try_from(start).expect("an address fits");
            let places = places(&buffer[..size]);
            found += places
                .filter(|place| !own.contains(&(base + place)))
                .count();
            if size <= HIDDEN.len() {
                break;
            }
            // One that lies across the end of this piece begins within the next.
            start += u64::try_from(size - HIDDEN.len() + 1).expect("it fits");
        }
    }
    found
}
