//! Operations on one of several things.

use super::{names, names_by_answer};
use crate::ir::HttpMethod::{Delete, Get, Patch, Post, Put};
use crate::ir::TypeRef;

#[test]
fn a_verb_before_a_key_is_what_is_done() {
    let operations = [
        (Post, "/order/cancel/{id}", None, false),
        (Put, "/order/approve/{id}", Some("PutOrderApprove"), false),
        (Get, "/order/find/{number}", None, false),
        (Get, "/order/lines/{id}", None, false),
        // These are read, and deleted: the word is a noun.
        (Get, "/order/download/{id}", None, false),
        (Delete, "/order/search/{id}", None, false),
        // There is more to do with transfers and mounts.
        (Post, "/order/transfer/{id}", None, false),
        (Post, "/order/transfer", None, false),
        (Put, "/order/mount/{id}", None, false),
        (Get, "/order/mount/{id}", None, false),
    ];
    let expected = [
        "cancel",
        "approve",
        "find",
        "get_line",
        "get_download",
        "delete_search",
        "create_transfer",
        "transfer",
        "replace_mount",
        "get_mount",
    ];
    assert_eq!(names("Orders", &operations), expected);
}

#[test]
fn what_is_read_as_one_of_its_members_is_no_list() {
    let operations = [
        (Get, "/threads/{id}/state", None, false),
        (Get, "/threads/{id}/state/{version}", None, false),
        // A collection answers with the same envelope as one of it.
        (Get, "/threads/{id}/runs", None, false),
        (Get, "/threads/{id}/runs/{run}", None, false),
    ];
    let answer = TypeRef::Named("ThreadState".to_owned());
    let read = names_by_answer("threads", &operations, Some(&answer));
    let expected = ["get_state", "get_state_by_version", "list_runs", "get_run"];
    assert_eq!(read, expected);
    // Any JSON says nothing of what is read.
    let any = names_by_answer("threads", &operations, Some(&TypeRef::Any));
    assert_eq!(any[..2], ["list_state", "get_state"]);
}

#[test]
fn what_holds_members_is_listed() {
    let operations = [
        (Get, "/api/dashboard/", None, false),
        (Get, "/api/dashboard/{id_or_slug}", None, false),
        (Get, "/api/dashboard/{id}/charts", None, false),
        (Get, "/api/dashboard/{id}/charts/{chart}/", None, false),
        (Get, "/api/dashboard/{id}/state", None, false),
    ];
    assert_eq!(
        names("Dashboards", &operations),
        ["list", "get", "list_charts", "get_chart", "get_state"]
    );
    let by_key = |answers_list| {
        let operations = [
            (Get, "/items/{collection}", None, answers_list),
            (Get, "/items/{collection}/{id}", None, false),
        ];
        names("Items", &operations)
    };
    assert_eq!(by_key(true), ["list", "get"]);
    assert_eq!(by_key(false)[0], "get");
}

#[test]
fn what_is_done_to_one_keeps_the_verb() {
    let operations = [
        (Delete, "/files", Some("deleteFiles"), false),
        (Patch, "/files", None, false),
        (Delete, "/files/{id}", Some("deleteFile"), false),
        (Patch, "/files/{id}", None, false),
    ];
    assert_eq!(
        names("Files", &operations),
        ["delete_files", "patch_many", "delete", "patch"]
    );
}
