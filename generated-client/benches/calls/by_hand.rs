//! What somebody writes who has no client: the same deadline, header and error, and no more.

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use http::header::{AUTHORIZATION, HOST};
use http_body_util::{BodyExt as _, Empty};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::{Outcome, TOKEN};

const LIMIT: Duration = Duration::from_secs(30);

/// With reqwest.
pub(crate) struct Reqwest {
    http: reqwest::Client,
    url: String,
}

impl Reqwest {
    pub(crate) fn new(url: &str) -> Outcome<Self> {
        // It may be there already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(LIMIT)
            .build()?;
        let url = url.to_owned();
        Ok(Self { http, url })
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, target: &str) -> Outcome<T> {
        let request = self.http.get(format!("{}{target}", self.url));
        let response = request.bearer_auth(TOKEN).send().await?;
        let body = response.error_for_status()?.bytes().await?;
        Ok(serde_json::from_slice(&body)?)
    }
}

/// With hyper, over one connection that is never renewed.
pub(crate) struct Hyper {
    sender: Mutex<SendRequest<Empty<Bytes>>>,
    host: String,
}

impl Hyper {
    pub(crate) async fn new(url: &str) -> Outcome<Self> {
        let host = url.trim_start_matches("http://").to_owned();
        let stream = TcpStream::connect(&host).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let sender = Mutex::new(sender);
        Ok(Self { sender, host })
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, target: &str) -> Outcome<T> {
        let request = Request::get(target)
            .header(HOST, &self.host)
            .header(AUTHORIZATION, format!("Bearer {TOKEN}"))
            .body(Empty::new())?;
        let mut sender = self.sender.lock().await;
        let exchange = async {
            // The task of the connection may not have seen yet that the last body is at its end.
            sender.ready().await?;
            let response = sender.send_request(request).await?;
            let status = response.status();
            let body = response.into_body().collect().await?.to_bytes();
            Ok::<_, hyper::Error>((status, body))
        };
        let (status, body) = timeout(LIMIT, exchange).await??;
        if !status.is_success() {
            return Err(format!("the server answered {status}").into());
        }
        Ok(serde_json::from_slice(&body)?)
    }
}
