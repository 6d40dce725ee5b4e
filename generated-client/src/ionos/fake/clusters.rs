//! Operations on clusters, their backups and their logs.

use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::answer::{Answer, Problem};
use super::routes::{Call, Page};
use super::rules::moment;
use super::store::{Store, later};

/// The versions of PostgreSQL that there are.
const VERSIONS: &[&str] = &["12", "13", "14", "15", "16", "17"];

/// How far back logs go.
const LOG_DAYS: i64 = 30;

pub(super) fn list(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    let page = call.page()?;
    let wanted = call.query("filter.name").unwrap_or_default().to_lowercase();
    let fitting: Vec<Value> = store
        .clusters()
        .filter(|cluster| {
            let name = cluster
                .properties
                .get("displayName")
                .and_then(Value::as_str);
            name.unwrap_or_default().to_lowercase().contains(&wanted)
        })
        .map(|cluster| cluster.describe(store.now))
        .collect();
    Ok(collection(call, page, "clusters", fitting))
}

pub(super) fn create(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    let mut properties = object(&call.body()["properties"]);
    let credentials = properties.remove("credentials");
    let backup = properties.remove("fromBackup");
    let contents = backup
        .as_ref()
        .map(|backup| store.contents(text(&backup["backupId"]), target_time(backup, store.now)));
    let contents = contents.transpose()?;
    let id = store.next_id();
    properties.insert("dnsName".to_owned(), format!("pg-{id}.example.com").into());
    let now = store.now;
    let mut cluster = store.new_cluster(id, properties);
    if let Some((users, databases)) = contents {
        cluster.users = users;
        cluster.databases = databases;
    } else {
        let system = json!({ "username": "ionos_admin", "system": true });
        cluster.users.add("ionos_admin", object(&system), now);
    }
    if let Some(name) = credentials.as_ref().map(|user| text(&user["username"])) {
        let properties = json!({ "username": name, "system": false });
        if cluster.users.get(name).is_none() {
            cluster.users.add(name, object(&properties), now);
        }
    }
    let answer = Answer::Json(cluster.describe(now));
    store.add(cluster);
    Ok(answer)
}

pub(super) fn get(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    let cluster = store.cluster(call.argument(0))?;
    Ok(Answer::Json(cluster.describe(store.now)))
}

pub(super) fn patch(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    let (now, timing) = (store.now, store.timing);
    let cluster = store.cluster_mut(call.argument(0))?;
    cluster
        .properties
        .extend(object(&call.body()["properties"]));
    // The last connection can be removed; the document knows no empty list of them in answers.
    if cluster.properties.get("connections") == Some(&json!([])) {
        cluster.properties.remove("connections");
    }
    cluster.change(now, timing, "the settings are changed");
    Ok(Answer::Json(cluster.describe(now)))
}

pub(super) fn delete(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    let now = store.now;
    let until = later(now, store.timing.destroying);
    let cluster = store.cluster_mut(call.argument(0))?;
    cluster.destroy(until);
    Ok(Answer::Json(cluster.describe(now)))
}

pub(super) fn versions() -> Answer {
    Answer::Json(version_list(None))
}

pub(super) fn versions_of_cluster(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    let cluster = store.cluster(call.argument(0))?;
    let current = cluster.properties.get("postgresVersion");
    Ok(Answer::Json(version_list(current.and_then(Value::as_str))))
}

/// What a cluster can go on with: the version that it has, whatever it is, and later ones.
fn version_list(current: Option<&str>) -> Value {
    let later = VERSIONS
        .iter()
        .copied()
        .filter(|version| current.is_none_or(|one| *version > one));
    let names: Vec<Value> = current
        .into_iter()
        .chain(later)
        .map(|name| json!({ "name": name }))
        .collect();
    json!({ "data": names })
}

pub(super) fn list_backups(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    let page = call.page()?;
    let all = store.backups.iter().map(|backup| backup.describe(store));
    Ok(collection(call, page, "backups", all.collect()))
}

