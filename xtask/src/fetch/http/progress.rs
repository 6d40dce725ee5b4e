//! How far a download has come.

use std::io::{self, IsTerminal as _, Write as _};

/// A bar on a terminal, and nothing elsewhere.
pub(super) struct Progress {
    total: Option<u64>,
    shown: bool,
}

impl Progress {
    pub(super) fn new(total: Option<u64>) -> Self {
        Self {
            total: total.filter(|total| *total > 0),
            shown: io::stderr().is_terminal(),
        }
    }

    pub(super) fn show(&self, received: usize) {
        if self.shown {
            // A terminal that cannot be written to shows no progress.
            let _ = write!(io::stderr(), "\r{}", line(self.total, received));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = writeln!(io::stderr());
        }
    }
}

fn line(total: Option<u64>, received: usize) -> String {
    const WIDTH: u64 = 30;
    let received = u64::try_from(received).unwrap_or(u64::MAX);
    let kilobytes = received / 1024;
    let Some(total) = total else {
        return format!("{kilobytes} kB");
    };
    let done = received.min(total) * WIDTH / total;
    let bar: String = (0..WIDTH)
        .map(|cell| if cell < done { '#' } else { '.' })
        .collect();
    format!("[{bar}] {kilobytes} of {} kB", total / 1024)
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn the_bar_is_as_long_as_what_has_come() {
        assert_eq!(
            line(Some(4096), 2048),
            "[###############...............] 2 of 4 kB"
        );
        assert_eq!(
            line(Some(4096), 9000),
            "[##############################] 8 of 4 kB"
        );
        assert_eq!(line(None, 3000), "2 kB");
    }
}
