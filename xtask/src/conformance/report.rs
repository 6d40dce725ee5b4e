//! The page that shows what the client has been compared with.

use std::{collections::BTreeMap, fmt::Write as _, fs};

use serde::Deserialize;

use crate::{failure::Failure, workspace::Workspace};

use super::{measures, operations, promises, sdk};

/// The page.
const PAGE: &str = "generated-client/CONFORMANCE.md";

const INTRODUCTION: &str = "\
# Conformance

What this client has been compared with, and what came of it. The parties share none of its code. This
page is written by `cargo xtask conformance --report`; `cargo xtask ci conformance` carries out the checks
and fails where the page is not, to the letter, what comes of them. Coverage and the changes that tests
notice are figures of an earlier run, which CI shows but does not measure.

| Check | Party | Again |
|---|---|---|
| Calls and answers, generated from the document | The vendor's Python SDK, 1.2.0 | `cargo xtask conformance sdk` |
| Every operation and every status of failure, with the document's samples and with generated values | Prism, which validates requests | `cargo xtask conformance prism` |
| The stand-in for the service (feature `test-util`) obeys the document | Schemathesis | `cargo xtask conformance fake` |
| The examples do their work and say what went wrong | The stand-in, and Prism | `cargo xtask conformance examples` |

## Operations

- **SDK**: in so many cases, method, path, query, headers and body have to arrive as the document says, and
  the answer has to be understood as it says, by this client and by the SDK.
- **Prism**: so many tests, with each kind of answers. A test is a call that has to succeed, and one for
  each status of failure that the document names.
- **Stand-in**: Schemathesis sends what the document allows and what it does not, and judges the answers.
- **Request**: what is sent, to the letter, and what its sample answer becomes:
  `cargo test -p ionos-dbaas-postgres --test requests`.

| Operation | SDK | Prism | Stand-in | Request |
|---|---|---|---|---|
";

const DIFFERENCES: &str = "
## Differences

What a client does differently from what the document demands, and why that stays. An entry that
fits no difference is an error, and so is a difference without an entry. The table is
[differences.toml](../xtask/conformance/sdk/differences.toml).

| Client | Where | Differences | Reason |
|---|---|---|---|
";

const PROMISES: &str = "
## Promises

Those of the client are tested against servers of our own, which misbehave on demand:
`cargo test -p ionos-dbaas-postgres --all-features`. Those of the generator are tested with documents
that have other orders of keys, with other numbers of threads, and by a process of its own for each run:
`cargo test -p openapi-client-generator -p xtask`.

| Promise | Tests |
|---|---|
";

/// What the comparison with the SDK has found.
#[derive(Deserialize)]
struct Comparison {
    cases: BTreeMap<String, usize>,
    differences: Vec<Difference>,
}

#[derive(Deserialize)]
struct Difference {
    client: String,
    place: String,
    reason: String,
    count: usize,
}

/// Writes the page.
pub(super) fn write(workspace: &Workspace) -> Result<(), Failure> {
    let path = workspace.path(PAGE);
    fs::write(&path, page(workspace)?).map_err(|error| Failure::io("write", &path, &error))
}

/// Fails where the page is not what would be written.
pub(super) fn check(workspace: &Workspace) -> Result<(), Failure> {
    if workspace.read(PAGE)? == page(workspace)? {
        return Ok(());
    }
    let message = format!("{PAGE} is out of date: run `cargo xtask conformance --report`");
    Err(Failure::Problem(message))
}

/// The page, from what the last comparison with the SDK has left.
fn page(workspace: &Workspace) -> Result<String, Failure> {
    let path = sdk::report(workspace);
    let text = fs::read_to_string(&path).map_err(|error| Failure::io("read", &path, &error))?;
    let comparison: Comparison = serde_json::from_str(&text)
        .map_err(|error| Failure::Problem(format!("{}: {error}", path.display())))?;
    Ok([
        INTRODUCTION,
        &operations::table(workspace, &comparison.cases)?,
        &differences(&comparison.differences),
        PROMISES,
        &promises::table(workspace)?,
        &measures::sections(workspace)?,
    ]
    .concat())
}

fn differences(list: &[Difference]) -> String {
    let mut page = DIFFERENCES.to_owned();
    for difference in list {
        let client = match difference.client.as_str() {
            "ours" => "this one",
            _ => "the SDK",
        };
        // A bar would end the cell.
        let place = difference.place.replace('|', "\\|");
        let Difference { count, reason, .. } = difference;
        let _ = writeln!(page, "| {client} | `{place}` | {count} | {reason} |");
    }
    page
}

#[cfg(test)]
mod tests {
    use super::{Difference, differences};

    #[test]
    fn a_bar_does_not_end_a_cell() {
        let page = differences(&[Difference {
            client: "sdk".to_owned(),
            place: "a|b".to_owned(),
            reason: "It is wrong.".to_owned(),
            count: 7,
        }]);
        assert!(
            page.contains("| the SDK | `a\\|b` | 7 | It is wrong. |"),
            "{page}"
        );
    }
}