pub(super) fn list_backups_of_cluster(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    let page = call.page()?;
    let id = &store.cluster(call.argument(0))?.id;
    let own = store.backups.iter().filter(|backup| backup.cluster == *id);
    let own = own.map(|backup| backup.describe(store)).collect();
    Ok(collection(call, page, "backups", own))
}

pub(super) fn get_backup(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    let backup = store.backup(call.argument(0))?;
    Ok(Answer::Json(backup.describe(store)))
}

pub(super) fn restore(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    store.cluster(call.argument(0))?;
    let (now, timing) = (store.now, store.timing);
    let moment = target_time(call.body(), now);
    let (users, databases) = store.contents(text(&call.body()["backupId"]), moment)?;
    let cluster = store.cluster_mut(call.argument(0))?;
    cluster.users.replace(users, now);
    cluster.databases.replace(databases, now);
    cluster.change(now, timing, "a backup is restored");
    Ok(Answer::Empty(StatusCode::ACCEPTED))
}

pub(super) fn logs(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    let cluster = store.cluster(call.argument(0))?;
    let oldest = store
        .now
        .checked_sub(SignedDuration::from_hours(24 * LOG_DAYS))
        .unwrap_or(Timestamp::MIN);
    let (start, end) = (point(call, "start")?, point(call, "end")?);
    let (start, end) = (start.unwrap_or(oldest), end.unwrap_or(store.now));
    if start < oldest || end > store.now || start > end {
        return Err(Problem::not_valid(format!(
            "logs go {LOG_DAYS} days back, from `start` to `end`"
        )));
    }
    let limit = call.number("limit", 1, 5000)?.unwrap_or(100);
    let limit = usize::try_from(limit).unwrap_or_default();
    let within = cluster
        .log
        .iter()
        .filter(|(time, _)| (start..=end).contains(time));
    let describe = |(time, message): &(Timestamp, String)| json!({ "time": time.to_string(), "message": message });
    let messages: Vec<Value> = match call.query("direction").unwrap_or("BACKWARD") {
        "FORWARD" => within.take(limit).map(describe).collect(),
        "BACKWARD" => within.rev().take(limit).map(describe).collect(),
        _ => return Err(Problem::not_valid("`direction` is not valid")),
    };
    let name = format!("{}-0", cluster.id);
    Ok(Answer::Json(
        json!({ "instances": [{ "name": name, "messages": messages }] }),
    ))
}

fn point(call: &Call, name: &str) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = call.query(name) else {
        return Ok(None);
    };
    let found = moment(text).map(Some);
    found.ok_or_else(|| Problem::not_valid(format!("`{name}` is no moment")))
}

pub(super) fn version() -> Answer {
    Answer::Json(api_version())
}

pub(super) fn api_versions() -> Answer {
    Answer::Json(json!([api_version()]))
}

fn api_version() -> Value {
    json!({ "name": "v1", "swaggerUrl": "https://api.ionos.com/docs/public-postgresql-v1.ga.yml" })
}

/// The point in time that a restore asks for; the present where it asks for none.
fn target_time(restore: &Value, now: Timestamp) -> Timestamp {
    moment(text(&restore["recoveryTargetTime"])).unwrap_or(now)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

pub(super) fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// A page of clusters or backups.
fn collection(call: &Call, page: Page, id: &str, all: Vec<Value>) -> Answer {
    let links = links(call, page, all.len());
    let items: Vec<Value> = all.into_iter().skip(page.offset).take(page.limit).collect();
    Answer::Json(json!({
        "type": "collection",
        "id": id,
        "offset": page.offset,
        "limit": page.limit,
        "links": links,
        "items": items,
    }))
}

/// URLs of this page and of those beside it.
pub(super) fn links(call: &Call, page: Page, total: usize) -> Value {
    let url = |offset: usize| format!("{}?limit={}&offset={offset}", call.url, page.limit);
    let mut links = json!({ "self": url(page.offset) });
    if page.offset > 0 {
        links["prev"] = url(page.offset.saturating_sub(page.limit)).into();
    }
    let next = page.offset.saturating_add(page.limit);
    if next < total {
        links["next"] = url(next).into();
    }
    links
}
