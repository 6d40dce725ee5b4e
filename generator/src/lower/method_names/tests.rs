mod actions;
mod ids;
mod machine_made;
mod members;

use openapiv3::{Operation, PathItem};

use super::{Candidate, method_names};
use crate::document::Pointer;
use crate::ir::{HttpMethod, TypeRef};
use crate::lower::functions::Ids;
use crate::lower::source::OperationSource;

fn names(tag: &str, operations: &[(HttpMethod, &str, Option<&str>, bool)]) -> Vec<String> {
    names_by_answer(tag, operations, None)
}

/// The names where all operations answer the same.
fn names_by_answer(
    tag: &str,
    operations: &[(HttpMethod, &str, Option<&str>, bool)],
    answer: Option<&TypeRef>,
) -> Vec<String> {
    let path_item = PathItem::default();
    let published: Vec<Operation> = operations
        .iter()
        .map(|(_, _, id, _)| Operation {
            operation_id: id.map(ToOwned::to_owned),
            ..Operation::default()
        })
        .collect();
    let sources: Vec<OperationSource<'_>> = operations
        .iter()
        .zip(&published)
        .map(|((method, path, ..), operation)| OperationSource {
            method: method.clone(),
            template: path,
            path,
            pointer: Pointer::root(),
            path_item: &path_item,
            operation,
        })
        .collect();
    let candidates: Vec<Candidate<'_, '_>> = sources
        .iter()
        .zip(operations)
        .map(|(source, (.., answers_list))| Candidate {
            source,
            answer,
            answers_list: *answers_list,
        })
        .collect();
    method_names(tag, &Ids::of(&sources), &candidates)
}

#[test]
fn verbs_follow_from_method_and_path() {
    use HttpMethod::{Delete, Get, Patch, Post, Put};
    let operations = [
        (Get, "/clusters", None, true),
        (Post, "/clusters", None, false),
        (Get, "/clusters/{id}", None, false),
        (Put, "/clusters/{id}", None, false),
        (Patch, "/clusters/{id}", None, false),
        (Delete, "/clusters/{id}", None, false),
        (Get, "/clusters/{id}/disks", None, true),
        (Post, "/clusters/{id}/disks", None, false),
        (Get, "/clusters/{id}/disks/{disk}", None, false),
        (Post, "/clusters/{id}/reprovision", None, false),
        (Post, "/clusters/search", None, true),
        (Get, "/clusters/findByLabel", None, true),
        (Put, "/clusters/{id}/enable", None, false),
        (Put, "/clusters/{id}/complete", None, false),
    ];
    let expected = [
        "list",
        "create",
        "get",
        "replace",
        "patch",
        "delete",
        "list_disks",
        "create_disk",
        "get_disk",
        "reprovision",
        "search",
        "find_by_label",
        "enable",
        "complete",
    ];
    assert_eq!(names("Clusters", &operations), expected);
}

#[test]
fn the_shortest_path_keeps_a_shared_name() {
    use HttpMethod::Get;
    let operations = [
        (Get, "/clusters/{id}/backups", None, true),
        (Get, "/backups", None, true),
    ];
    assert_eq!(names("Backups", &operations), ["list_for_cluster", "list"]);
}

#[test]
fn a_post_to_what_a_post_has_created_updates_it() {
    use HttpMethod::{Delete, Get, Post};
    let operations = [
        (Post, "/charges", None, false),
        (Get, "/charges/{id}", None, false),
        (Post, "/charges/{id}", None, false),
        (Get, "/charges/{id}/notes/{key}", None, false),
        (Post, "/charges/{id}/notes/{key}", None, false),
    ];
    let expected = ["create", "get", "update", "get_note", "create_note"];
    assert_eq!(names("Charges", &operations), expected);
    let operations = [
        (Post, "/keys/{key}", None, false),
        (Delete, "/keys/{key}", None, false),
    ];
    assert_eq!(names("Keys", &operations), ["create", "delete"]);
    let operations = [
        (Post, "/files", None, false),
        (Get, "/files/{id}", None, false),
        (Post, "/files/{id}", Some("sealFile"), false),
    ];
    assert_eq!(names("Files", &operations), ["create", "get", "seal_file"]);
}

#[test]
fn remote_calls_without_ids_have_the_names_of_their_paths() {
    use HttpMethod::Post;
    let operations = [
        (Post, "/answerQuery", None, false),
        (Post, "/copyMessage", None, false),
        (Post, "/getMe", None, false),
    ];
    let expected = ["answer_query", "copy_message", "get_me"];
    assert_eq!(names("Operations", &operations), expected);
}

#[test]
fn a_format_is_no_part_of_the_name() {
    use HttpMethod::{Get, Put};
    let operations = [
        (Get, "/users.json", None, true),
        (Get, "/users", None, true),
        (Get, "/users/{id}.json", None, false),
        (Put, "/users/{id}/anonymize.json", None, false),
    ];
    let expected = ["list_json", "list", "get", "anonymize"];
    assert_eq!(names("Users", &operations), expected);
    let operations = [
        (Get, "/comics/info.json", None, false),
        (Get, "/comics/{id}/info.json", None, false),
    ];
    assert_eq!(names("Comics", &operations), ["get_info", "get_info_by_id"]);
}

