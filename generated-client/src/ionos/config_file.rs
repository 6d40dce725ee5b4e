//! The configuration file that the vendor's tools share.

use std::env;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::yaml::{self, Node};
use crate::runtime::{Client, ClientBuilder, ConfigError, Secret};

/// The name of this API in the file.
const PRODUCT: &str = "psql";

/// A longer file is no configuration.
const LONGEST_FILE: u64 = 1024 * 1024;

const CONFIG_FILE: &str = "IONOS_CONFIG_FILE";
const CURRENT_PROFILE: &str = "IONOS_CURRENT_PROFILE";

/// A configuration file as the vendor's tools write it, and what to take from it.
///
/// The file is YAML. A profile names credentials and an environment, and an environment names the
/// servers of its products; this API is the product `psql`:
///
/// ```yaml
/// version: 1.0
/// currentProfile: production
/// profiles:
///   - name: production
///     environment: live
///     credentials:
///       token: ...
/// environments:
///   - name: live
///     products:
///       - name: psql
///         endpoints:
///           - name: https://api.ionos.com
///             certificateAuthData: |
///               -----BEGIN CERTIFICATE-----
///               ...
/// ```
///
/// `certificateAuthData` is trusted beside the authorities of the system. An endpoint with
/// `skipTlsVerify: true` is refused: a client that accepts any certificate gives its credentials to
/// whoever asks. Name the authority instead.
#[derive(Debug, Clone)]
#[must_use = "it does nothing until a builder takes it over"]
pub struct ConfigFile {
    path: PathBuf,
    profile: Option<String>,
    location: Option<String>,
}

impl ConfigFile {
    /// The file at a path.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            profile: None,
            location: None,
        }
    }

    /// The file that `IONOS_CONFIG_FILE` names, or else the first there is of `~/.ionos/config` and
    /// `config.yaml` in the folder `ionosctl` of the user's configuration; nothing where there is
    /// none. `IONOS_CURRENT_PROFILE` chooses the profile.
    ///
    /// # Errors
    ///
    /// A variable is not valid UTF-8.
    pub fn find() -> Result<Option<Self>, ConfigError> {
        let path = match super::set(&|name| env::var(name), CONFIG_FILE)? {
            Some(path) => Some(PathBuf::from(path)),
            None => usual_places().into_iter().find(|path| path.is_file()),
        };
        let profile = super::set(&|name| env::var(name), CURRENT_PROFILE)?;
        Ok(path.map(|path| Self {
            profile,
            ..Self::at(path)
        }))
    }

    /// Takes this profile, rather than the one that the file calls current.
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Takes the endpoint of this location. Without it, it is the one that names no location, or the
    /// only one.
    pub fn location(mut self, name: impl Into<String>) -> Self {
        self.location = Some(name.into());
        self
    }

    fn settings(&self) -> Result<Settings, ConfigError> {
        let text = self.text()?;
        let root = yaml::read(&text).map_err(|fault| self.fault_at(fault.line, fault.reason))?;
        select(&root, self.profile.as_deref(), self.location.as_deref())
            .map_err(|reason| self.fault(&reason))
    }

    fn text(&self) -> Result<Zeroizing<String>, ConfigError> {
        let unreadable = |error: std::io::Error| {
            self.fault(&format!(
                "it cannot be read: {error}; `{CONFIG_FILE}` names another file"
            ))
        };
        let file = fs::File::open(&self.path).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?.len();
        let length = usize::try_from(length.min(LONGEST_FILE)).unwrap_or_default();
        // With room for all of it, reading leaves no copy behind.
        let mut text = Zeroizing::new(String::with_capacity(length + 1));
        // Not every file tells its length before it is read.
        let mut file = file.take(LONGEST_FILE + 1);
        let outcome = file.read_to_string(&mut text);
        if file.limit() == 0 {
            return Err(self.fault("it is longer than 1 MiB, and so no configuration"));
        }
        outcome.map_err(unreadable)?;
        Ok(text)
    }

    fn fault(&self, reason: &str) -> ConfigError {
        ConfigError::File(format!("{}: {reason}", self.path.display()))
    }

    fn fault_at(&self, line: usize, reason: &str) -> ConfigError {
        ConfigError::File(format!("{}:{line}: {reason}", self.path.display()))
    }
}

fn usual_places() -> Vec<PathBuf> {
    let mut places = Vec::new();
    let home = env::home_dir().filter(|home| home.is_absolute());
    if let Some(home) = &home {
        places.push(home.join(".ionos").join("config"));
    }
    if let Some(folder) = config_folder(home.as_deref()) {
        places.push(folder.join("ionosctl").join("config.yaml"));
    }
    places
}

