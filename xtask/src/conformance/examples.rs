//! The client's examples, as somebody runs them: against the stand-in for the service, which remembers
//! what it is told, and against Prism, which knows the document and none of our code.

use std::{
    collections::BTreeMap,
    io::Write as _,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};

use crate::{failure::Failure, process, workspace::Workspace};

use super::{
    fake,
    prism::{Answers, Prism},
};

/// What `examples/fake_service.rs` accepts.
const TOKEN: &str = "fake-token";

/// What the vendor's tools add to the URL of a server.
const PREFIX: &str = "/databases/postgresql";

/// A cluster of the document's samples.
const SAMPLE: &str = "498ae72f-411f-11eb-9d07-046c59cc737e";

/// Its name on the network.
const SAMPLE_HOST: &str = "pg.example.com";

const NETWORK: [&str; 3] = ["3ba0e1b4-4a4f-4b3c-8f0a-6f6c0c0b2c3d", "1", "10.1.1.5/24"];

const PASSWORD: &str = "correct horse battery\n";

pub(super) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let programs = &build(workspace)?;
    let stand_in = fake::start(workspace, programs, 1)?;
    let url = stand_in.url();
    let examples = Examples { programs, url };
    examples.work()?;
    examples.fail()?;
    drop(stand_in);
    let prism = Prism::install(workspace, Some(PREFIX))?;
    let prism = prism.start(workspace, Answers::Samples)?;
    let url = prism.url();
    Examples { programs, url }.answer()
}

/// The programs of the examples by their names.
pub(super) type Programs = BTreeMap<String, PathBuf>;

/// Builds the examples and says where they are, as cargo tells it. Run by cargo, one would outlive cargo.
pub(super) fn build(workspace: &Workspace) -> Result<Programs, Failure> {
    let messages = process::output(
        process::cargo(workspace)
            .args(["build", "--quiet", "--package", "ionos-dbaas-postgres"])
            .args(["--all-features", "--examples", "--message-format", "json"]),
    )?;
    let program = |message: Value| {
        let program = message["executable"].as_str()?;
        Some((
            message["target"]["name"].as_str()?.to_owned(),
            program.into(),
        ))
    };
    Ok(messages
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok().and_then(program))
        .collect())
}

/// The program of an example.
pub(super) fn program<'p>(programs: &'p Programs, name: &str) -> Result<&'p PathBuf, Failure> {
    let program = programs.get(name);
    program.ok_or_else(|| Failure::Problem(format!("cargo has built no example {name}")))
}

/// The examples, and the server that they call.
struct Examples<'p> {
    programs: &'p Programs,
    url: String,
}

