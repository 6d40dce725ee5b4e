//! Every model reads what a newer server may send, and writes it back.
//!
//! Which models there are and what they hold is a table that the generator writes from the document.

use std::collections::BTreeMap;
use std::fmt::Debug;

use ionos_dbaas_postgres::v1::models;
use proptest::test_runner::{TestCaseError, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::config;
use crate::shapes::{Models, Sample, sample};

/// Reads a model, writes it and reads that again; gives what was written.
type RoundTrip = fn(&str) -> Result<Value, String>;

macro_rules! models {
    ($($name:ident,)+) => {
        const MODELS: &[(&str, RoundTrip)] = &[
            $((stringify!($name), round_trip::<models::$name>),)+
        ];
    };
}

include!("table/models.rs");

fn round_trip<T>(text: &str) -> Result<Value, String>
where
    T: DeserializeOwned + Serialize + PartialEq + Debug,
{
    let model: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let written = serde_json::to_string(&model).map_err(|error| error.to_string())?;
    let again: T = serde_json::from_str(&written).map_err(|error| error.to_string())?;
    if again != model {
        return Err(format!("{model:?} comes back as {again:?}"));
    }
    serde_json::from_str(&written).map_err(|error| error.to_string())
}

fn table() -> Models {
    serde_json::from_str(include_str!("table/models.json")).expect("the table is JSON")
}

/// Unknown properties are left aside, unknown values are kept, and so is everything else.
#[test]
fn every_model_round_trips_what_a_newer_server_sends() {
    let table = table();
    for (name, round_trip) in MODELS {
        let samples = sample(name, &table);
        let config = config(64, "tests/properties/regressions/models.txt");
        let result = TestRunner::new(config).run(&samples, |Sample { sent, kept }| {
            let written = round_trip(&sent.to_string()).map_err(TestCaseError::fail)?;
            proptest::prop_assert_eq!(Some(written), kept);
            Ok(())
        });
        if let Err(error) = result {
            panic!("{name}: {error}");
        }
    }
}

#[test]
fn the_table_names_every_model() {
    let named: BTreeMap<&str, RoundTrip> = MODELS.iter().copied().collect();
    let described = table();
    assert!(named.len() > 50, "there are {} models", named.len());
    assert!(
        described
            .keys()
            .all(|name| named.contains_key(name.as_str()))
    );
    assert_eq!(named.len(), described.len());
}