/// The folder for the configuration of the user's programs.
fn config_folder(home: Option<&Path>) -> Option<PathBuf> {
    let absolute = |name: &str| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    if cfg!(windows) {
        absolute("APPDATA")
    } else if cfg!(target_os = "macos") {
        Some(home?.join("Library").join("Application Support"))
    } else {
        absolute("XDG_CONFIG_HOME").or_else(|| Some(home?.join(".config")))
    }
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Takes over a profile of the vendor's configuration file: credentials, server, and authorities.
    /// What the program sets on the builder itself comes before the file's credentials. The
    /// environment is not read.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is no such file, has no such profile, or asks for what this client
    /// does not do. The text names the file and what to do, and never a secret.
    pub fn from_config_file(self, file: &ConfigFile) -> Result<Self, ConfigError> {
        let settings = file.settings()?;
        let builder = self.take_server(&settings);
        Ok(builder.take_credentials(settings))
    }

    /// Takes over what the environment says, as [`from_env`](Self::from_env) does, and what is missing
    /// there from the configuration file that [`ConfigFile::find`] finds: a token or a password of the
    /// environment comes before all credentials of the file, and `IONOS_API_URL` before its server.
    ///
    /// # Errors
    ///
    /// Those of [`from_env`](Self::from_env) and of [`from_config_file`](Self::from_config_file).
    pub fn from_env_or_config_file(self) -> Result<Self, ConfigError> {
        match ConfigFile::find()? {
            Some(file) => self.take_over_with(env::var::<&str>, &file),
            None => self.from_env(),
        }
    }

    pub(super) fn take_over_with(
        self,
        variable: impl Fn(&'static str) -> Result<String, env::VarError>,
        file: &ConfigFile,
    ) -> Result<Self, ConfigError> {
        let has = |name| super::set(&variable, name).map(|value| value.is_some());
        let has_server = has(super::API_URL)?;
        let has_credentials = has(super::TOKEN)? || has(super::USERNAME)? || has(super::PASSWORD)?;
        let mut builder = self.take_over(&variable)?;
        if has_server && has_credentials {
            return Ok(builder);
        }
        let settings = file.settings()?;
        if !has_server {
            builder = builder.take_server(&settings);
        }
        if !has_credentials {
            builder = builder.take_credentials(settings);
        }
        Ok(builder)
    }

    fn take_server(mut self, settings: &Settings) -> Self {
        if let Some(server) = &settings.server {
            self = self.endpoint(server);
        }
        for authority in &settings.authorities {
            self = self.trust_authority(authority.as_bytes());
        }
        self
    }

    fn take_credentials(self, settings: Settings) -> Self {
        match settings.credentials {
            Some(Credentials::Token(token)) => self.default_token(token),
            Some(Credentials::Login(user, password)) => self.default_basic_auth(user, password),
            None => self,
        }
    }
}

/// What a profile comes to.
#[derive(Debug, Default)]
struct Settings {
    credentials: Option<Credentials>,
    server: Option<String>,
    /// Certificate authorities in PEM.
    authorities: Vec<String>,
}

#[derive(Debug)]
enum Credentials {
    Token(Secret),
    Login(String, Secret),
}

fn select(root: &Node, profile: Option<&str>, location: Option<&str>) -> Result<Settings, String> {
    if !matches!(root, Node::Table(_)) {
        return Err("it is not a table with `profiles` and `environments`".to_owned());
    }
    let profiles = items(root, "profiles")?;
    let wanted = match profile {
        Some(name) => Some(name),
        None => text(root, "currentProfile")?,
    };
    let profile = match (wanted, profiles) {
        (Some(name), _) => named(profiles, "profile", name)?,
        (None, [only]) => only,
        (None, _) => {
            return Err(format!(
                "no profile is chosen; set `currentProfile` or {CURRENT_PROFILE} to one of: {}",
                names(profiles)
            ));
        }
    };
    let mut settings = Settings {
        credentials: credentials(profile)?,
        ..Settings::default()
    };
    if let Some(name) = text(profile, "environment")? {
        let environment = named(items(root, "environments")?, "environment", name)?;
        take_environment(environment, location, &mut settings)?;
    }
    match location {
        // The usual server is in no location in particular.
        Some(location) if settings.server.is_none() => Err(no_endpoint(location)),
        _ => Ok(settings),
    }
}

fn take_environment(
    environment: &Node,
    location: Option<&str>,
    settings: &mut Settings,
) -> Result<(), String> {
    add_authority(environment, settings)?;
    let products = items(environment, "products")?;
    let Ok(product) = named(products, "product", PRODUCT) else {
        return Ok(());
    };
    let Some(endpoint) = endpoint(items(product, "endpoints")?, location)? else {
        return Ok(());
    };
    let server = text(endpoint, "name")?;
    let shown = server.unwrap_or("without a name");
    if text(endpoint, "skipTlsVerify")?.is_some_and(|value| !is_false(value)) {
        return Err(format!(
            "the endpoint {shown} asks for `skipTlsVerify`, which this client does not do; \
             give the server's authority as `certificateAuthData`"
        ));
    }
    settings.server = server.map(ToOwned::to_owned);
    add_authority(endpoint, settings)
}

fn is_false(value: &str) -> bool {
    value.eq_ignore_ascii_case("false") || value.eq_ignore_ascii_case("no")
}

fn add_authority(node: &Node, settings: &mut Settings) -> Result<(), String> {
    let authority = text(node, "certificateAuthData")?;
    settings
        .authorities
        .extend(authority.map(ToOwned::to_owned));
    Ok(())
}

fn endpoint<'n>(endpoints: &'n [Node], location: Option<&str>) -> Result<Option<&'n Node>, String> {
    let mut found = Vec::new();
    for endpoint in endpoints {
        if text(endpoint, "location")? == location {
            found.push(endpoint);
        }
    }
    match (found.as_slice(), endpoints, location) {
        ([first, ..], _, _) => Ok(Some(first)),
        ([], [], None) => Ok(None),
        ([], [only], None) => Ok(Some(only)),
        ([], _, Some(location)) => Err(no_endpoint(location)),
        ([], _, None) => Err(format!(
            "the product {PRODUCT} has an endpoint for each of several locations, and none is chosen"
        )),
    }
}

