//! Which operations each check has tried.

use std::{collections::BTreeMap, fmt::Write as _};

use generator::{document::Sources, ir::Api};
use heck::ToSnakeCase as _;

use crate::{cli::Format, failure::Failure, input, references, report, workspace::Workspace};

use super::{fake, prism};

/// Where the snapshots of requests are.
const SNAPSHOTS: &str = "generated-client/tests/requests/snapshots";

/// A row for each operation. One that a check has not tried is an error.
pub(super) fn table(
    workspace: &Workspace,
    cases: &BTreeMap<String, usize>,
) -> Result<String, Failure> {
    let api = api(workspace)?;
    let tests = references::text(&prism::report(workspace))?;
    let requests = references::text(&fake::report(workspace))?;
    let mut rows = String::new();
    let mut all = 0;
    for resource in &api.resources {
        for operation in &resource.operations {
            let id = &operation.id;
            let snapshot = format!("{}_{}.snap", resource.module, operation.name);
            let tried = [
                cases.get(id).copied().unwrap_or_default(),
                tests_of(&tests, id),
                count(
                    &requests,
                    &format!("{} {}", operation.method.as_str(), operation.path),
                ),
                usize::from(workspace.path(&format!("{SNAPSHOTS}/{snapshot}")).is_file()),
            ];
            if tried.contains(&0) {
                let message = format!("a check does not try {id}: {tried:?}");
                return Err(Failure::Problem(message));
            }
            let [sdk, prism, ..] = tried;
            let snapshot = format!("[{snapshot}](tests/requests/snapshots/{snapshot})");
            let _ = writeln!(rows, "| `{id}` | {sdk} | 2 × {prism} | yes | {snapshot} |");
            all += sdk;
        }
    }
    let _ = writeln!(rows, "| all | {all} | | | |");
    Ok(rows)
}

/// The client's operations.
fn api(workspace: &Workspace) -> Result<Api, Failure> {
    let mut sources = Sources::default();
    let clients = input::clients(workspace, &mut sources, Format::Human)?;
    let Some(client) = clients.first() else {
        return Err(Failure::Problem("there is no client".to_owned()));
    };
    let input = input::read_client(workspace, client, &mut sources)?;
    let lowered = generator::lower(&input.request(&sources));
    report::text(&lowered.diagnostics, &sources);
    lowered.api.ok_or(Failure::Reported)
}

/// Tests are named after the operation, some with what is special about them behind it.
fn tests_of(list: &str, id: &str) -> usize {
    let name = id.to_snake_case();
    let special = format!("{name}_");
    let names = list.lines().filter_map(|line| line.strip_suffix(": test"));
    names
        .filter(|test| *test == name || test.starts_with(&special))
        .count()
}

/// How often an operation is named in the report of Schemathesis.
fn count(report: &str, operation: &str) -> usize {
    report.matches(&format!("name=\"{operation}\"")).count()
}

#[cfg(test)]
mod tests {
    use super::tests_of;

    #[test]
    fn tests_belong_to_the_operation_that_they_are_named_after() {
        let list = "users_get: test\nusers_get_by_name: test\nusers_getting: test\nother: test\n";
        assert_eq!(tests_of(list, "usersGet"), 2);
    }
}
