//! What the client and the generator promise, and the tests that hold them to that.

use std::fmt::Write as _;

use crate::{failure::Failure, workspace::Workspace};

/// A promise, and tests of it: the file and the name of each. Files are below the client's `tests`, or below
/// the root of the workspace where they start with `/`.
struct Promise {
    text: &'static str,
    tests: &'static [(&'static str, &'static str)],
}

const fn promise(text: &'static str, tests: &'static [(&'static str, &'static str)]) -> Promise {
    Promise { text, tests }
}

static PROMISES: &[Promise] = &[
    promise(
        "No call outlives its deadline",
        &[
            ("wire/limits.rs", "no_call_outlives_its_deadline"),
            ("fake/faults.rs", "silence_ends_at_the_deadline"),
        ],
    ),
    promise(
        "A POST is never sent twice once the server may have seen it",
        &[
            (
                "wire/retries.rs",
                "a_post_is_never_sent_twice_once_the_server_may_have_seen_it",
            ),
            (
                "fake/faults.rs",
                "a_lost_answer_to_a_creation_is_not_asked_for_again",
            ),
        ],
    ),
    promise(
        "GET, PATCH and DELETE survive faults",
        &[
            ("wire/retries.rs", "get_survives_every_fault_and_then_some"),
            ("wire/retries.rs", "delete_and_patch_are_repeated_too"),
            (
                "fake/faults.rs",
                "a_lost_answer_to_a_deletion_is_asked_for_again",
            ),
        ],
    ),
    promise(
        "`Retry-After` is obeyed, within the deadline",
        &[
            ("wire/retries.rs", "the_server_says_how_long_to_wait"),
            (
                "wire/retries.rs",
                "a_wish_beyond_the_deadline_ends_the_call_at_once",
            ),
            ("fake/faults.rs", "a_rate_limit_is_waited_out"),
        ],
    ),
    promise(
        "A storm of failures stays bounded",
        &[("wire/retries.rs", "a_storm_stays_bounded")],
    ),
    promise(
        "An error keeps what the server said",
        &[
            ("wire/answers.rs", "an_error_keeps_what_the_server_said"),
            (
                "wire/answers.rs",
                "an_error_of_another_form_keeps_its_bytes",
            ),
        ],
    ),
    promise(
        "A success that cannot be read names the field, and is not repeated",
        &[(
            "wire/answers.rs",
            "an_unexpected_success_names_the_field_and_is_not_repeated",
        )],
    ),
    promise(
        "Memory is bounded",
        &[("wire/limits.rs", "memory_is_bounded")],
    ),
    promise(
        "Credentials stay with the server, and no secret shows",
        &[
            ("wire/credentials.rs", "redirects_are_not_followed"),
            ("wire/credentials.rs", "no_secret_shows"),
        ],
    ),
    promise(
        "Paging ends, and counts for itself",
        &[
            (
                "wire/waiting.rs",
                "paging_ends_although_the_server_ignores_the_offset",
            ),
            ("fake/paging.rs", "hundreds_of_clusters_come_one_by_one"),
        ],
    ),
    promise(
        "Waiters end with the right answer",
        &[
            ("wire/waiting.rs", "a_stale_state_of_success_does_not_count"),
            (
                "fake/background.rs",
                "a_patch_shows_late_and_the_waiter_is_not_fooled",
            ),
            (
                "fake/background.rs",
                "a_failure_that_passes_is_waited_for_and_a_lasting_one_is_told",
            ),
            (
                "fake/background.rs",
                "a_deleted_cluster_goes_and_its_backup_stays",
            ),
            (
                "fake/background.rs",
                "a_waiter_ends_at_its_deadline_with_the_last_state",
            ),
        ],
    ),
    promise(
        "A dropped call leaks nothing",
        &[("wire/limits.rs", "a_dropped_call_leaves_the_client_usable")],
    ),
    promise(
        "Every argument stays in its segment of the path",
        &[
            ("wire/paths.rs", "arguments_are_encoded"),
            (
                "wire/paths.rs",
                "arguments_that_lead_elsewhere_are_not_sent",
            ),
        ],
    ),
    promise(
        "The emitted code is the same to the byte in every run, and in every process",
        &[
            ("/xtask/tests/fresh.rs", "emitted_files_are_fresh"),
            (
                "/generator/src/parallel.rs",
                "the_emitted_code_is_the_same_on_one_thread_and_on_many",
            ),
        ],
    ),
    promise(
        "It does not depend on the order of keys",
        &[(
            "/generator/tests/stability.rs",
            "the_order_of_keys_changes_nothing",
        )],
    ),
    promise(
        "It does not depend on the number of threads",
        &[(
            "/generator/src/parallel.rs",
            "the_emitted_code_is_the_same_on_one_thread_and_on_many",
        )],
    ),
];

/// A table of all promises. A test that is not there is an error.
pub(super) fn table(workspace: &Workspace) -> Result<String, Failure> {
    let mut rows = String::new();
    for promise in PROMISES {
        let mut tests = Vec::new();
        for (file, name) in promise.tests {
            let link = match file.strip_prefix('/') {
                Some(elsewhere) => format!("../{elsewhere}"),
                None => format!("tests/{file}"),
            };
            let path = format!("generated-client/{link}");
            if !workspace.read(&path)?.contains(&format!("fn {name}()")) {
                let message = format!("{path} has no test {name}, which is to show a promise");
                return Err(Failure::Problem(message));
            }
            tests.push(format!("[{name}]({link})"));
        }
        let _ = writeln!(rows, "| {} | {} |", promise.text, tests.join("<br>"));
    }
    Ok(rows)
}
