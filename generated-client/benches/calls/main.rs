//! What a call through the client costs, beside the same call written by hand with reqwest and with
//! hyper.
//!
//! The server is in this process, on loopback, and answers with bytes that it has ready. One figure a
//! line is printed as JSON. The argument says how many calls are made of each kind.

use std::alloc::System;
use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use ionos_dbaas_postgres::v1::Client;
use serde::de::DeserializeOwned;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, Stats, StatsAlloc};

mod by_hand;
mod decoding;
mod derived;
mod server;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How many times the ways of a task take turns.
const TURNS: usize = 7;

/// How many calls are in flight at once.
const CONCURRENT: usize = 1000;

/// How many items are read page by page.
const ITEMS: usize = 100_000;

const TOKEN: &str = "token";

fn main() -> Outcome<()> {
    // `cargo bench` adds an argument of its own.
    let mut numbers = std::env::args().skip(1).filter_map(|one| one.parse().ok());
    let calls: usize = numbers.next().unwrap_or(1000);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let url = server::start(ITEMS)?;
    runtime.block_on(async {
        let client = client(&url)?;
        small(&client, &url, calls).await?;
        large(&client, &url, calls.div_ceil(20)).await?;
        decoding::answers(calls.div_ceil(20)).await?;
        decoding::conversions(calls.div_ceil(20)).await?;
        paging(&client).await?;
        concurrent(&client).await?;
        idle(&url)
    })
}

fn client(url: &str) -> Outcome<Client> {
    Ok(Client::builder().base_url(url).token(TOKEN).build()?)
}

fn figure(task: &str, with: &str, value: f64, unit: &str) {
    println!(r#"{{"task":"{task}","with":"{with}","value":{value:.3},"unit":"{unit}"}}"#);
}

/// What one call took.
#[derive(Debug, Clone, Copy)]
struct Cost {
    microseconds: f64,
    allocations: f64,
}

fn cost(start: Instant, used: Stats, calls: usize) -> Cost {
    Cost {
        microseconds: per(start.elapsed().as_secs_f64() * 1e6, calls),
        allocations: per(float(used.allocations + used.reallocations), calls),
    }
}

fn per(sum: f64, count: usize) -> f64 {
    sum / float(count.max(1))
}

#[allow(
    clippy::cast_precision_loss,
    reason = "no count here is so large that a float would round it"
)]
fn float(count: usize) -> f64 {
    count as f64
}

/// Prints the medians of each way, and of the ratio of each pair; the client is the first.
fn compare(task: &str, ways: &[(&str, Vec<Cost>)]) {
    for (with, costs) in ways {
        let microseconds = median(costs.iter().map(|cost| cost.microseconds));
        let allocations = median(costs.iter().map(|cost| cost.allocations));
        figure(task, with, microseconds, "µs a call");
        figure(task, with, 1e6 / microseconds, "calls a second");
        figure(task, with, allocations, "allocations a call");
    }
    let [(_, ours), others @ ..] = ways else {
        return;
    };
    for (with, costs) in others {
        let pairs = ours.iter().zip(costs);
        let ratios = pairs.map(|(ours, other)| ours.microseconds / other.microseconds);
        let unit = format!("% of the time of {with}");
        figure(task, "client", 100.0 * median(ratios), &unit);
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Lets three ways to make the same call take turns.
async fn turns<T: DeserializeOwned>(
    task: &str,
    calls: usize,
    url: &str,
    target: &str,
    ours: impl AsyncFn() -> Outcome<()>,
) -> Outcome<()> {
    let reqwest = by_hand::Reqwest::new(url)?;
    let hyper = by_hand::Hyper::new(url).await?;
    let (mut client, mut with_reqwest, mut with_hyper) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TURNS {
        client.push(turn(calls, &ours).await?);
        with_reqwest.push(turn(calls, async || drop_value(reqwest.get::<T>(target).await)).await?);
        with_hyper.push(turn(calls, async || drop_value(hyper.get::<T>(target).await)).await?);
    }
    let ways = [
        ("client", client),
        ("reqwest by hand", with_reqwest),
        ("hyper by hand", with_hyper),
    ];
    compare(task, &ways);
    Ok(())
}

async fn turn(calls: usize, call: impl AsyncFn() -> Outcome<()>) -> Outcome<Cost> {
    let (region, start) = (Region::new(ALLOCATOR), Instant::now());
    for _ in 0..calls {
        call().await?;
    }
    Ok(cost(start, region.change(), calls))
}

fn drop_value<T>(result: Outcome<T>) -> Outcome<()> {
    result.map(|value| drop(black_box(value)))
}

async fn small(client: &Client, url: &str, calls: usize) -> Outcome<()> {
    let target = format!("/clusters/{}", server::ID);
    let before = server::connections();
    let ours = async || drop_value(Ok(client.clusters().get(server::ID).await?));
    turn(calls, &ours).await?;
    let made = float(server::connections() - before);
    let task = "get a cluster";
    figure(task, "client", made, "connections made for all calls");
    turns::<derived::Cluster>(task, calls, url, &target, ours).await
}

async fn large(client: &Client, url: &str, calls: usize) -> Outcome<()> {
    let ours = async || drop_value(Ok(client.clusters().list().limit(1000).await?));
    let task = "list 1,000 clusters";
    turns::<derived::ClusterList>(task, calls, url, "/clusters?limit=1000", ours).await
}

/// The most memory that reading a long list holds at once, early and late.
async fn paging(client: &Client) -> Outcome<()> {
    let held = |region: &Region<'_, System>| {
        let used = region.change();
        used.bytes_allocated.saturating_sub(used.bytes_deallocated)
    };
    let region = Region::new(ALLOCATOR);
    let (mut count, mut early, mut late) = (0, 0, 0);
    let mut items = client.clusters().list().limit(1000).items();
    while let Some(item) = items.next().await {
        black_box(item?);
        count += 1;
        let most = if count <= ITEMS / 10 {
            &mut early
        } else {
            &mut late
        };
        *most = held(&region).max(*most);
    }
    if count != ITEMS {
        return Err(format!("{count} items instead of {ITEMS}").into());
    }
    let task = "read 100,000 clusters page by page";
    figure(
        task,
        "client",
        float(early) / 1024.0,
        "kB held at most, first tenth",
    );
    figure(
        task,
        "client",
        float(late) / 1024.0,
        "kB held at most, afterwards",
    );
    Ok(())
}

async fn concurrent(client: &Client) -> Outcome<()> {
    let start = Instant::now();
    let tasks: Vec<_> = (0..CONCURRENT)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.clusters().get(server::ID).await })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    let milliseconds = start.elapsed().as_secs_f64() * 1e3;
    figure(
        "1,000 calls at once",
        "client",
        milliseconds,
        "ms for all, none failed",
    );
    Ok(())
}

/// What clients hold that have made no call.
fn idle(url: &str) -> Outcome<()> {
    const CLIENTS: usize = 20;
    let region = Region::new(ALLOCATOR);
    let clients = (0..CLIENTS)
        .map(|_| client(url))
        .collect::<Outcome<Vec<_>>>()?;
    let used = region.change();
    let held = used.bytes_allocated.saturating_sub(used.bytes_deallocated);
    figure(
        "hold an idle client",
        "client",
        per(float(held) / 1024.0, CLIENTS),
        "kB",
    );
    drop(clients);
    Ok(())
}
