//! What the client takes from the environment. Each test runs itself again in an environment of its own.
#![cfg(feature = "config-file")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use bytes::Bytes;
use http::{Request, Response, header::AUTHORIZATION};
use ionos_dbaas_postgres::v1::Client;
use ionos_dbaas_postgres::{
    BoxFuture, Outcome, ResponseBody, Transport, TransportError, TransportErrorKind,
};

/// Says to a test that it is the one with an environment of its own.
const INNER: &str = "ENVIRONMENT_OF_ITS_OWN";

const FILE: &str = "\
version: 1.0
currentProfile: live
profiles:
  - name: live
    credentials: {token: live-token}
  - name: test
    credentials: {token: test-token}
";

/// A folder that is removed with the value.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("environment-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("the folder for temporary files can be written");
        Self(path)
    }

    /// Writes the vendor's configuration.
    fn with(self, path: &[&str]) -> Self {
        let file = self.file(path);
        let folder = file.parent().expect("a file has a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(file, FILE).expect("a file can be written");
        self
    }

    fn file(&self, path: &[&str]) -> PathBuf {
        path.iter()
            .fold(self.0.clone(), |path, part| path.join(part))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs the test of this name again with these variables alone, and gives what it tells.
fn again(test: &str, home: &Path, variables: &[(&str, &str)]) -> String {
    let program = env::current_exe().expect("a test is a program");
    let output = Command::new(program)
        .args(["--exact", test, "--nocapture"])
        .env_clear()
        // What the system itself needs.
        .envs(
            env::vars_os().filter(|(name, _)| name == "SystemRoot" || name == "LLVM_PROFILE_FILE"),
        )
        .env("HOME", home)
        .env("USERPROFILE", home)
        .env("APPDATA", home.join("roaming"))
        .env(INNER, "1")
        .envs(variables.iter().copied())
        .output()
        .expect("a program that runs can run again");
    let told = String::from_utf8(output.stdout).expect("it tells a text");
    assert!(output.status.success(), "{told}");
    let line = told.lines().find_map(|line| line.split_once("told: "));
    line.expect("it tells something").1.to_owned()
}

/// Tells whom a call is for and with which credentials, and answers none.
struct Witness;

impl Transport for Witness {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Box<dyn ResponseBody>>, TransportError>> {
        let credentials = request.headers().get(AUTHORIZATION);
        let credentials = credentials.and_then(|value| value.to_str().ok());
        println!(
            "told: {} {}",
            request.uri(),
            credentials.unwrap_or_default()
        );
        let error = TransportError::new(
            TransportErrorKind::Connect,
            Outcome::NotSent,
            "nobody is there",
        );
        Box::pin(async { Err(error) })
    }
}

/// Tells what becomes of a call of the client that the environment configures, or what is wrong with
/// it. False where this is the process that has to start another one.
async fn is_inner() -> bool {
    if env::var_os(INNER).is_none() {
        return false;
    }
    let builder = Client::builder().from_env_or_config_file();
    match builder.and_then(|builder| builder.transport(Witness).build()) {
        Ok(client) => {
            let call = client.metadata().get_api_version().with_max_attempts(1);
            let _ = call.await;
        }
        Err(error) => println!("told: {error}"),
    }
    true
}

const OFFICIAL: &str = "https://api.ionos.com/databases/postgresql/infos/version";

#[tokio::test]
async fn the_file_of_the_home_folder_comes_before_that_of_ionosctl() {
    let test = "the_file_of_the_home_folder_comes_before_that_of_ionosctl";
    if is_inner().await {
        return;
    }
    let home = Folder::new("home").with(&[".ionos", "config"]);
    let told = again(test, &home.0, &[]);
    assert_eq!(told, format!("{OFFICIAL} Bearer live-token"));
    let told = again(test, &home.0, &[("IONOS_CURRENT_PROFILE", "test")]);
    assert_eq!(told, format!("{OFFICIAL} Bearer test-token"));
    let told = again(test, &home.0, &[("IONOS_CURRENT_PROFILE", "other")]);
    assert!(told.contains("other"), "{told}");
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn ionosctl_keeps_a_file_below_the_folder_of_configurations() {
    let test = "ionosctl_keeps_a_file_below_the_folder_of_configurations";
    if is_inner().await {
        return;
    }
    let home = Folder::new("ionosctl").with(&[".config", "ionosctl", "config.yaml"]);
    let told = again(test, &home.0, &[]);
    assert_eq!(told, format!("{OFFICIAL} Bearer live-token"));
    let elsewhere = Folder::new("elsewhere").with(&["ionosctl", "config.yaml"]);
    let path = elsewhere.0.display().to_string();
    let empty = Folder::new("empty");
    let told = again(test, &empty.0, &[("XDG_CONFIG_HOME", &path)]);
    assert_eq!(told, format!("{OFFICIAL} Bearer live-token"));
}

#[tokio::test]
async fn a_variable_names_another_file_and_others_come_before_it() {
    let test = "a_variable_names_another_file_and_others_come_before_it";
    if is_inner().await {
        return;
    }
    let home = Folder::new("named").with(&["other.yaml"]);
    let path = home.file(&["other.yaml"]).display().to_string();
    let file = ("IONOS_CONFIG_FILE", path.as_str());
    let told = again(test, &home.0, &[file]);
    assert_eq!(told, format!("{OFFICIAL} Bearer live-token"));
    let variables = [
        file,
        ("IONOS_TOKEN", "variable"),
        ("IONOS_API_URL", "own.example"),
    ];
    let told = again(test, &home.0, &variables);
    let own = "https://own.example/databases/postgresql/infos/version";
    assert_eq!(told, format!("{own} Bearer variable"));
    let missing = home.file(&["missing"]).display().to_string();
    let told = again(test, &home.0, &[("IONOS_CONFIG_FILE", &missing)]);
    assert!(told.contains(&missing), "{told}");
}

#[tokio::test]
async fn without_a_file_there_are_the_variables() {
    let test = "without_a_file_there_are_the_variables";
    if is_inner().await {
        return;
    }
    let home = Folder::new("nothing");
    let told = again(test, &home.0, &[("IONOS_TOKEN", "variable")]);
    assert_eq!(told, format!("{OFFICIAL} Bearer variable"));
    let told = again(test, &home.0, &[("IONOS_USERNAME", "u")]);
    assert!(told.contains("IONOS_PASSWORD"), "{told}");
}

#[tokio::test]
async fn a_file_that_is_too_long_is_no_configuration() {
    let test = "a_file_that_is_too_long_is_no_configuration";
    if is_inner().await {
        return;
    }
    let home = Folder::new("long").with(&[".ionos", "config"]);
    let long = "#".repeat(1024 * 1024 + 1);
    fs::write(home.file(&[".ionos", "config"]), long).expect("a file can be written");
    let told = again(test, &home.0, &[]);
    assert!(told.contains("longer than 1 MiB"), "{told}");
}
