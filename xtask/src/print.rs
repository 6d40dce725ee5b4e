//! What the macros of the standard library do, but for readers that may go before the end, such as
//! `head`: what they do not read is left out, where those macros would panic.

use std::{
    fmt::Arguments,
    io::{self, ErrorKind, Write},
    sync::atomic::{AtomicBool, Ordering},
};

/// Something could not be printed, so that what was is not the whole.
static HAS_FAILED: AtomicBool = AtomicBool::new(false);

/// Whether everything was printed that somebody wanted to read.
pub(crate) fn is_whole() -> bool {
    !HAS_FAILED.load(Ordering::Relaxed)
}

/// Writes to a stream.
pub(crate) fn to(stream: impl Write, text: Arguments<'_>) {
    if let Err(error) = write(stream, text) {
        HAS_FAILED.store(true, Ordering::Relaxed);
        // The other stream is all that is left to say it on, and it may be gone as well.
        let _ = writeln!(io::stderr(), "error: cannot print: {error}");
    }
}

fn write(mut stream: impl Write, text: Arguments<'_>) -> io::Result<()> {
    match stream.write_fmt(text) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

macro_rules! print {
    ($($text:tt)*) => {
        $crate::print::to(std::io::stdout().lock(), format_args!($($text)*))
    };
}

macro_rules! println {
    ($($text:tt)*) => {
        print!("{}\n", format_args!($($text)*))
    };
}

macro_rules! eprint {
    ($($text:tt)*) => {
        $crate::print::to(std::io::stderr().lock(), format_args!($($text)*))
    };
}

macro_rules! eprintln {
    ($($text:tt)*) => {
        eprint!("{}\n", format_args!($($text)*))
    };
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind, Write};

    use super::write;

    struct Broken(ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn only_a_reader_who_has_gone_is_no_failure() {
        let written = |kind| write(Broken(kind), format_args!("text"));
        assert!(written(ErrorKind::BrokenPipe).is_ok());
        assert!(written(ErrorKind::StorageFull).is_err());
    }
}
