//! The table of what is supported says what the fixtures show.

use std::fs;
use std::path::{Path, PathBuf};

use generator::support::{Construct, Evidence, Status, table};

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

#[test]
fn the_page_is_what_the_code_gives() {
    let path = tests().join("../SUPPORT.md");
    if std::env::var_os("UPDATE_SUPPORT").is_some() {
        fs::write(&path, table()).expect("the page can be written");
    }
    let page = fs::read_to_string(&path).expect("the page can be read");
    assert!(
        page == table(),
        "SUPPORT.md is out of date: run this test with UPDATE_SUPPORT=1"
    );
}

#[test]
fn every_row_is_shown_by_a_fixture() {
    for construct in Construct::ALL {
        let snapshot = match construct.evidence() {
            Evidence::Fixture(path) => {
                let fixture = tests().join(format!("fixtures/{path}.yaml"));
                assert!(fixture.exists(), "{construct:?}: no fixture {path}");
                tests().join(format!("snapshots/{path}.snap"))
            }
            Evidence::Broken(group) => {
                tests().join(format!("snapshots/broken_documents/{group}.snap"))
            }
        };
        let text = fs::read_to_string(&snapshot);
        let text = text.unwrap_or_else(|error| panic!("{construct:?}: {snapshot:?}: {error}"));
        let shown = match construct.status() {
            Status::Supported(_) => continue,
            Status::Degraded(code, _) => format!("[{}]", code.as_str()),
            Status::Refused(code) => format!("error[{}]", code.as_str()),
        };
        assert!(text.contains(&shown), "{construct:?}: no {shown} there");
    }
}
