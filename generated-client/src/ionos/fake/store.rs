//! What the fake keeps: clusters with their users and databases, and backups.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::answer::Problem;

/// How long changes take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timing {
    /// How long a change keeps a cluster busy.
    pub(super) busy: Duration,
    /// How long a changed cluster still shows its old state.
    pub(super) stale: Duration,
    /// How long a cluster takes to go.
    pub(super) destroying: Duration,
}

#[derive(Debug)]
pub(super) struct Store {
    pub(super) now: Timestamp,
    pub(super) timing: Timing,
    /// The only token that is accepted; nothing where all credentials are.
    pub(super) token: Option<String>,
    /// Those that are gone stay, because backups go back to their history.
    clusters: Vec<Cluster>,
    pub(super) backups: Vec<Backup>,
    serial: u64,
}

#[derive(Debug)]
pub(super) struct Cluster {
    pub(super) id: String,
    pub(super) properties: Map<String, Value>,
    pub(super) users: Members,
    pub(super) databases: Members,
    pub(super) log: Vec<(Timestamp, String)>,
    created: Timestamp,
    modified: Timestamp,
    condition: Condition,
}

#[derive(Debug, Clone, Copy)]
enum Condition {
    Available,
    /// Shown from the first moment to the second one.
    Busy(Timestamp, Timestamp),
    Failed(Timestamp),
    Destroying(Timestamp),
    Gone,
}

#[derive(Debug)]
pub(super) struct Backup {
    pub(super) id: String,
    pub(super) cluster: String,
    created: Timestamp,
    version: Value,
    location: Value,
}

/// Users or databases, with those that are no more.
#[derive(Debug, Clone, Default)]
pub(super) struct Members(Vec<Member>);

#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) properties: Map<String, Value>,
    pub(super) created: Timestamp,
    pub(super) modified: Timestamp,
    deleted: Option<Timestamp>,
}

/// A moment some time after another one; a sum that no calendar holds is the end of time.
pub(super) fn later(moment: Timestamp, duration: Duration) -> Timestamp {
    SignedDuration::try_from(duration)
        .ok()
        .and_then(|duration| moment.checked_add(duration).ok())
        .unwrap_or(Timestamp::MAX)
}

impl Store {
    pub(super) fn new(now: Timestamp) -> Self {
        Self {
            now,
            timing: Timing {
                busy: Duration::from_secs(300),
                stale: Duration::from_secs(2),
                destroying: Duration::from_secs(60),
            },
            token: None,
            clusters: Vec::new(),
            backups: Vec::new(),
            serial: 0,
        }
    }

    /// Lets happen what was to happen until now.
    pub(super) fn catch_up(&mut self, now: Timestamp) {
        self.now = now;
        let mut first_backups = Vec::new();
        for cluster in &mut self.clusters {
            match cluster.condition {
                Condition::Busy(_, until) | Condition::Failed(until) if until <= now => {
                    cluster.condition = Condition::Available;
                    if !self
                        .backups
                        .iter()
                        .any(|backup| backup.cluster == cluster.id)
                    {
                        first_backups.push((cluster.id.clone(), until));
                    }
                }
                Condition::Destroying(until) if until <= now => cluster.condition = Condition::Gone,
                _ => {}
            }
        }
        for (cluster, created) in first_backups {
            self.serial += 1;
            let id = format!("{cluster}-{:07}-12", self.serial);
            self.back_up(&cluster, id, created);
        }
    }

    /// Adds a backup in place of one with the same ID, where there is such a cluster.
    pub(super) fn back_up(&mut self, cluster: &str, id: String, created: Timestamp) -> bool {
        let Some(found) = self.clusters.iter().find(|one| one.id == cluster) else {
            return false;
        };
        let property = |name| found.properties.get(name).cloned().unwrap_or_default();
        let (version, location) = (property("postgresVersion"), property("backupLocation"));
        self.backups.retain(|backup| backup.id != id);
        self.backups.push(Backup {
            id,
            cluster: cluster.to_owned(),
            created,
            version,
            location,
        });
        true
    }

    /// Takes a cluster out, with its history.
    pub(super) fn remove(&mut self, id: &str) {
        self.clusters.retain(|cluster| cluster.id != id);
    }

    /// An ID in the form of a UUID, another one each time and the same ones in every run.
    pub(super) fn next_id(&mut self) -> String {
        self.serial += 1;
        format!("498ae72f-411f-11eb-9d07-{:012x}", self.serial)
    }

    /// A cluster that begins to be created now.
    pub(super) fn new_cluster(&self, id: String, properties: Map<String, Value>) -> Cluster {
        let until = later(self.now, self.timing.busy);
        Cluster {
            id,
            properties,
            users: Members::default(),
            databases: Members::default(),
            log: vec![(self.now, "the cluster is created".to_owned())],
            created: self.now,
            modified: self.now,
            condition: Condition::Busy(self.now, until),
        }
    }

    pub(super) fn add(&mut self, cluster: Cluster) {
        self.clusters.push(cluster);
    }

    pub(super) fn clusters(&self) -> impl Iterator<Item = &Cluster> {
        let gone = |cluster: &Cluster| matches!(cluster.condition, Condition::Gone);
        self.clusters.iter().filter(move |cluster| !gone(cluster))
    }

