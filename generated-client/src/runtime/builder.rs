//! Configuration of a client.

mod credentials;
mod servers;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::auth::Credentials;
use super::budget::RetryBudget;
use super::client::{Limits, Shared};
use super::connections::{Connections, Pin};
use super::retry::RetryPolicy;
use super::servers::{OperationServers, Transports};
use super::{Api, Client, Clock, Middleware, Secret, TokioClock, Transport};
use servers::{Base, resolve};

/// This crate, and the generator that the runtime belongs to.
const USER_AGENT_OF_CRATE: &str = concat!(
    env!("CARGO_PKG_NAME"),
    "/",
    env!("CARGO_PKG_VERSION"),
    " openapi-client-generator/0.1.0"
);

/// Configures a client. Nothing is read from the environment unless a method says so.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C> {
    api: &'static Api,
    base: Base,
    /// Where the document was published.
    document_url: Option<String>,
    /// Values for the variables of servers, by name.
    server_variables: Vec<(String, String)>,
    /// URLs in place of the servers that operations have of their own.
    operation_servers: Vec<(String, String)>,
    credentials: Credentials,
    default_credentials: Credentials,
    external_credentials: bool,
    headers: HeaderMap,
    fault: Option<ConfigError>,
    limits: Limits,
    retry: RetryPolicy,
    budget: u32,
    #[cfg(feature = "validate")]
    validates: bool,
    plain_http: bool,
    transport: Option<Box<dyn Transport>>,
    clock: Box<dyn Clock>,
    middleware: Vec<Box<dyn Middleware>>,
    connections: Connections,
    client: PhantomData<fn() -> C>,
}

/// Why a client cannot be built.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConfigError {
    /// The base URL cannot be used; the text says why.
    BaseUrl(String),
    /// A header cannot be sent; the text says why.
    Header(String),
    /// A configuration file cannot be used; the text says which and why.
    File(String),
    /// A variable of the environment cannot be used; the text says which and why.
    Environment(String),
    /// Credentials are incomplete or contradict each other; the text says how.
    Credentials(String),
    /// A certificate, a pin, a proxy or another setting of connections cannot be used; the text says
    /// which and why.
    Connection(String),
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl(reason) => write!(formatter, "the base URL cannot be used: {reason}"),
            Self::Header(reason) => write!(formatter, "a header cannot be sent: {reason}"),
            Self::Environment(reason) => {
                write!(formatter, "the environment cannot be used: {reason}")
            }
            Self::File(reason) => {
                write!(formatter, "the configuration file cannot be used: {reason}")
            }
            Self::Credentials(reason) => {
                write!(formatter, "the credentials cannot be used: {reason}")
            }
            Self::Connection(reason) => write!(formatter, "connections cannot be set up: {reason}"),
        }
    }
}

impl std::error::Error for ConfigError {}

impl<C: From<Client>> ClientBuilder<C> {
    /// Starts with the defaults of this crate and a base URL, for an API that declares nothing.
    pub fn new(base_url: &str) -> Self {
        Self::starting(&Api::NONE, Base::Url(base_url.to_owned()))
    }

    /// Starts with the defaults of this crate, and with the first server that a document declares.
    pub fn for_api(api: &'static Api) -> Self {
        Self::starting(api, Base::Default)
    }

    fn starting(api: &'static Api, base: Base) -> Self {
        Self {
            api,
            base,
            document_url: None,
            server_variables: Vec::new(),
            operation_servers: Vec::new(),
            external_credentials: false,
            credentials: Credentials::default(),
            default_credentials: Credentials::default(),
            headers: HeaderMap::new(),
            fault: None,
            limits: Limits {
                attempt: Duration::from_secs(60),
                total: Duration::from_secs(180),
                idle: Duration::from_secs(120),
                body: 64 * 1024 * 1024,
            },
            retry: RetryPolicy { max_attempts: 4 },
            budget: 50,
            #[cfg(feature = "validate")]
            validates: false,
            plain_http: false,
            transport: None,
            clock: Box::new(TokioClock),
            middleware: Vec::new(),
            connections: Connections::default(),
            client: PhantomData,
        }
    }

