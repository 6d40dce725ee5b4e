use openapiv3::{Operation, PathItem};

use super::{Candidate, method_names};
use crate::document::Pointer;
use crate::ir::HttpMethod;
use crate::lower::source::OperationSource;

fn names(tag: &str, operations: &[(HttpMethod, &str, Option<&str>, bool)]) -> Vec<String> {
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
            answers_list: *answers_list,
        })
        .collect();
    method_names(tag, &candidates)
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
fn path_and_method_that_end_an_operation_id_are_no_part_of_the_name() {
    use HttpMethod::{Get, Post};
    let operations = [
        (
            Get,
            "/flows/{flow-id}/v1.2",
            Some("read_flow_flows__flow_id__v1_2_get"),
            false,
        ),
        (Post, "/flows", Some("_flows_post"), false),
        (Get, "/flows", Some("read_flows_flows_post"), false),
    ];
    assert_eq!(
        names("Things", &operations),
        ["read_flow", "flows_post", "read_flows_flows_post"]
    );
}

#[test]
fn functions_of_one_name_are_told_apart_by_their_paths() {
    use HttpMethod::Get;
    let operations = [
        (Get, "/flows", Some("list_flows_get"), false),
        (Get, "/users", Some("list_users_get"), false),
        (Get, "/health", Some("check_health_get"), false),
    ];
    assert_eq!(
        names("Things", &operations),
        ["list_flows_get", "list_users_get", "check"]
    );
}

#[test]
fn a_verb_for_many_things_is_an_action() {
    use HttpMethod::Post;
    let operations = [
        (Post, "/flows/bulk_delete", None, false),
        (Post, "/flows/filter", None, true),
        (Post, "/flows/batch", None, false),
    ];
    assert_eq!(
        names("Flows", &operations),
        ["bulk_delete", "filter", "create_batch"]
    );
}

#[test]
fn an_id_knows_what_its_method_does_not_say() {
    use HttpMethod::{Delete, Get, Post, Put};
    let operations = [
        (Delete, "/pets/{id}", Some("archivePet"), false),
        (Post, "/pets/{id}/home", Some("movePetHome"), false),
        (Post, "/pets", Some("addPet"), false),
        (Put, "/pets/{id}/lock", Some("pets/lock"), false),
        (Delete, "/pets/{id}/lock", Some("pets/unlock"), false),
        (Delete, "/pets/{id}/archive", Some("deleteArchive"), false),
        (Post, "/pets/{id}/link", Some("createLink"), false),
        (Get, "/pets/{id}/logs", Some("petLogs"), true),
        (Get, "/pets/{id}", Some("PetController_read"), false),
    ];
    let expected = [
        "archive",
        "move_home",
        "create",
        "lock",
        "unlock",
        "delete_archive",
        "create_link",
        "list_logs",
        "get",
    ];
    assert_eq!(names("Pets", &operations), expected);
    let operations = [(Get, "/runs/{run_id}/logs", Some("run_logs"), true)];
    assert_eq!(names("runs", &operations), ["list_logs"]);
}

#[test]
fn the_verb_of_an_id_is_kept() {
    use HttpMethod::{Post, Put};
    let operations = [
        (Put, "/points", Some("upsert_points"), false),
        (Post, "/points/batch", Some("batch_update"), false),
        (Put, "/points/payload", Some("overwrite_payload"), false),
        (Put, "/points/volume", Some("set-volume-of-all"), false),
        (Post, "/points/queue", Some("add-to-queue"), false),
        (Put, "/me/points", Some("save-points-user"), false),
        (Post, "/points/{id}/like", Some("Like a point"), false),
    ];
    let expected = [
        "upsert",
        "batch_update",
        "overwrite_payload",
        "set_volume",
        "add_to_queue",
        "save_points_user",
        "like",
    ];
    assert_eq!(names("Points", &operations), expected);
}

#[test]
fn a_verb_that_is_the_tag_is_kept() {
    use HttpMethod::{Get, Post};
    let operations = [
        (Post, "/points/search", Some("search_points"), true),
        (
            Post,
            "/points/search/groups",
            Some("search_point_groups"),
            true,
        ),
        (Get, "/search-data", Some("searchData"), true),
    ];
    assert_eq!(
        names("Search", &operations),
        ["search_points", "search_point_groups", "search_data"]
    );
    let operations = [(Post, "/v3/watch", Some("Watch"), false)];
    assert_eq!(names("Watch", &operations), ["watch"]);
    let operations = [(Post, "/session", Some("Session"), false)];
    assert_eq!(names("Session", &operations), ["create"]);
}