    pub(super) fn cluster(&self, id: &str) -> Result<&Cluster, Problem> {
        self.clusters()
            .find(|cluster| cluster.id == id)
            .ok_or_else(|| Problem::not_found("cluster"))
    }

    pub(super) fn cluster_mut(&mut self, id: &str) -> Result<&mut Cluster, Problem> {
        self.clusters
            .iter_mut()
            .find(|cluster| cluster.id == id && !matches!(cluster.condition, Condition::Gone))
            .ok_or_else(|| Problem::not_found("cluster"))
    }

    pub(super) fn backup(&self, id: &str) -> Result<&Backup, Problem> {
        let found = self.backups.iter().find(|backup| backup.id == id);
        found.ok_or_else(|| Problem::not_found("backup"))
    }

    /// Users and databases of a backup's cluster as they were at a moment.
    pub(super) fn contents(
        &self,
        backup: &str,
        moment: Timestamp,
    ) -> Result<(Members, Members), Problem> {
        let backup = self.backup(backup)?;
        if moment < backup.created || moment > self.now {
            return Err(Problem::not_valid(
                "the backup cannot be restored to this point in time",
            ));
        }
        let cluster = self.clusters.iter().find(|one| one.id == backup.cluster);
        let contents = cluster.map(|one| (one.users.at(moment), one.databases.at(moment)));
        Ok(contents.unwrap_or_default())
    }
}

impl Cluster {
    pub(super) fn state(&self, now: Timestamp) -> &'static str {
        match self.condition {
            Condition::Busy(from, _) if from <= now => "BUSY",
            Condition::Available | Condition::Busy(..) => "AVAILABLE",
            Condition::Failed(_) => "FAILED",
            Condition::Destroying(_) | Condition::Gone => "DESTROYING",
        }
    }

    /// A change is under way; it takes a while to show.
    pub(super) fn change(&mut self, now: Timestamp, timing: Timing, what: &str) {
        self.modified = now;
        self.log.push((now, what.to_owned()));
        self.condition = match self.condition {
            Condition::Destroying(until) => Condition::Destroying(until),
            Condition::Busy(from, _) => Condition::Busy(from, later(now, timing.busy)),
            _ => Condition::Busy(later(now, timing.stale), later(now, timing.busy)),
        };
    }

    pub(super) fn destroy(&mut self, until: Timestamp) {
        if !matches!(self.condition, Condition::Destroying(_)) {
            self.condition = Condition::Destroying(until);
        }
    }

    pub(super) fn fail(&mut self, until: Timestamp) {
        self.condition = Condition::Failed(until);
    }

    pub(super) fn settle(&mut self) {
        self.condition = Condition::Available;
    }

    /// As the service describes it.
    pub(super) fn describe(&self, now: Timestamp) -> Value {
        json!({
            "type": "cluster",
            "id": self.id,
            "metadata": {
                "createdDate": self.created.to_string(),
                "createdBy": "fake@example.com",
                "lastModifiedDate": self.modified.to_string(),
                "lastModifiedBy": "fake@example.com",
                "state": self.state(now),
            },
            "properties": self.properties,
        })
    }
}

impl Backup {
    /// As the service describes it.
    pub(super) fn describe(&self, store: &Store) -> Value {
        let mut properties = json!({
            "id": self.id,
            "clusterId": self.cluster,
            "version": self.version,
            "isActive": store.cluster(&self.cluster).is_ok(),
            "earliestRecoveryTargetTime": self.created.to_string(),
            "size": 2052,
        });
        if !self.location.is_null() {
            properties["location"] = self.location.clone();
        }
        json!({
            "type": "backup",
            "id": self.id,
            "metadata": { "createdDate": self.created.to_string(), "state": "AVAILABLE" },
            "properties": properties,
        })
    }
}

impl Members {
    pub(super) fn list(&self) -> impl Iterator<Item = &Member> {
        self.0.iter().filter(|member| member.deleted.is_none())
    }

    pub(super) fn get(&self, name: &str) -> Option<&Member> {
        self.list().find(|member| member.name == name)
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Member> {
        let mut present = self.0.iter_mut().filter(|one| one.deleted.is_none());
        present.find(|member| member.name == name)
    }

    pub(super) fn add(&mut self, name: &str, properties: Map<String, Value>, now: Timestamp) {
        self.0.push(Member {
            name: name.to_owned(),
            properties,
            created: now,
            modified: now,
            deleted: None,
        });
    }

    pub(super) fn remove(&mut self, name: &str, now: Timestamp) {
        if let Some(member) = self.get_mut(name) {
            member.deleted = Some(now);
        }
    }

    /// Puts others in the place of all that are there.
    pub(super) fn replace(&mut self, others: Self, now: Timestamp) {
        for member in self.0.iter_mut().filter(|one| one.deleted.is_none()) {
            member.deleted = Some(now);
        }
        self.0.extend(others.0);
    }

    fn at(&self, moment: Timestamp) -> Self {
        let there = |member: &&Member| {
            member.created <= moment && member.deleted.is_none_or(|deleted| deleted > moment)
        };
        let members = self.0.iter().filter(there).cloned();
        Self(
            members
                .map(|member| Member {
                    deleted: None,
                    ..member
                })
                .collect(),
        )
    }
}
