//! Connects to a host that has several addresses.

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long an address may stay silent before the next one is tried beside it (RFC 8305).
const HEAD_START: Duration = Duration::from_millis(250);

type Attempt<T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send>>;

/// The first connection that succeeds. Addresses are tried in turn, the next one when one has failed
/// or has been silent for a while: an address that leads nowhere does not use up the time.
pub(super) async fn first_connected<T, F>(
    addresses: impl IntoIterator<Item = SocketAddr>,
    connect: impl Fn(SocketAddr) -> F,
) -> io::Result<T>
where
    F: Future<Output = io::Result<T>> + Send + 'static,
{
    let mut waiting = interleaved(addresses);
    let mut attempts: Vec<Attempt<T>> = Vec::new();
    let mut last_error = None;
    let mut timer = pin!(sleep(HEAD_START));
    poll_fn(|context| {
        loop {
            let has_failed = match poll_attempts(&mut attempts, context) {
                Poll::Ready(Ok(connection)) => return Poll::Ready(Ok(connection)),
                Poll::Ready(Err(error)) => {
                    last_error = Some(error);
                    true
                }
                Poll::Pending => false,
            };
            let is_due = !waiting.is_empty()
                && (has_failed || attempts.is_empty() || timer.as_mut().poll(context).is_ready());
            if is_due && let Some(address) = waiting.pop_front() {
                attempts.push(Box::pin(connect(address)));
                timer.as_mut().reset(Instant::now() + HEAD_START);
            } else if attempts.is_empty() && waiting.is_empty() {
                return Poll::Ready(Err(last_error.take().unwrap_or_else(no_address)));
            } else if !has_failed {
                return Poll::Pending;
            }
        }
    })
    .await
}

/// The first result of an attempt; a failed one is removed.
fn poll_attempts<T>(
    attempts: &mut Vec<Attempt<T>>,
    context: &mut Context<'_>,
) -> Poll<io::Result<T>> {
    for index in 0..attempts.len() {
        let Some(attempt) = attempts.get_mut(index) else {
            break;
        };
        if let Poll::Ready(result) = attempt.as_mut().poll(context) {
            drop(attempts.swap_remove(index));
            return Poll::Ready(result);
        }
    }
    Poll::Pending
}

fn no_address() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "the host has no address")
}

/// The addresses with their families taking turns, in the resolver's order otherwise.
fn interleaved(addresses: impl IntoIterator<Item = SocketAddr>) -> VecDeque<SocketAddr> {
    let mut addresses = addresses.into_iter().peekable();
    let first_is_ipv6 = addresses.peek().is_some_and(SocketAddr::is_ipv6);
    let (mut first, mut second): (VecDeque<_>, VecDeque<_>) =
        addresses.partition(|address| address.is_ipv6() == first_is_ipv6);
    let mut mixed = VecDeque::new();
    while !first.is_empty() || !second.is_empty() {
        mixed.extend(first.pop_front());
        mixed.extend(second.pop_front());
    }
    mixed
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::io;
    use std::net::SocketAddr;

    use tokio::time::{Instant, sleep};

    use super::{HEAD_START, first_connected, interleaved};

    fn addresses(texts: &[&str]) -> Vec<SocketAddr> {
        let parse = |text: &&str| text.parse().expect("it is an address");
        texts.iter().map(parse).collect()
    }

    /// Port 1 never answers, port 2 refuses, port 3 accepts, port 4 accepts after a while.
    async fn connect(address: SocketAddr) -> io::Result<u16> {
        match address.port() {
            1 => pending().await,
            2 => Err(io::ErrorKind::ConnectionRefused.into()),
            3 => Ok(3),
            port => {
                sleep(HEAD_START * 3 / 2).await;
                Ok(port)
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_address_delays_the_next_one_a_little() {
        let start = Instant::now();
        let both = addresses(&["192.0.2.1:1", "192.0.2.1:3"]);
        assert_eq!(first_connected(both, connect).await.ok(), Some(3));
        assert!(start.elapsed() >= HEAD_START && start.elapsed() < HEAD_START * 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_refused_address_delays_nothing() {
        let start = Instant::now();
        let both = addresses(&["192.0.2.1:2", "192.0.2.1:3"]);
        assert_eq!(first_connected(both, connect).await.ok(), Some(3));
        assert_eq!(start.elapsed().as_millis(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn an_earlier_address_may_still_win() {
        let both = addresses(&["192.0.2.1:4", "192.0.2.1:1"]);
        assert_eq!(first_connected(both, connect).await.ok(), Some(4));
    }

    #[tokio::test(start_paused = true)]
    async fn the_last_failure_is_the_error() {
        let both = addresses(&["192.0.2.1:2", "192.0.2.1:2"]);
        let error = first_connected(both, connect)
            .await
            .expect_err("both refuse");
        assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
        let none = first_connected([], connect)
            .await
            .expect_err("there is none");
        assert_eq!(none.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn families_take_turns() {
        let mixed = interleaved(addresses(&["[::1]:1", "[::1]:2", "127.0.0.1:3"]));
        assert_eq!(mixed, addresses(&["[::1]:1", "127.0.0.1:3", "[::1]:2"]));
    }
}
