//! Names of what machines have named.

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

#[test]
fn a_number_behind_an_id_says_nothing() {
    let operations = [
        (Get, "/customers/ids", Some("getAllIds_2"), false),
        (Get, "/customers/persons/ids", Some("getAllIds"), false),
        (Get, "/v2/report", Some("getReport_2020"), false),
        (Post, "/maps", Some("drawUsingPOST_1"), false),
        (Get, "/charts", Some("drawUsingPOST"), false),
        (Get, "/people", Some("searchUsingGET"), false),
        (Get, "/person", Some("getPerson_1"), false),
        (Post, "/person", Some("getPerson"), false),
    ];
    assert_eq!(
        names("Things", &operations),
        [
            "get_all_ids",
            "get_all_ids_for_person",
            "get_report_2020",
            "draw",
            "draw_using_post",
            "search",
            "get_person_1",
            "get_person",
        ]
    );
}

#[test]
fn a_hash_behind_most_ids_says_nothing() {
    let mut operations = [
        (Get, "/pets", Some("pets_all_462fcaec"), true),
        (Post, "/pets/{id}/photo", Some("pets_photo_84571443"), false),
        (Post, "/pets/feed", Some("pets_feed_dc107ad3"), false),
        (Post, "/pets/walk", Some("pets_walk_00aa11bb"), false),
        (Post, "/pets/count", Some("count_pets"), false),
    ];
    let expected = ["list", "photo", "feed", "walk", "count"];
    assert_eq!(names("Pets", &operations), expected);
    // Days are none.
    operations[0].2 = Some("pets_all_20260101");
    operations[2].2 = Some("pets_feed_20260102");
    operations[3].2 = Some("pets_walk_20260103");
    let expected = [
        "list",
        "photo_84571443",
        "feed_20260102",
        "walk_20260103",
        "count",
    ];
    assert_eq!(names("Pets", &operations), expected);
}

#[test]
fn the_version_of_a_path_behind_an_id_says_nothing() {
    let operations = [
        (
            Post,
            "/api/v1/auth/login",
            Some("AuthController_login_v1"),
            false,
        ),
        (
            Get,
            "/api/v1/auth/totals",
            Some("AuthController_sum_v1"),
            false,
        ),
        (
            Get,
            "/api/v2/auth/totals",
            Some("AuthController_sum_v2"),
            false,
        ),
        (Get, "/auth/report", Some("AuthController_report_v1"), false),
        (
            Post,
            "/api/v1/bulk",
            Some("AuthController_createBulk_v1"),
            false,
        ),
    ];
    assert_eq!(
        names("Things", &operations),
        ["login", "sum_v1", "sum_v2", "report_v1", "create_bulk"]
    );
}