#[test]
fn a_collection_is_no_verb() {
    use HttpMethod::{Get, Post};
    let operations = [
        (Post, "/upload-tokens", None, false),
        (Get, "/upload-tokens/{id}", None, false),
    ];
    let expected = ["create_upload_token", "get_upload_token"];
    assert_eq!(names("Videos", &operations), expected);
}

#[test]
fn what_is_listed_as_an_action_is_its_own_verb() {
    use HttpMethod::{Get, Post};
    let operations = [
        (Get, "/servers/{id}/actions", None, true),
        (Post, "/servers/{id}/actions/poweroff", None, false),
        (Post, "/servers/{id}/actions/request_console", None, false),
        (Post, "/servers/{id}/actions/notes", None, false),
    ];
    let expected = ["list", "poweroff", "request_console", "create_note"];
    assert_eq!(names("Server Actions", &operations), expected);
}

#[test]
fn the_api_holds_no_resource() {
    use HttpMethod::Get;
    let operations = [
        (Get, "/api/{kind}/{id}/tags", None, true),
        (Get, "/api/tags", None, true),
    ];
    assert_eq!(names("Tags", &operations), ["list_by_id", "list"]);
}

#[test]
fn several_segments_may_say_the_tag() {
    use HttpMethod::{Delete, Get, Post};
    let operations = [
        (Get, "/threads/{thread}/runs", None, true),
        (Get, "/threads/{thread}/runs/{run}", None, false),
        (Post, "/threads/{thread}/runs/{run}/cancel", None, false),
        (Delete, "/runs/{run}", Some("dropRun"), false),
    ];
    assert_eq!(
        names("Thread Runs", &operations),
        ["list", "get", "cancel", "drop_run"]
    );
}

#[test]
fn a_verb_for_many_things_is_an_action() {
    use HttpMethod::{Delete, Post};
    let operations = [
        (Post, "/flows/bulk_create", None, false),
        (Delete, "/flows/delete/{folder}/{flow}", None, false),
        (Post, "/flows/bulk_delete", None, false),
        (Post, "/flows/filter", None, true),
        (Post, "/flows/batch", None, false),
    ];
    assert_eq!(
        names("Flows", &operations),
        [
            "bulk_create",
            "delete",
            "bulk_delete",
            "filter",
            "create_batch"
        ]
    );
}

#[test]
fn what_an_action_set_is_looked_up_and_undone_by_name() {
    use HttpMethod::{Delete, Get, Put};
    let operations = [
        (Get, "/snippets/{id}/watch", None, false),
        (Put, "/snippets/{id}/watch", None, false),
        (Delete, "/snippets/{id}/watch", None, false),
    ];
    assert_eq!(
        names("Snippets", &operations),
        ["get_watch", "watch", "delete_watch"]
    );
}

#[test]
fn actions_keep_the_plural() {
    use HttpMethod::Post;
    let operations = [
        (Post, "/clusters/{id}/regenerateKeys", None, false),
        (
            Post,
            "/clusters/{id}/transfer_requests",
            Some("createTransferRequest"),
            false,
        ),
    ];
    assert_eq!(
        names("Clusters", &operations),
        ["regenerate_keys", "create_transfer_request"]
    );
}

#[test]
fn a_verb_in_the_path_is_not_said_twice() {
    use HttpMethod::{Post, Put};
    let operations = [
        (Post, "/flows/create", None, false),
        (Post, "/flows/create-many", None, false),
        (
            Post,
            "/flows/{id}/create_run",
            Some("create_run_of_flow"),
            false,
        ),
        (Put, "/flows/{id}/replace", None, false),
    ];
    assert_eq!(
        names("Flows", &operations),
        ["create", "create_many", "create_run", "replace"]
    );
}

#[test]
fn another_key_is_no_part_of_what_it_tells() {
    use HttpMethod::{Delete, Get};
    let operations = [
        (Get, "/flows/name/{name}", Some("read_flow_by_name"), false),
        (
            Delete,
            "/flows/{id}/tags/slug/{slug}",
            Some("delete_tag_of_flow_by_slug"),
            false,
        ),
        (
            Get,
            "/flows/{id}/branch/{branch}",
            Some("readBranch"),
            false,
        ),
    ];
    assert_eq!(
        names("Flows", &operations),
        ["get_by_name", "delete_tag_by_slug", "get_branch"]
    );
}

#[test]
fn no_parameter_is_a_verb() {
    use HttpMethod::{Delete, Get};
    let operations = [
        (Get, "/uploads/{upload_id}", None, false),
        (Delete, "/uploads/{upload_id}", None, false),
    ];
    assert_eq!(names("uploads", &operations), ["get", "delete"]);
}

