//! Sends requests over the network, or to the mock transport of a test.

use reqwest::{Request, Response, Result};

use crate::client::Client;

/// Sends a request and returns its response, whose body may not have been received yet.
pub(crate) async fn execute(client: &Client, request: Request) -> Result<Response> {
    #[cfg(feature = "mock")]
    if let Some(transport) = &client.inner.transport {
        let timeout = request.timeout().copied().unwrap_or(client.inner.attempt_timeout);
        return transport.execute(request, timeout).await;
    }
    client.client.execute(request).await
}
