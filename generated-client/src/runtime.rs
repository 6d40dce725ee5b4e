//! What every emitted client is built on: calls, retries, errors, paging and waiting.
//!
//! Nothing here knows a vendor. Emitted code states the facts of its document and leaves all
//! behaviour to this module.

mod alternative;
mod api;
mod auth;
mod base64_bytes;
#[cfg(feature = "blocking")]
mod blocking;
mod budget;
mod builder;
mod by_status;
mod call;
mod charset;
mod client;
mod clock;
mod connections;
#[doc(hidden)]
pub mod construction;
mod date;
mod date_time;
mod decode;
mod duration;
mod empty_text;
mod endpoint;
mod error;
mod escape;
mod event_stream;
mod execute;
mod form;
mod form_parts;
mod formatted;
mod frames;
mod header;
#[cfg(feature = "transport")]
mod http_transport;
mod item_stream;
mod known_properties;
mod media_type;
mod middleware;
mod mode;
mod multipart;
#[doc(hidden)]
pub mod object;
mod operation;
mod paged_bodies;
mod paging;
mod param;
mod patch;
mod path;
mod prepare;
mod problem;
mod reading;
mod receive;
mod request_body;
mod response;
mod retry;
mod secret;
mod servers;
mod stream;
#[doc(hidden)]
pub mod string_enum;
mod style;
mod tally;
#[cfg(feature = "test-util")]
pub mod test_util;
mod time;
mod trace;
mod transport;
#[cfg(not(feature = "validate"))]
mod unchecked;
#[doc(hidden)]
pub mod union;
mod upload;
mod uuid;
#[cfg(feature = "validate")]
mod validate;
mod value;
#[doc(hidden)]
pub mod value_enum;
mod wait;
mod wiped;

pub use http::{HeaderMap, StatusCode};

pub use alternative::{Alternative, AsFile, AsItArrives, AsStream, AsText, Via};
pub use api::{Api, Server, ServerVariable};
pub use auth::{ApiKeyLocation, SecurityScheme, TokenProvider};
pub use base64_bytes::Base64;
#[cfg(feature = "blocking")]
#[allow(unused_imports, reason = "only emitted code uses it")]
pub(crate) use blocking::blocking_client;
pub use builder::{ClientBuilder, ConfigError};
#[allow(unused_imports, reason = "not every document has such answers")]
pub(crate) use by_status::{by_status, received_by_status};
pub use call::Call;
pub use client::Client;
pub use clock::{Clock, TokioClock};
#[allow(unused_imports, reason = "not every document has objects in requests")]
pub(crate) use construction::construction;
pub use date::Date;
pub use date_time::DateTime;
pub use decode::{Bytes, Decode, DecodeFault, Empty, Json, OptionalJson, Text};
pub use duration::IsoDuration;
#[allow(
    unused_imports,
    reason = "not every document has operations and parameters"
)]
pub(crate) use endpoint::{endpoint, parameters};
pub use error::{
    ApiError, CallContext, DecodeError, Error, RequestError, TimeLimit, TransportFailure,
};
pub use event_stream::{DecodeEvent, Event, EventStream, RawEvent, WholeEvent};
pub use form::FieldEncoding;
pub use form_parts::{FormPart, FormParts};
pub use formatted::InvalidText;
pub use header::{Header, HeaderError};
#[cfg(feature = "transport")]
pub use http_transport::HttpTransport;
pub use item_stream::ItemStream;
pub use middleware::{AttemptOutcome, AttemptReport, AttemptRequest, Middleware, MiddlewareError};
pub use mode::Async;
#[cfg(feature = "blocking")]
pub use mode::Blocking;
#[cfg(not(feature = "blocking"))]
pub(crate) use mode::blocking_client;
#[allow(unused_imports, reason = "not every document has objects")]
pub(crate) use object::{object, property_name, unnamed};
pub use operation::{
    Endpoint, Failure, Method, Operation, ParameterPlace, Retry, Security, Success,
};
pub use paged_bodies::InBody;
pub use paging::{
    Cursor, InQuery, Items, Next, Offset, PageNumber, PageValue, Paged, Pages, Paging, PagingPlace,
    Position,
};
#[allow(unused_imports, reason = "not every document has lists")]
pub(crate) use paging::{paged, paging_place};
pub use param::ParamValue;
pub use patch::Patch;
pub use receive::{Receive, Received};
pub use request_body::RequestBody;
pub use response::Response;
pub use secret::Secret;
#[cfg(feature = "blocking")]
pub use stream::{ByteReader, StreamIter};
pub use stream::{ByteStream, StreamError};
#[allow(unused_imports, reason = "not every document has string enumerations")]
pub(crate) use string_enum::string_enum;
pub use style::Style;
pub use time::Time;
pub use transport::{
    BoxFuture, Outcome, RequestOrigin, ResponseBody, Transport, TransportError, TransportErrorKind,
};
#[cfg(not(feature = "validate"))]
#[allow(unused_imports, reason = "not every document has request types")]
pub(crate) use unchecked::{body_rules, parameter_rules, rules, union_rules};
#[cfg(feature = "validate")]
#[allow(unused_imports, reason = "not every document has unions in requests")]
pub(crate) use union::union_rules;
#[allow(unused_imports, reason = "not every document has unions")]
pub(crate) use union::{overlapping_union, tagged_union, union};
pub use upload::FileUpload;
pub use uuid::Uuid;
#[cfg(feature = "validate")]
pub use validate::{Rule, Rules, Validate, Violation, Violations, rules_of};
#[cfg(feature = "validate")]
#[allow(unused_imports, reason = "not every document has request types")]
pub(crate) use validate::{body_rules, parameter_rules, rules};
#[allow(unused_imports, reason = "not every document has such enumerations")]
pub(crate) use value_enum::{integer_enum, value_enum};
pub use wait::{Progress, Seen, StateGoal, States, Wait, WaitError, WaitGone};