#[test]
fn a_format_is_no_resource() {
    use HttpMethod::Get;
    let operations = [
        (Get, "/containers/json", Some("ContainerList"), true),
        (
            Get,
            "/containers/{id}/json",
            Some("ContainerInspect"),
            false,
        ),
        (Get, "/containers/{id}/logs/json", None, false),
        (Get, "/containers/{id}/logs", None, false),
        (Get, "/containers/get", Some("ContainerGetAll"), false),
        (Get, "/containers/{id}/get", Some("ContainerGet"), false),
    ];
    let expected = [
        "list",
        "inspect",
        "get_logs_json",
        "get_logs",
        "get_all",
        "get",
    ];
    assert_eq!(names("Container", &operations), expected);
    let operations = [(Get, "/json", None, false)];
    assert_eq!(names("json", &operations), ["get"]);
}

#[test]
fn what_holds_it_is_named_where_it_differs() {
    use HttpMethod::Post;
    let operations = [
        (
            Post,
            "/repos/{owner}/{repo}/labels",
            Some("issues/create-label"),
            false,
        ),
        (
            Post,
            "/repos/{owner}/{repo}/issues/{number}/labels",
            Some("issues/add-labels"),
            false,
        ),
    ];
    assert_eq!(
        names("issues", &operations),
        ["create_label", "create_label_for_issue"]
    );
    let operations = [
        (HttpMethod::Get, "/repos/{repo}/issues/comments", None, true),
        (
            HttpMethod::Get,
            "/repos/{repo}/issues/{number}/comments",
            None,
            true,
        ),
    ];
    assert_eq!(
        names("issues", &operations),
        ["list_comments", "list_comments_for_issue"]
    );
}

#[test]
fn a_word_tells_apart_what_a_number_would() {
    use HttpMethod::{Get, Post, Put};
    let operations = [
        (Get, "/charts/data", None, false),
        (Get, "/charts/{pk}/data", None, false),
        (Get, "/user/charts/data", None, false),
        (Post, "/charts/refresh", None, false),
        (Put, "/charts/refresh", None, false),
    ];
    let expected = [
        "get_data",
        "get_data_by_pk",
        "get_data_for_user",
        "refresh",
        "put_refresh",
    ];
    assert_eq!(names("Charts", &operations), expected);
}

#[test]
fn versions_hold_nothing() {
    use HttpMethod::Get;
    let operations = [
        (Get, "/api/v2/tags/{type}", None, false),
        (Get, "/api/v2/tags/{type}/{value}", None, false),
        (Get, "/api/v2/zoos/{zoo}/tags/{type}", None, false),
    ];
    assert_eq!(
        names("tags", &operations),
        ["get", "get_by_value", "get_for_zoo"]
    );
}

#[test]
fn a_version_behind_the_tag_says_nothing() {
    use HttpMethod::{Get, Put};
    let operations = [
        (Get, "/users/api/v1", None, true),
        (Put, "/users/api/v1/balance", None, false),
        (Get, "/users/v2/stats", None, false),
        (Get, "/users/api/keys", None, true),
    ];
    assert_eq!(
        names("users", &operations),
        ["list", "replace_balance", "get_stats", "list_api_keys"]
    );
}

#[test]
fn a_key_in_parentheses_is_a_segment_of_its_own() {
    use HttpMethod::{Delete, Get, Patch, Post};
    let operations = [
        (Get, "/Books", Some("get_books"), true),
        (Post, "/Books", Some("post_books"), false),
        (Get, "/Books({ID})", Some("get_books_id"), false),
        (Patch, "/Books({ID})", Some("patch_books_id"), false),
        (Delete, "/Books({ID})", Some("delete_books_id"), false),
        (Get, "/Books({ID})/author", None, false),
        (Get, "/Books({ID})/reviews", None, true),
        (Get, "/Books({ID})/reviews(no={no},at='{at}')", None, false),
        (Get, "/Books/newest()", None, false),
    ];
    let expected = [
        "list",
        "create",
        "get",
        "patch",
        "delete",
        "get_author",
        "list_reviews",
        "get_review",
        "get_newest",
    ];
    assert_eq!(names("Books", &operations), expected);
}

#[test]
fn a_verb_before_the_tag_is_what_is_done() {
    use HttpMethod::{Get, Post};
    let operations = [
        (Post, "/sign-in/users", Some("post_sign_in_users"), false),
        (Post, "/search/users", None, true),
        (Get, "/users/is-known", None, false),
        (
            Post,
            "/users/has-rights",
            Some("post_users_has_rights"),
            false,
        ),
        (Post, "/shops/users", None, false),
        (Post, "/query/users", Some("createQueryUser"), false),
    ];
    let expected = [
        "sign_in",
        "search",
        "is_known",
        "has_rights",
        "create",
        "create_query_user",
    ];
    assert_eq!(names("Users", &operations), expected);
}

#[test]
fn a_path_may_write_the_words_of_its_tag_as_one() {
    use HttpMethod::{Get, Post};
    let operations = [
        (Get, "/api/v1/rowsecurity/", None, false),
        (Get, "/api/v1/rowsecurity/{id}", None, false),
        (Post, "/api/v1/rowsecurity/execute/", None, false),
    ];
    assert_eq!(
        names("Row Security", &operations),
        ["list", "get", "execute"]
    );
}
