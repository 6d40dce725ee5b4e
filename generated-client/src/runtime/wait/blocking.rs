//! Waiting of programs without async code.

use super::{Wait, WaitError, WaitGone};
use crate::runtime::blocking::run;
use crate::runtime::error::CallFailure;
use crate::runtime::{Blocking, Endpoint, Failure, Success};

impl<E: Endpoint> Wait<E, Blocking> {
    /// Waits until the goal is reached. An observer is called on the client's own thread.
    pub fn wait(self) -> Result<Success<E>, WaitError<Failure<E>>> {
        let (client, context) = (self.client(), self.context());
        let failure = |fault| {
            Err(WaitError::Call(
                CallFailure::Request(context, fault).into_error(),
            ))
        };
        run(&client, self.run()).unwrap_or_else(failure)
    }
}

impl<E: Endpoint> WaitGone<E, Blocking> {
    /// Waits until the resource is gone. An observer is called on the client's own thread.
    pub fn wait(self) -> Result<(), WaitError<Failure<E>>> {
        let (client, context) = (self.client(), self.context());
        let failure = |fault| {
            Err(WaitError::Call(
                CallFailure::Request(context, fault).into_error(),
            ))
        };
        run(&client, self.run()).unwrap_or_else(failure)
    }
}
