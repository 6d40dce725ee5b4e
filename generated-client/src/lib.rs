//! Client for the IONOS DBaaS PostgreSQL REST API.
