//! The table of promises is true: its tests exist, and its sum is right.

use std::fs;
use std::path::Path;

const PAGE: &str = include_str!("../src/promises.md");

/// The cells of the table's rows, without its head.
fn rows() -> Vec<Vec<&'static str>> {
    let rows = PAGE.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|row| row.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect()
}

/// The names in backquotes of a cell.
fn names(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The file of a test and its name there.
fn place(test: &str) -> (String, &str) {
    let (module, name) = test.rsplit_once("::").expect("a test is in a module");
    let file = match module.strip_suffix("::tests") {
        Some(module) => format!("src/{}.rs", module.replace("::", "/")),
        None => format!("tests/{}.rs", module.replace("::", "/")),
    };
    let apart = file.replace(".rs", "/tests.rs");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if root.join(&apart).is_file() {
        (apart, name)
    } else {
        (file, name)
    }
}

/// Some attribute of a test stands directly before the function.
fn is_test(file: &str, name: &str) -> bool {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = fs::read_to_string(&path).unwrap_or_default();
    let Some((before, _)) = text.split_once(&format!("fn {name}(")) else {
        return false;
    };
    let attributes = before.rsplit("\n\n").next().unwrap_or_default();
    attributes.contains("#[test]") || attributes.contains("#[tokio::test")
}

#[test]
fn every_promise_has_tests_and_all_of_them_exist() {
    let rows = rows();
    assert!(rows.len() > 20, "the table has {} rows", rows.len());
    for row in rows {
        let [promise, _, tests] = row.as_slice() else {
            panic!("a row has three cells: {row:?}");
        };
        let tests = names(tests);
        assert!(!tests.is_empty(), "nothing tests: {promise}");
        for test in tests {
            let (file, name) = place(test);
            assert!(is_test(&file, name), "{file} has no test `{name}`");
        }
    }
}

#[test]
fn the_sum_of_faults_is_right() {
    let counts = rows().into_iter().map(|row| -> u32 {
        let count = row.get(1).expect("a row has a count");
        count.parse().expect("it is a number")
    });
    let sum: u32 = counts.sum();
    let sentence = format!("\n{sum} faults are tried in all.\n");
    assert!(PAGE.contains(&sentence), "{sum}");
}

#[test]
fn a_test_that_is_not_there_is_found_missing() {
    assert!(!is_test("tests/promises.rs", "no_such_test"));
    assert!(!is_test("tests/promises.rs", "rows"));
    assert!(is_test("tests/promises.rs", "the_sum_of_faults_is_right"));
}
