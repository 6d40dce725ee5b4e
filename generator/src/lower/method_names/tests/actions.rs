//! What is done with something, and with what it belongs to.

use super::names;
use crate::ir::HttpMethod::{Get, Post};

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
