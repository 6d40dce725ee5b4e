//! What is done with something, and with what it belongs to.

use super::names;
use crate::ir::HttpMethod::{Delete, Get, Post, Put};

#[test]
fn a_lone_verb_comes_before_what_it_acts_on() {
    let operations = [
        (Post, "/customers/{id}/verify", None, false),
        (Post, "/customers/{id}/cards/{card}/verify", None, false),
        (Post, "/customers/{id}/notes/create", None, false),
        (Post, "/customers/{id}/notes/batch-delete", None, false),
        (Get, "/customers/{id}/orders/search", None, true),
        (Post, "/customers/{id}/actions/suspend", None, false),
        // What is read is a thing.
        (Get, "/customers/{id}/orders/archive", None, false),
        // These say themselves what they act on.
        (
            Post,
            "/customers/{id}/cards/{card}/cancel_payment",
            None,
            false,
        ),
        // Nobody knows that this is a verb.
        (
            Post,
            "/customers/{id}/parcels/{parcel}/deliver",
            None,
            false,
        ),
    ];
    let expected = [
        "verify",
        "verify_card",
        "create_note",
        "batch_delete_notes",
        "search_orders",
        "suspend",
        "orders_archive",
        "card_cancel_payment",
        "parcel_deliver",
    ];
    assert_eq!(names("Customers", &operations), expected);
}

#[test]
fn an_id_made_of_method_and_path_does_not_make_an_action_a_thing() {
    let path = "/groups/{id}/requests/{user}/approve";
    let made = [(Put, path, Some("putGroupsIdRequestsUserApprove"), false)];
    assert_eq!(names("groups", &made), ["approve_request"]);
    let told = [(Put, path, Some("updateApproval"), false)];
    assert_eq!(names("groups", &told), ["replace_request_approve"]);
}

#[test]
fn what_has_members_is_created_by_a_post() {
    let operations = [
        (Get, "/issues/{id}/emoji", None, true),
        (Post, "/issues/{id}/emoji", None, false),
        (Delete, "/issues/{id}/emoji/{emoji}", None, false),
    ];
    let expected = ["list_emoji", "create_emoji", "delete_emoji"];
    assert_eq!(names("Issues", &operations), expected);
}

#[test]
fn paths_are_the_same_whatever_they_call_their_parameters() {
    let operations = [
        (Post, "/transfers/{id}/reversals", None, false),
        (Get, "/transfers/{id}/reversals", None, false),
        (Get, "/transfers/{transfer}/reversals/{id}", None, false),
        (Post, "/transfers/{transfer}/reversals/{id}", None, false),
    ];
    let expected = [
        "create_reversal",
        "list_reversals",
        "get_reversal",
        "update_reversal",
    ];
    assert_eq!(names("Transfers", &operations), expected);
}

#[test]
fn a_verb_at_the_end_of_an_id_acts_on_one_thing() {
    let operations = [
        (Get, "/disks", Some("volumes_list"), true),
        (Post, "/disks", Some("volumes_create"), false),
        (Delete, "/disks", Some("volumes_delete"), false),
        (Get, "/disks/{id}", Some("volumes_get"), false),
    ];
    let expected = [
        "list_volumes",
        "create_volume",
        "delete_volumes",
        "get_volume",
    ];
    assert_eq!(names("Storage", &operations), expected);
}

#[test]
fn remote_calls_keep_the_order_of_their_ids() {
    let operations = [
        (Post, "/link/token/create", Some("linkTokenCreate"), false),
        (Post, "/link/token/get", Some("linkTokenGet"), false),
        (Post, "/item/remove", Some("itemRemove"), false),
    ];
    let expected = ["link_token_create", "link_token_get", "item_remove"];
    assert_eq!(names("bank", &operations), expected);
}

#[test]
fn several_words_among_actions_say_what_is_done() {
    let operations = [
        (Post, "/campaigns/{id}/actions/pause", None, false),
        (Post, "/campaigns/{id}/actions/cancel-send", None, false),
        (
            Post,
            "/campaigns/{id}/members/{member}/actions/delete-permanent",
            None,
            false,
        ),
    ];
    let expected = ["pause", "cancel_send", "delete_permanent_member"];
    assert_eq!(names("campaigns", &operations), expected);
}