#[test]
fn path_and_id_agree_on_an_action() {
    use HttpMethod::{Get, Post, Put};
    let operations = [
        (Put, "/zones/{id}/frobnicate", Some("frobnicateZone"), false),
        (Put, "/zones/{id}/axfr-copy", Some("axfrCopyZone"), false),
        (Post, "/zones/frob", Some("frobZones"), false),
        (Post, "/zones/keepalive", Some("zonesKeepAlive"), false),
        (Put, "/zones/{id}/photo", Some("photoUpdate"), false),
        (Put, "/zones/{id}/text", Some("updateText"), false),
        (Get, "/zones/{id}/photo", Some("photoOfZone"), false),
    ];
    let expected = [
        "frobnicate",
        "axfr_copy",
        "frob",
        "keep_alive",
        "replace_photo",
        "replace_text",
        "get_photo",
    ];
    assert_eq!(names("Zones", &operations), expected);
}

#[test]
fn remote_calls_are_named_by_their_ids() {
    use HttpMethod::Post;
    let operations = [
        (Post, "/v3/lease/leases", Some("LeaseLeases"), false),
        (Post, "/v3/lease/ttl", Some("LeaseTimeToLive"), false),
        (Post, "/v3/lease/role/grant", Some("RoleGrantLease"), false),
        (Post, "/v3/lease", Some("CreateLease"), false),
    ];
    assert_eq!(
        names("Lease", &operations),
        ["leases", "time_to_live", "role_grant_lease", "create"]
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
fn an_id_may_start_with_the_tag_in_the_singular() {
    use HttpMethod::{Get, Post};
    let operations = [
        (Get, "/groups/{group}/zones", Some("Zone_ListByGroup"), true),
        (Get, "/groups/{group}/photo", Some("ZonePhoto"), false),
        (Post, "/groups/change", Some("ZoneChangeCreate"), false),
    ];
    assert_eq!(
        names("Zones", &operations),
        ["list", "zone_photo", "zone_change_create"]
    );
    let operations = [(Get, "/zone-groups/{group}", Some("Zone_ListByGroup"), true)];
    assert_eq!(names("Zones", &operations), ["list_by_group"]);
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
fn what_holds_members_is_listed() {
    use HttpMethod::Get;
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
}

#[test]
fn an_id_may_say_that_it_lists() {
    use HttpMethod::Get;
    let operations = [
        (Get, "/disks", Some("Disks_List"), false),
        (
            Get,
            "/groups/{group}/disks",
            Some("Disks_ListByGroup"),
            false,
        ),
        (
            Get,
            "/groups/{group}/disks/{disk}",
            Some("Disks_Get"),
            false,
        ),
    ];
    assert_eq!(
        names("Disks", &operations),
        ["list", "list_for_group", "get"]
    );
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
fn what_is_done_to_one_keeps_the_verb() {
    use HttpMethod::{Delete, Patch};
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

#[test]
fn the_tag_behind_the_verb_of_an_id_is_no_part_of_the_name() {
    use HttpMethod::Get;
    let operations = [
        (Get, "/api/v1/pods", Some("listCoreV1PodForAll"), true),
        (Get, "/api/v1/{ns}/pods", Some("listCoreV1Pod"), true),
        (Get, "/api/v1/{ns}/pod", Some("listPod"), true),
        (Get, "/api/v1/things", Some("listCoreV1"), true),
        (Get, "/api/v1/core", Some("proxyCoreV1Thing"), true),
    ];
    let expected = [
        "list_pod_for_all",
        "list_core_v1_pod",
        "list_pod",
        "list_core_v1",
        "proxy_core_v1_thing",
    ];
    assert_eq!(names("core_v1", &operations), expected);
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
fn a_path_without_the_tag_is_named_by_the_operation_id() {
    let operations = [
        (
            HttpMethod::Get,
            "/orgs/{org}/repos",
            Some("repos/list-for-org"),
            true,
        ),
        (HttpMethod::Get, "/feeds", None, true),
    ];
    assert_eq!(
        names("activity", &operations),
        ["repos_list_for_org", "get_feeds"]
    );
    let operations = [(
        HttpMethod::Get,
        "/orgs/{org}",
        Some("repos/list-for-org"),
        true,
    )];
    assert_eq!(names("repos", &operations), ["list_for_org"]);
}
