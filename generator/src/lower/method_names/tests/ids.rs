use super::names;
use crate::ir::HttpMethod;

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
        ["read_flow", "post_flows", "read_flows_flows_post"]
    );
}

#[test]
fn a_path_that_has_changed_since_is_no_part_of_the_name() {
    use HttpMethod::{Get, Post};
    let operations = [
        (
            Post,
            "/flows/{flow_id}/latest",
            Some("set_latest_flows__flow_id__versions_post"),
            false,
        ),
        (
            Post,
            "/flows/{flow_id}/past",
            Some("find_past_flows__flow_id__past_get"),
            false,
        ),
        (
            Get,
            "/flows/{flow_id}/now",
            Some("flows__flow_id__versions_get"),
            false,
        ),
    ];
    assert_eq!(
        names("Things", &operations),
        ["set_latest", "find_past", "get_flows_flow_id_versions"]
    );
}

#[test]
fn functions_of_one_name_are_told_apart_by_their_paths() {
    use HttpMethod::{Get, Post};
    let operations = [
        (Get, "/flows", Some("list_flows_get"), false),
        (Get, "/users", Some("list_users_get"), false),
        (Get, "/health", Some("check_health_get"), false),
        (
            Post,
            "/api/tables/rows",
            Some("table_rows_api_tables_rows_post"),
            false,
        ),
        (
            Get,
            "/api/tables/rows",
            Some("table_rows_api_tables_rows_get"),
            false,
        ),
        (
            Get,
            "/api/tables/cells",
            Some("table_rows_api_tables_cells_get"),
            false,
        ),
    ];
    assert_eq!(
        names("Things", &operations),
        [
            "list_flows_get",
            "list_users_get",
            "check",
            "table_rows",
            "get_table_rows",
            "table_rows_for_cell"
        ]
    );
}

#[test]
fn a_path_that_begins_an_operation_id_is_no_part_of_the_name() {
    use HttpMethod::{Delete, Get};
    let operations = [
        (
            Get,
            "/api/shops/{shop_id}/daily_sums",
            Some("ApiShopsShopIdDailySumsReadSums"),
            false,
        ),
        (Get, "/api/shops", Some("ApiShopsFindShops"), false),
        (Get, "/api/v2/shops", Some("ApiV2ShopsFindShops"), false),
        (
            Delete,
            "/api/shops/{shop_id}",
            Some("ApiShopsShopIdDelete"),
            false,
        ),
    ];
    assert_eq!(
        names("Things", &operations),
        [
            "read_sums",
            "find_shops",
            "find_shops_for_v2",
            "delete_shops_shop_id"
        ]
    );
}

#[test]
fn a_path_of_plain_words_may_begin_an_operation_id() {
    use HttpMethod::Get;
    let operations = [(Get, "/shops/sums", Some("ShopsSumsOfYear"), false)];
    assert_eq!(names("Things", &operations), ["shops_sums_of_year"]);
}

#[test]
fn an_id_with_a_hash_is_none() {
    use HttpMethod::{Get, Post};
    let hashed = |method: &str| format!("{method}_api-shops-91277b7d670700f8a7fea3ece45be8fa");
    let (get, post) = (hashed("get"), hashed("post"));
    let operations = [
        (Get, "/api/shops/{id}", Some(get.as_str()), false),
        (Post, "/api/shops", Some(post.as_str()), false),
    ];
    assert_eq!(names("Things", &operations), ["get_shop", "create_shop"]);
}

