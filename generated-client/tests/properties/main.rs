//! What holds for every input, tried with inputs that nobody thought of.
//!
//! Every run tries the same ones. `PROPTEST_RNG_SEED` tries others, and `PROPTEST_CASES` more of them;
//! what has failed once is kept in a file of `regressions`, and tried first from then on.

use std::env;

use proptest::test_runner::{Config, FileFailurePersistence, RngSeed};

mod models;
mod paths;
mod recorder;
mod retry_after;
mod shapes;

/// The settings of a property that keeps its failures in this file.
fn config(cases: u32, regressions: &'static str) -> Config {
    let mut config = Config::default();
    if env::var_os("PROPTEST_RNG_SEED").is_none() {
        config.rng_seed = RngSeed::Fixed(1);
    }
    if env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    let persistence = FileFailurePersistence::Direct(regressions);
    config.failure_persistence = Some(Box::new(persistence));
    config
}
