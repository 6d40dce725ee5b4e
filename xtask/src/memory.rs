//! How much memory this process has held, as Linux tells it; elsewhere there is no answer.

use std::fs;

/// The most memory held at once since the start or the last [`forget_peak`], in kilobytes.
pub(crate) fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// Lets the peak begin anew with what is held now. Where that cannot be done, the peak stays that of
/// the whole process, which is no less than the true one.
pub(crate) fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}
