//! A server that answers always in the same way, and keeps the addresses of its requests.

use std::future::ready;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response, Uri};
use ionos_dbaas_postgres::{BoxFuture, ResponseBody, Transport, TransportError};

#[derive(Clone)]
pub(crate) struct Recorder {
    answer: Response<()>,
    requests: Arc<Mutex<Vec<Uri>>>,
}

impl Recorder {
    pub(crate) fn answering(answer: Response<()>) -> Self {
        Self {
            answer,
            requests: Arc::default(),
        }
    }

    pub(crate) fn requests(&self) -> Vec<Uri> {
        let requests = self.requests.lock();
        requests.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Box<dyn ResponseBody>>, TransportError>> {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.push(request.uri().clone());
        let body = |()| Box::new(None::<Bytes>) as Box<dyn ResponseBody>;
        Box::pin(ready(Ok(self.answer.clone().map(body))))
    }
}