impl Examples<'_> {
    /// One after the other they see what those before have done.
    fn work(&self) -> Result<(), Failure> {
        let created = self.succeed(
            "create_cluster",
            &NETWORK,
            &["created ", "BUSY", "ready at pg-"],
        )?;
        let id = created
            .lines()
            .find_map(|line| line.strip_prefix("created "));
        let id = id.ok_or_else(|| Failure::Problem(format!("no ID in {created}")))?;
        self.succeed("list_clusters", &[], &[id, SAMPLE, "AVAILABLE", "example"])?;
        let rotated = format!("owner of {id} has a new password");
        self.succeed("rotate_password", &[id, "owner"], &[&rotated])?;
        let restoring = format!("restoring {id} from ");
        self.succeed("restore", &[id], &[&restoring, "done"])?;
        self.succeed("read_logs", &[id], &["T", "Z "])?;
        let exported = self.succeed("export_contract", &[], &[])?;
        let exported = serde_json::from_str::<Value>(&exported).unwrap_or_default();
        let clusters = exported["clusters"].as_array().map_or(0, Vec::len);
        let users = exported.pointer("/clusters/0/users/0/properties/username");
        if clusters == 2 && users.is_some() && is_as_ordered(&exported, id) {
            return Ok(());
        }
        Err(Failure::Problem(format!(
            "the export is incomplete, or not as ordered: {exported:#}"
        )))
    }

    /// Each says what went wrong, and what the server said.
    fn fail(&self) -> Result<(), Failure> {
        for (name, arguments) in [
            ("list_clusters", [].as_slice()),
            ("export_contract", &[]),
            ("create_cluster", &NETWORK),
        ] {
            self.refused(name, arguments, "another-token", &["401"])?;
        }
        let missing = "00000000-0000-0000-0000-000000000000";
        let unknown = ["404", "cluster"];
        self.refused("rotate_password", &[missing, "owner"], TOKEN, &unknown)?;
        self.refused("restore", &[missing], TOKEN, &unknown)?;
        self.refused("read_logs", &[missing], TOKEN, &unknown)?;
        for name in ["create_cluster", "rotate_password", "restore", "read_logs"] {
            self.refused(name, &[], TOKEN, &["usage: ", name])?;
        }
        let no_file = [SAMPLE, "benjamin", "no/such/file"];
        self.refused("rotate_password", &no_file, TOKEN, &["no/such/file"])
    }

    /// The answers come from the document, whatever is asked for.
    fn answer(&self) -> Result<(), Failure> {
        let created = format!("created {SAMPLE}\n");
        let ready = format!("ready at {SAMPLE_HOST}\n");
        self.succeed("create_cluster", &NETWORK, &[&created, &ready])?;
        self.succeed("list_clusters", &[], &["STATE", "AVAILABLE"])?;
        self.succeed(
            "rotate_password",
            &[SAMPLE, "benjamin"],
            &["has a new password"],
        )?;
        self.succeed("restore", &[SAMPLE], &["restoring ", "done"])?;
        self.succeed("read_logs", &[SAMPLE], &[":"])?;
        self.succeed("export_contract", &[], &["\"clusters\"", "\"backups\""])?;
        Ok(())
    }

    /// Runs an example that must succeed and print all of this, and gives what it prints.
    fn succeed(&self, name: &str, arguments: &[&str], shows: &[&str]) -> Result<String, Failure> {
        let output = self.run(name, arguments, TOKEN)?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let is_right = output.status.success() && shows.iter().all(|part| text.contains(part));
        is_right
            .then_some(text)
            .ok_or_else(|| unexpected(name, shows, &output))
    }

    /// Runs an example that must fail and say all of this in a line, without a panic.
    fn refused(
        &self,
        name: &str,
        arguments: &[&str],
        token: &str,
        says: &[&str],
    ) -> Result<(), Failure> {
        let output = self.run(name, arguments, token)?;
        let text = String::from_utf8_lossy(&output.stderr);
        let line = text.lines().find(|line| line.starts_with("error: "));
        let is_clear = line.is_some_and(|line| says.iter().all(|part| line.contains(part)));
        if output.status.code() == Some(1) && is_clear {
            return Ok(());
        }
        Err(unexpected(name, says, &output))
    }

    fn run(&self, name: &str, arguments: &[&str], token: &str) -> Result<Output, Failure> {
        let mut command = Command::new(program(self.programs, name)?);
        command
            .args(arguments)
            .env("IONOS_API_URL", &self.url)
            .env("IONOS_TOKEN", token)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .map_err(|error| process::cannot_run(&command, &error))?;
        if let Some(mut input) = child.stdin.take() {
            // One that reads nothing may have ended already.
            let _ = input.write_all(PASSWORD.as_bytes());
        }
        child
            .wait_with_output()
            .map_err(|error| Failure::Problem(format!("{name}: {error}")))
    }
}

/// Whether the cluster of this ID is the one that `create_cluster` asks for.
fn is_as_ordered(exported: &Value, id: &str) -> bool {
    let [datacenter, lan, cidr] = NETWORK;
    let ordered = json!({
        "displayName": "example",
        "location": "de/fra",
        "instances": 1,
        "cores": 2,
        "ram": 4096,
        "storageSize": 20480,
        "storageType": "SSD Premium",
        "connections": [{ "datacenterId": datacenter, "lanId": lan, "cidr": cidr }],
        "synchronizationMode": "ASYNCHRONOUS",
    });
    let clusters = exported["clusters"].as_array().into_iter().flatten();
    let mut found = clusters.filter(|one| one["cluster"]["id"] == id);
    let Some(cluster) = found.next() else {
        return false;
    };
    let got = &cluster["cluster"]["properties"];
    let mut ordered = ordered.as_object().into_iter().flatten();
    ordered.all(|(name, value)| got[name] == *value)
}

fn unexpected(name: &str, expected: &[&str], output: &Output) -> Failure {
    Failure::Problem(format!(
        "the example {name} ended with {} and should say {expected:?}:\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    ))
}
