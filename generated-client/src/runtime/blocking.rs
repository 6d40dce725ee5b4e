//! Calls of programs without async code.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::coop;

use super::call::receive;
use super::error::{CallFailure, RequestFault};
use super::execute::execute;
use super::{Blocking, Call, Client, Endpoint, Error, Failure, Response, Success};

/// The thread on which the requests of a client run. It ends when the client goes.
///
/// A thread of its own keeps idle connections in order between two calls, and lets calls of several
/// threads run side by side.
#[derive(Debug)]
pub(super) struct Worker {
    handle: Handle,
    /// Dropping it ends the thread.
    _stop: oneshot::Sender<()>,
}

impl Worker {
    fn start() -> Result<Self, String> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| format!("no thread can be set up: {error}"))?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        thread::Builder::new()
            .name("blocking-client".to_owned())
            .spawn(move || {
                // Whether it ends by a word or because the client is gone makes no difference.
                let _ = runtime.block_on(stopped);
            })
            .map_err(|error| format!("no thread can be started: {error}"))?;
        Ok(Self {
            handle,
            _stop: stop,
        })
    }
}

/// Runs a future on the client's thread, and waits for it.
pub(super) fn run<T: Send + 'static>(
    client: &Client,
    future: impl Future<Output = T> + Send + 'static,
) -> Result<T, RequestFault> {
    if inside_async_code() {
        let reason = "a blocking call would stop the async code around it; use the async client \
                      there, or a thread for blocking code";
        return Err(RequestFault::Blocking(reason.to_owned()));
    }
    let worker = client.shared.worker.get_or_init(Worker::start);
    let worker = worker
        .as_ref()
        .map_err(|reason| RequestFault::Blocking(reason.clone()))?;
    match wait(worker.handle.spawn(future)) {
        Ok(value) => Ok(value),
        Err(error) => match error.try_into_panic() {
            // A transport, a middleware or an observer of the caller's has panicked.
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(RequestFault::Blocking(
                "the client's thread has ended".to_owned(),
            )),
        },
    }
}

/// The thread runs a task of a tokio runtime.
///
/// Tasks have a budget of steps that they must not exceed without a pause; blocking code has none,
/// though it may be on a thread of the same runtime. The probe spends the budget and restores it.
fn inside_async_code() -> bool {
    /// No budget is larger.
    const MOST_STEPS: usize = 256;
    let mut context = Context::from_waker(Waker::noop());
    let mut restored_at_the_end = None;
    for _ in 0..MOST_STEPS {
        match coop::poll_proceed(&mut context) {
            Poll::Pending => return true,
            Poll::Ready(step) if restored_at_the_end.is_none() => restored_at_the_end = Some(step),
            Poll::Ready(step) => step.made_progress(),
        }
    }
    false
}

/// Wakes a thread that is parked.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn wait<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        thread::park();
    }
}

impl<E: Endpoint> Call<E, Blocking> {
    /// Sends the call and gives the value of a successful answer.
    pub fn send(self) -> Result<Success<E>, Error<Failure<E>>> {
        self.send_with_response().map(Response::into_value)
    }

    /// Sends the call and gives the value with what came along: status, headers, attempts.
    pub fn send_with_response(self) -> Result<Response<Success<E>>, Error<Failure<E>>> {
        let (client, context) = (self.draft.client.clone(), self.draft.context());
        let answer = run(&client, execute(self.draft));
        let failure = |fault| Err(CallFailure::Request(context, fault));
        receive::<E>(answer.unwrap_or_else(failure))
    }
}

/// The module of the client for programs without async code.
macro_rules! blocking_client {
    () => {
        /// The client for programs without async code: each call blocks its thread until it is
        /// answered.
        ///
        /// It offers what the async client does. A call is sent by `send()`, lists are iterators, and
        /// waiting begins with `wait()`. Requests run on a thread of the client's own. Within async
        /// code a call is not sent and fails with a clear error; `tokio::task::spawn_blocking` is a
        /// place for it.
        pub mod blocking {
            /// The client: one method for each group of operations.
            ///
            /// Clones share connections and limits.
            #[derive(Debug, Clone)]
            pub struct Client {
                inner: super::Client<$crate::runtime::Blocking>,
            }

            impl Client {
                /// Starts to configure a client.
                pub fn builder() -> $crate::runtime::ClientBuilder<Self> {
                    $crate::runtime::ClientBuilder::for_api(&super::API)
                }
            }

            impl std::ops::Deref for Client {
                type Target = super::Client<$crate::runtime::Blocking>;

                fn deref(&self) -> &Self::Target {
                    &self.inner
                }
            }

            impl From<$crate::runtime::Client> for Client {
                fn from(inner: $crate::runtime::Client) -> Self {
                    let inner = super::Client::from(inner);
                    Self { inner }
                }
            }
        }
    };
}

pub(crate) use blocking_client;

#[cfg(test)]
mod tests {
    use super::inside_async_code;

    #[test]
    fn async_code_is_told_from_blocking_code() {
        assert!(!inside_async_code());
        for runtime in [
            tokio::runtime::Builder::new_current_thread().build(),
            tokio::runtime::Builder::new_multi_thread().build(),
        ] {
            let runtime = runtime.expect("a runtime can be built");
            let seen = runtime.block_on(async {
                let task = tokio::spawn(async { inside_async_code() });
                let blocking = tokio::task::spawn_blocking(inside_async_code);
                let here = inside_async_code();
                // The probe has left the budget as it was.
                let again = inside_async_code() && tokio::task::coop::has_budget_remaining();
                (here, again, task.await.ok(), blocking.await.ok())
            });
            assert_eq!(seen, (true, true, Some(true), Some(false)));
        }
    }
}
