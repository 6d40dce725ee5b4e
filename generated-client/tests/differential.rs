//! Carries out calls that are described as data, for a comparison with a client that others wrote.
//!
//! `cargo xtask conformance sdk` makes the cases from the document, lets this client and the vendor's
//! Python SDK carry them out against a server that notes what arrives, and compares the two. Nothing
//! is judged here.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::env;
use std::fs;

use ionos_dbaas_postgres::v1::{Client, Error, models::ErrorResponse};
use ionos_dbaas_postgres::{Call, Endpoint, Json, Success};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// One call, as data.
#[derive(Deserialize)]
struct Case {
    operation: String,
    credentials: Value,
    #[serde(flatten)]
    arguments: Arguments,
}

/// The arguments of a call.
#[derive(Deserialize)]
struct Arguments {
    path: BTreeMap<String, Value>,
    query: BTreeMap<String, Value>,
    body: Value,
    /// What the operation has taken, so that an argument it does not know is noticed.
    #[serde(skip)]
    taken: RefCell<Vec<&'static str>>,
}

impl Arguments {
    fn path<'a>(&'a self, name: &'static str) -> &'a str {
        self.taken.borrow_mut().push(name);
        let value = self.path.get(name).and_then(Value::as_str);
        value.expect("the case has the arguments of the path")
    }

    fn query<'a, T: Deserialize<'a>>(&'a self, name: &'static str) -> Option<T> {
        self.taken.borrow_mut().push(name);
        let value = self.query.get(name)?;
        Some(T::deserialize(value).expect("an argument of the parameter's type"))
    }

    /// The body, unless the operation's type cannot express it.
    fn body<'a, T: Deserialize<'a>>(&'a self) -> Result<T, serde_json::Error> {
        T::deserialize(&self.body)
    }

    fn assert_all_taken(&self, operation: &str) {
        let taken = self.taken.borrow();
        for name in self.path.keys().chain(self.query.keys()) {
            assert!(
                taken.contains(&name.as_str()),
                "{operation} takes no {name}"
            );
        }
    }
}

/// One line for an operation: its method, the arguments of its path, `body` where it takes one, and
/// the methods for its optional parameters.
macro_rules! operations {
    (
        $(
            $id:literal => $group:ident.$method:ident($($argument:tt),*)
                $({ $($parameter:literal => $setter:ident),* })?;
        )+
    ) => {
        /// Carries out a case and gives what came of it; the server tells cases apart by the number.
        async fn carry_out(
            client: &Client,
            number: usize,
            case: &Case,
        ) -> Result<Value, serde_json::Error> {
            let arguments = &case.arguments;
            match case.operation.as_str() {
                $(
                    $id => {
                        #[allow(unused_mut, reason = "some operations have no optional parameters")]
                        let mut call = client.$group().$method($(argument!(arguments, $argument)),*);
                        $($(
                            if let Some(value) = arguments.query($parameter) {
                                call = call.$setter(value);
                            }
                        )*)?
                        arguments.assert_all_taken($id);
                        Ok(outcome(call.with_header("X-Case", &number.to_string())).await)
                    }
                )+
                unknown => panic!("the operation {unknown} is missing here"),
            }
        }
    };
}

macro_rules! argument {
    ($arguments:ident, body) => {
        &$arguments.body()?
    };
    ($arguments:ident, $name:literal) => {
        $arguments.path($name)
    };
}

operations! {
    "clustersGet" => clusters.list() {
        "limit" => limit, "offset" => offset, "filter.name" => name_contains
    };
    "clustersPost" => clusters.create(body);
    "clustersFindById" => clusters.get("clusterId");
    "clustersPatch" => clusters.patch("clusterId", body);
    "clustersDelete" => clusters.delete("clusterId");
    "postgresVersionsGet" => clusters.list_postgres_versions();
    "clusterPostgresVersionsGet" => clusters.list_postgres_versions_for_cluster("clusterId");
    "clustersBackupsGet" => backups.list() { "limit" => limit, "offset" => offset };
    "clustersBackupsFindById" => backups.get("backupId");
    "clusterBackupsGet" => backups.list_for_cluster("clusterId") {
        "limit" => limit, "offset" => offset
    };
    "clusterRestorePost" => restores.start("clusterId", body);
    "clusterLogsGet" => logs.get("clusterId") {
        "start" => start, "end" => end, "direction" => direction, "limit" => limit
    };
    "usersList" => users.list("clusterId") {
        "limit" => limit, "offset" => offset, "system" => system
    };
    "usersPost" => users.create("clusterId", body);
    "usersGet" => users.get("clusterId", "username");
    "usersPatch" => users.patch("clusterId", "username", body);
    "usersDelete" => users.delete("clusterId", "username");
    "databasesList" => databases.list("clusterId") { "limit" => limit, "offset" => offset };
    "databasesPost" => databases.create("clusterId", body);
    "databasesGet" => databases.get("clusterId", "databasename");
    "databasesDelete" => databases.delete("clusterId", "databasename");
    "infosVersionGet" => metadata.get_api_version();
    "infosVersionsGet" => metadata.list_api_versions();
}

/// What the client made of the answer, as data.
async fn outcome<E>(call: Call<E>) -> Value
where
    E: Endpoint<Failure = Json<ErrorResponse>>,
    Success<E>: Serialize,
{
    match call.send_with_response().await {
        Ok(response) => {
            let status = response.status().as_u16();
            json!({ "status": status, "value": response.into_value() })
        }
        Err(Error::Api(answer)) => {
            json!({ "status": answer.status().as_u16(), "error": answer.body() })
        }
        Err(other) => json!({ "failure": other.to_string() }),
    }
}

/// A client that sends each call once.
fn client(url: &str, credentials: &Value) -> Client {
    let builder = Client::builder().base_url(url).max_attempts(1);
    let builder = if let Some(token) = credentials["token"].as_str() {
        builder.token(token)
    } else {
        let text = |index: usize| credentials["basic"][index].as_str();
        builder.basic_auth(text(0).expect("a user"), text(1).expect("a password"))
    };
    builder.build().expect("a client")
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("`cargo xtask conformance sdk` sets {name}"))
}

#[tokio::test]
#[ignore = "needs the cases and the server of `cargo xtask conformance sdk`"]
async fn all_cases_are_carried_out() {
    let cases = fs::read(variable("DIFFERENTIAL_CASES")).expect("the cases");
    let cases: Vec<Case> = serde_json::from_slice(&cases).expect("the cases are well-formed");
    let url = variable("DIFFERENTIAL_URL");
    let mut clients = HashMap::new();
    let mut outcomes = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        let client = clients
            .entry(case.credentials.to_string())
            .or_insert_with(|| client(&url, &case.credentials));
        let outcome = carry_out(client, number, case).await;
        outcomes.push(outcome.unwrap_or_else(|error| json!({ "failure": error.to_string() })));
    }
    let outcomes = serde_json::to_vec(&outcomes).expect("outcomes can be written");
    fs::write(variable("DIFFERENTIAL_OUTCOMES"), outcomes).expect("a file that can be written");
}
