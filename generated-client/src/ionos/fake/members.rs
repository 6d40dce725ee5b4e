//! Operations on the users and databases of a cluster.

use http::StatusCode;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::answer::{Answer, Problem};
use super::clusters::{links, object};
use super::routes::Call;
use super::store::{Cluster, Member, Members, Store};

/// What users and databases differ in.
struct Kind {
    name: &'static str,
    /// The last segment of the path of the list.
    plural: &'static str,
    members: fn(&mut Cluster) -> &mut Members,
}

const USER: Kind = Kind {
    name: "user",
    plural: "users",
    members: |cluster| &mut cluster.users,
};
const DATABASE: Kind = Kind {
    name: "database",
    plural: "databases",
    members: |cluster| &mut cluster.databases,
};

pub(super) fn list_users(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    let system = match call.query("system") {
        None => None,
        Some("true") => Some(true),
        Some("false") => Some(false),
        Some(_) => return Err(Problem::not_valid("`system` is not valid")),
    };
    // Without the argument, or with `true`, system users are in the list.
    USER.list(store, call, |member| {
        system != Some(false) || !is_system(member)
    })
}

pub(super) fn create_user(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    let name = property(call, "username");
    let properties = json!({ "username": name, "system": false });
    let answer = USER.create(store, call, name, &properties)?;
    change(store, call, "a user is created")?;
    Ok(answer)
}

pub(super) fn get_user(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    USER.get(store, call)
}

pub(super) fn patch_user(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    let now = store.now;
    let user = find_user(store, call)?;
    user.modified = now;
    change(store, call, "a password is changed")?;
    USER.get(store, call)
}

pub(super) fn delete_user(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    find_user(store, call)?;
    USER.delete(store, call)
}

pub(super) fn list_databases(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    DATABASE.list(store, call, |_| true)
}

pub(super) fn create_database(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    let (name, owner) = (property(call, "name"), property(call, "owner"));
    let properties = json!({ "name": name, "owner": owner });
    DATABASE.create(store, call, name, &properties)
}

pub(super) fn get_database(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    DATABASE.get(store, call)
}

pub(super) fn delete_database(store: &mut Store, call: &Call) -> Result<Answer, Problem> {
    DATABASE.get(store, call)?;
    DATABASE.delete(store, call)
}

/// A user that may be changed.
fn find_user<'s>(store: &'s mut Store, call: &Call) -> Result<&'s mut Member, Problem> {
    let users = &mut store.cluster_mut(call.argument(0))?.users;
    let user = users.get_mut(call.argument(1));
    let user = user.ok_or_else(|| Problem::not_found("user"))?;
    if is_system(user) {
        let message = "system users can be neither changed nor deleted";
        return Err(Problem::new(StatusCode::FORBIDDEN, message));
    }
    Ok(user)
}

fn is_system(member: &Member) -> bool {
    member.properties.get("system") == Some(&Value::Bool(true))
}

/// Users make the whole cluster busy.
fn change(store: &mut Store, call: &Call, what: &str) -> Result<(), Problem> {
    let (now, timing) = (store.now, store.timing);
    store
        .cluster_mut(call.argument(0))?
        .change(now, timing, what);
    Ok(())
}

fn property<'c>(call: &'c Call, name: &str) -> &'c str {
    call.body()["properties"][name].as_str().unwrap_or_default()
}

impl Kind {
    fn list(
        &self,
        store: &mut Store,
        call: &Call,
        fits: impl Fn(&Member) -> bool,
    ) -> Result<Answer, Problem> {
        let page = call.page()?;
        let cluster = store.cluster_mut(call.argument(0))?;
        let id = cluster.id.clone();
        let fitting: Vec<&Member> = (self.members)(cluster)
            .list()
            .filter(|member| fits(member))
            .collect();
        let items: Vec<Value> = fitting
            .iter()
            .skip(page.offset)
            .take(page.limit)
            .map(|member| self.describe(&id, member))
            .collect();
        Ok(Answer::Json(json!({
            "type": "collection",
            "id": format!("{id}/{}", self.plural),
            "href": call.url,
            "offset": page.offset,
            "limit": page.limit,
            "_links": links(call, page, fitting.len()),
            "items": items,
        })))
    }

    fn get(&self, store: &mut Store, call: &Call) -> Result<Answer, Problem> {
        let cluster = store.cluster_mut(call.argument(0))?;
        let id = cluster.id.clone();
        let member = (self.members)(cluster).get(call.argument(1));
        let member = member.ok_or_else(|| Problem::not_found(self.name))?;
        Ok(Answer::Json(self.describe(&id, member)))
    }

    fn create(
        &self,
        store: &mut Store,
        call: &Call,
        name: &str,
        properties: &Value,
    ) -> Result<Answer, Problem> {
        let now = store.now;
        let cluster = store.cluster_mut(call.argument(0))?;
        let id = cluster.id.clone();
        let members = (self.members)(cluster);
        if members.get(name).is_some() {
            return Err(Problem::not_valid(format!("the {} exists", self.name)));
        }
        members.add(name, object(properties), now);
        let member = members.get(name);
        let member = member.ok_or_else(|| Problem::not_found(self.name))?;
        Ok(Answer::Json(self.describe(&id, member)))
    }

    fn delete(&self, store: &mut Store, call: &Call) -> Result<Answer, Problem> {
        let now = store.now;
        let members = (self.members)(store.cluster_mut(call.argument(0))?);
        members.remove(call.argument(1), now);
        Ok(Answer::Empty(StatusCode::NO_CONTENT))
    }

    fn describe(&self, cluster: &str, member: &Member) -> Value {
        let (name, plural) = (&member.name, self.plural);
        let segment = utf8_percent_encode(name, NON_ALPHANUMERIC);
        json!({
            "type": self.name,
            "id": name,
            "href": format!("https://api.ionos.com/databases/postgresql/clusters/{cluster}/{plural}/{segment}"),
            "metadata": {
                "createdDate": member.created.to_string(),
                "lastModifiedDate": member.modified.to_string(),
                "resourceURN": format!("ionos:postgresql:de-fra:1:clusters/{cluster}/{plural}/{name}"),
            },
            "properties": member.properties,
        })
    }
}