#[test]
fn a_service_before_two_underscores_is_no_part_of_the_name() {
    use HttpMethod::Post;
    let operations = [
        (Post, "/embed", Some("demo__embed_text"), false),
        (Post, "/classify", Some("demo__classify_text"), false),
        (HttpMethod::Get, "/health", None, false),
    ];
    assert_eq!(
        names("Things", &operations),
        ["embed_text", "classify_text", "get_health"]
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
fn the_api_that_a_path_belongs_to_is_no_part_of_the_name() {
    use HttpMethod::{Get, Post};
    let operations = [
        (
            Get,
            "/api/current-user/token/",
            Some("api_current_user_token_retrieve"),
            false,
        ),
        (
            Post,
            "/api/v1/token/rotate/",
            Some("api_v1_token_rotate_create"),
            false,
        ),
        (Post, "/api/keys", Some("api_key_rotation"), false),
        (
            Post,
            "/api/users/{id}/reset-token",
            Some("api_users_reset_token_create"),
            false,
        ),
    ];
    assert_eq!(
        names("Users", &operations),
        [
            "retrieve_current_user_token",
            "create_token_rotate",
            "api_key_rotation",
            "reset_token"
        ]
    );
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
fn an_id_may_start_with_the_tag_in_the_singular() {
    use HttpMethod::{Get, Post};
    let operations = [
        (Get, "/groups/{group}/zones", Some("Zone_ListByGroup"), true),
        (Get, "/groups/{group}/photo", Some("ZonePhoto"), false),
        (Post, "/groups/change", Some("ZoneChangeCreate"), false),
    ];
    assert_eq!(
        names("Zones", &operations),
        ["list", "zone_photo", "create_zone_change"]
    );
    let operations = [(Get, "/zone-groups/{group}", Some("Zone_ListByGroup"), true)];
    assert_eq!(names("Zones", &operations), ["list_by_group"]);
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
fn an_id_that_is_made_of_method_and_path_says_nothing() {
    use HttpMethod::{Delete, Get, Post};
    let operations = [
        (Get, "/api/v1/users", Some("get_api_v1_users"), true),
        (Get, "/api/v1/users/{id}", Some("getApiV1UsersId"), false),
        (Delete, "/api/v1/users/{id}", None, false),
        (Post, "/api/kernel/run", Some("post_api_kernel_run"), false),
        (Post, "/api/ai/chat", Some("post_api_ai_chat"), false),
        (Get, "/api/status", None, false),
        (Get, "/api/{version}", None, false),
        (Get, "/api/2/user/groups", None, true),
        (Post, "/api/2/user/groups", None, true),
        (Post, "/api/files/details", None, true),
        (Post, "/statementcredit", None, false),
        (Get, "/domainnames", Some("GetDomainNames"), true),
        (Post, "/v1/charges", Some("PostCharges"), false),
        (Get, "/v1/charges/{charge}", Some("GetChargesCharge"), false),
        (
            Post,
            "/v1/charges/{charge}",
            Some("PostChargesCharge"),
            false,
        ),
        (Get, "/", None, false),
    ];
    let expected = [
        "list_users",
        "get_user",
        "delete_user",
        "run_kernel",
        "ai_chat",
        "get_status",
        "get_api_version",
        "list_user_groups",
        "create_user_group",
        "post_files_details",
        "post_statementcredit",
        "get_domain_names",
        "create_charge",
        "get_charge",
        "update_charge",
        "get",
    ];
    assert_eq!(names("Operations", &operations), expected);
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
        ["repos_list_for_org", "list_feeds"]
    );
    let operations = [(
        HttpMethod::Get,
        "/orgs/{org}",
        Some("repos/list-for-org"),
        true,
    )];
    assert_eq!(names("repos", &operations), ["list_for_org"]);
}

#[test]
fn a_module_of_all_functions_says_nothing() {
    let operations = [
        (HttpMethod::Get, "/shape/{id}", Some("app.api.shape"), false),
        (HttpMethod::Get, "/both", Some("app.api.load_both"), false),
        (HttpMethod::Post, "/form", Some("app.misc.form"), false),
    ];
    assert_eq!(
        names("misc", &operations),
        ["api_shape", "api_load_both", "form"]
    );
    assert_eq!(names("misc", &operations[..2]), ["shape", "load_both"]);
    assert_eq!(names("misc", &operations[..1]), ["app_api_shape"]);
}

#[test]
fn an_id_says_nothing_twice_in_a_row() {
    use HttpMethod::Post;
    let operations = [
        (Post, "/auth/verify", Some("verify:verify"), false),
        (Post, "/auth/reset", Some("reset:reset_password"), false),
        (Post, "/auth/forgot", Some("reset:forgot_password"), false),
    ];
    assert_eq!(
        names("auth", &operations),
        ["verify", "reset_password", "reset_forgot_password"]
    );
}

#[test]
fn a_short_form_of_the_tag_is_no_part_of_the_name() {
    use HttpMethod::{Get, Post};
    let operations = [
        (Get, "/repos/{repo}/tags", Some("repoListTags"), true),
        (Get, "/repos/{repo}", Some("repoGet"), false),
        (Post, "/repos/{repo}/mirror", Some("repoMirrorSync"), false),
        (Get, "/repos/{repo}/hooks", Some("repListHooks"), true),
        (Get, "/repos/{repo}/keys", Some("reListKeys"), true),
    ];
    let expected = [
        "list_tags",
        "get_repo",
        "repo_mirror_sync",
        "list_hooks",
        "re_list_keys",
    ];
    assert_eq!(names("repository", &operations), expected);
    let operations = [(Get, "/all", Some("list_get_all"), true)];
    assert_eq!(names("listings", &operations), ["list_get_all"]);
}
