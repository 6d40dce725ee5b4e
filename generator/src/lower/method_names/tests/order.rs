//! Where the verb of an ID stands, and what a fragment says.

use super::names;
use crate::ir::HttpMethod::{Get, Patch, Post, Put};

#[test]
fn the_verb_at_the_end_of_an_id_comes_first() {
    let operations = [
        (Get, "/stock", Some("membersList"), true),
        (Get, "/stock/{id}", Some("stock_retrieve"), false),
        (Patch, "/stock/{id}", Some("stock_partial_update"), false),
        (Put, "/stock/state", Some("stock_state_put"), false),
        // Where one thing is named, nothing says how several are called.
        (Get, "/people", Some("person_list"), true),
        (Put, "/people", Some("bulk_update"), false),
        (Get, "/people/{id}/download", Some("download_list"), false),
    ];
    let expected = [
        "list_members",
        "retrieve_stock",
        "partial_update_stock",
        "put_stock_state",
        "person_list",
        "bulk_update",
        "download_list",
    ];
    assert_eq!(names("Clients", &operations), expected);
}

#[test]
fn an_id_of_a_path_has_id_for_its_parameters() {
    let operations = [
        (
            Get,
            "/files/{file_id}/tasks",
            Some("get_files_id_tasks"),
            false,
        ),
        (Put, "/files/{file_id}", Some("put_files_id"), false),
        (Post, "/files/{file_id}/copy", Some("copyFile"), false),
    ];
    let expected = ["get_file_tasks", "replace_file", "copy_file"];
    assert_eq!(names("Clients", &operations), expected);
}

#[test]
fn a_fragment_says_what_is_done() {
    let operations = [
        (
            Put,
            "/files/{id}#add_link",
            Some("put_files_id#add_link"),
            false,
        ),
        (
            Put,
            "/files/{id}#drop_link",
            Some("put_files_id#drop_link"),
            false,
        ),
        (Put, "/files/{id}#add_lock", Some("lockFile"), false),
    ];
    let expected = ["add_link", "replace_file", "lock_file"];
    assert_eq!(names("Clients", &operations), expected);
}
