//! Waiting of programs without async code.

use super::{Wait, WaitError, WaitGone};
use crate::runtime::blocking::run;
use crate::runtime::error::{CallFailure, RequestFault};
use crate::runtime::{Blocking, CallContext, Endpoint, Failure, Success};

/// Why nothing could be waited for on the client's own thread.
pub(super) fn not_run<B>(context: CallContext, fault: RequestFault) -> WaitError<B> {
    WaitError::Call(CallFailure::Request(context, fault).into_error())
}

impl<E: Endpoint> Wait<E, Blocking> {
    /// Waits until the goal is reached. An observer is called on the client's own thread.
    pub fn wait(self) -> Result<Success<E>, WaitError<Failure<E>>> {
        let (client, context) = (self.client(), self.context());
        run(&client, self.run()).unwrap_or_else(|fault| Err(not_run(context, fault)))
    }
}

impl<E: Endpoint> WaitGone<E, Blocking> {
    /// Waits until the resource is gone. An observer is called on the client's own thread.
    pub fn wait(self) -> Result<(), WaitError<Failure<E>>> {
        let (client, context) = (self.client(), self.context());
        run(&client, self.run()).unwrap_or_else(|fault| Err(not_run(context, fault)))
    }
}