    /// Names the program in the header `User-Agent`, before this crate and the generator, for example
    /// `backup-drill/2.1`.
    pub fn application(mut self, product: &str) -> Self {
        let all = format!("{product} {USER_AGENT_OF_CRATE}");
        if let Ok(value) = HeaderValue::from_str(&all) {
            self.headers.insert(USER_AGENT, value);
        } else {
            let reason = "the program's name holds a character that none can carry";
            self.fault
                .get_or_insert(ConfigError::Header(reason.to_owned()));
        }
        self
    }

    /// A header that every request carries. Its value does not show in debug output.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let parsed = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        );
        if let (Ok(name), Ok(mut value)) = parsed {
            value.set_sensitive(true);
            self.headers.insert(name, value);
        } else {
            let reason = format!("`{name}` or its value holds a character that none can carry");
            self.fault.get_or_insert(ConfigError::Header(reason));
        }
        self
    }

    /// The most time for a connection to be made; 10 seconds by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connections.connect_timeout = timeout;
        self
    }

    /// The most time for one attempt, from the connection to the end of the answer, or to its head
    /// where the call gives a stream; 60 seconds by default.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt = timeout;
        self
    }

    /// The most time for a call, all attempts and pauses included; 180 seconds by default. A call that
    /// gives a stream ends with the head of the answer.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.limits.total = deadline;
        self
    }

    /// The most time for which a stream may say nothing at all; 120 seconds by default. It begins anew
    /// with each piece that arrives, and does not run while the program does something else than to
    /// wait for the stream.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.limits.idle = timeout;
        self
    }

    /// The most attempts of a call, the first one included; 4 by default, 1 for none but the first.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.retry.max_attempts = attempts.max(1);
        self
    }

    /// How many retries all calls of the client may make together before calls that succeed have
    /// paid for more, ten for one; 50 by default.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.budget = retries;
        self
    }

    /// The most bytes of an answer; 64 MiB by default. A longer one is an error. A stream may be longer
    /// as long as no more than this has to be held of it at once.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// Allows `http` to servers other than this machine, and through a proxy, which sends credentials in the
    /// clear.
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Trusts a certificate authority, or several, in PEM, beside those of the system.
    pub fn trust_authority(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.connections.authorities.push(pem.into());
        self
    }

    /// Accepts a server only where the SHA-256 digest of its own certificate, in hexadecimal digits,
    /// is this one, as `openssl x509 -fingerprint -sha256` and browsers show it. This comes on top of
    /// the checks of name, time and authority, and before any part of a request is sent. A server that
    /// renews its certificate needs another pin.
    pub fn certificate_pin(mut self, sha256: &str) -> Self {
        self.connections.pin = Pin::parse(sha256);
        if self.connections.pin.is_none() {
            self.refuse("a certificate pin is not 64 hexadecimal digits");
        }
        self
    }

    /// Shows a certificate of the client's own to the server, as the security scheme `mutualTLS` asks
    /// for: a chain and its key, both in PEM.
    pub fn identity(mut self, certificates: impl Into<Vec<u8>>, key: impl Into<Secret>) -> Self {
        self.connections.identity = Some((certificates.into(), key.into()));
        self
    }

    /// Notes a setting of connections that cannot be used.
    fn refuse(&mut self, reason: &str) {
        self.fault
            .get_or_insert(ConfigError::Connection(reason.to_owned()));
    }

    /// Accepts a server only where the SHA-256 digest of its public key is this one, like
    /// `sha256/PkKtgTmHGDkLa0kEmLJwcGWGdFvHNOyJ1PLgeaQbqTM=`; where this is called several times, one of
    /// the keys will do, so that the next one can be named before the server changes to it. A renewed
    /// certificate for the same key needs no other pin. The digest is that of the
    /// `SubjectPublicKeyInfo`, as curl and RFC 7469 know it. This comes on top of all other checks, like
    /// [`certificate_pin`](Self::certificate_pin).
    pub fn public_key_pin(mut self, sha256: &str) -> Self {
        let pin = Pin::parse_key(sha256);
        if pin.is_none() {
            self.refuse("the pin of a certificate's public key is not `sha256/` and base64");
        }
        self.connections.key_pins.extend(pin);
        self
    }

    /// Sends requests through an HTTP proxy, such as `http://user:password@proxy.example:3128`. A
    /// server that is reached over `https` is so through the proxy, too, which sees its name only.
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.connections.proxy = Some(url.into());
        self
    }

    /// Sends requests by something other than the HTTP library of this crate. The limit for making
    /// connections and trusted authorities have no effect then; pins, an identity and a proxy are an error
    /// of [`build`](Self::build).
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Checks the parameters and the body of every request against the limits of the document before it is
    /// sent; off by default, as a service may allow more than it did when this crate was made. A call with
    /// anything that is not allowed fails with [`Error::Request`](super::Error::Request), and
    /// [`Error::violations`](super::Error::violations) names everything that is wrong with it.
    #[cfg(feature = "validate")]
    pub fn validate_requests(mut self) -> Self {
        self.validates = true;
        self
    }

    /// Lets a middleware see every attempt, behind those that were added before: a signature that
    /// covers headers belongs behind what sets them. The answer passes them in reverse.
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Box::new(middleware));
        self
    }

    /// Tells the time by something other than the clock of the tokio runtime.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Builds the client. No connection is made yet.
    pub fn build(self) -> Result<C, ConfigError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        self.credentials.check_schemes(self.api)?;
        let resolved = resolve(&self)?;
        let base_url = resolved.base_url;
        // A transport of the caller's own shows what it likes.
        let has_identity = self.connections.identity.is_some() || self.transport.is_some();
        let (transport, others) = match self.transport {
            Some(transport) => {
                self.connections.check_unused()?;
                (transport, Transports::Callers)
            }
            None => (
                own_transport(&base_url, &self.connections).map_err(ConfigError::Connection)?,
                Transports::Own(Box::new(self.connections)),
            ),
        };
        let credentials = self.credentials.or(self.default_credentials);
        credentials.check_users()?;
        let operation_servers = OperationServers::new(&base_url, resolved.operations, others);
        let mut headers = self.headers;
        headers
            .entry(USER_AGENT)
            .or_insert(HeaderValue::from_static(USER_AGENT_OF_CRATE));
        let shared = Shared {
            transport,
            clock: self.clock,
            base_url,
            operation_servers,
            credentials,
            external_credentials: self.external_credentials,
            has_identity,
            headers,
            limits: self.limits,
            retry: self.retry,
            #[cfg(feature = "validate")]
            validates: self.validates,
            budget: RetryBudget::new(self.budget),
            #[cfg(feature = "blocking")]
            worker: std::sync::OnceLock::new(),
            middleware: self.middleware,
        };
        Ok(C::from(Client {
            shared: Arc::new(shared),
            mode: PhantomData,
        }))
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("base", &self.base)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "transport")]
pub(super) fn own_transport(
    base_url: &str,
    connections: &Connections,
) -> Result<Box<dyn Transport>, String> {
    let transport = super::HttpTransport::new(base_url, connections)?;
    Ok(Box::new(transport))
}

#[cfg(not(feature = "transport"))]
pub(super) fn own_transport(_: &str, _: &Connections) -> Result<Box<dyn Transport>, String> {
    let reason = "this crate was built without the feature `rustls`, `native-tls` or `transport`, \
                  so that it needs a transport";
    Err(reason.to_owned())
}
