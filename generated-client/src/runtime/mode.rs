//! Whether calls are awaited or block.

/// Calls are awaited.
#[derive(Debug, Clone, Copy)]
pub enum Async {}

/// Calls block their thread.
#[cfg(feature = "blocking")]
#[derive(Debug, Clone, Copy)]
pub enum Blocking {}

#[cfg(not(feature = "blocking"))]
macro_rules! blocking_client {
    () => {};
}

#[cfg(not(feature = "blocking"))]
pub(crate) use blocking_client;