fn no_endpoint(location: &str) -> String {
    format!("the product {PRODUCT} has no endpoint for the location {location}")
}

fn credentials(profile: &Node) -> Result<Option<Credentials>, String> {
    let Some(table) = profile.get("credentials") else {
        return Ok(None);
    };
    if let Some(token) = secret(table, "token")? {
        return Ok(Some(Credentials::Token(token)));
    }
    match (secret(table, "username")?, secret(table, "password")?) {
        (Some(user), Some(password)) => {
            Ok(Some(Credentials::Login(user.expose().to_owned(), password)))
        }
        (None, None) => Ok(None),
        (Some(_), None) => Err("a profile has a `username` without a `password`".to_owned()),
        (None, Some(_)) => Err("a profile has a `password` without a `username`".to_owned()),
    }
}

/// The entry of a list with this name.
fn named<'n>(entries: &'n [Node], kind: &str, name: &str) -> Result<&'n Node, String> {
    let has_name = |entry: &&Node| matches!(text(entry, "name"), Ok(Some(found)) if found == name);
    entries.iter().find(has_name).ok_or_else(|| {
        let known = names(entries);
        format!("there is no {kind} `{name}`; there are: {known}")
    })
}

fn names(entries: &[Node]) -> String {
    let names: Vec<&str> = entries
        .iter()
        .filter_map(|entry| text(entry, "name").ok().flatten())
        .collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}

fn items<'n>(table: &'n Node, key: &str) -> Result<&'n [Node], String> {
    match table.get(key) {
        None => Ok(&[]),
        Some(Node::List(items)) => Ok(items),
        Some(Node::Text(text)) if is_absent(text.expose()) => Ok(&[]),
        Some(_) => Err(format!("`{key}` is not a list")),
    }
}

/// The text of a key that is no secret.
fn text<'n>(table: &'n Node, key: &str) -> Result<Option<&'n str>, String> {
    match table.get(key) {
        None => Ok(None),
        Some(Node::Text(text)) => Ok(Some(text.expose()).filter(|text| !is_absent(text))),
        Some(_) => Err(format!("`{key}` is not a text")),
    }
}

fn secret(table: &Node, key: &str) -> Result<Option<Secret>, String> {
    Ok(text(table, key)?.map(Secret::from))
}

/// What YAML and the vendor's tools write for nothing.
fn is_absent(text: &str) -> bool {
    matches!(text, "" | "~" | "null")
}

#[cfg(test)]
mod tests;
