//! A client for the IONOS DBaaS PostgreSQL REST API.

mod runtime;

#[rustfmt::skip]
mod generated {
    pub mod v1;
}

pub use generated::v1;
pub use runtime::*;
