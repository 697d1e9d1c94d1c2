//! The client, with the methods that are not operations.

use std::{fmt, time::Duration};

use reqwest::Url;
use uuid::Uuid;

use crate::{
    base_url::BaseUrl,
    builder::ClientBuilder,
    call::OperationInfo,
    config::Config,
    error::Error,
    headers,
    parameter::{self, InvalidPath, PathArgument},
    response::Response,
    retry::RetryPolicy,
    send::{MakeRequest, Sending},
};

/// A client of the service; [`builder`](Self::builder) makes one.
///
/// Clones are cheap, and share connections, access tokens and limits.
#[derive(Clone)]
pub struct Client {
    pub(crate) baseurl: BaseUrl,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: Config,
}

impl Client {
    /// Returns the builder of a client; only its credential is required.
    ///
    /// ```no_run
    /// use partner_center_client::Client;
    ///
    /// let client = Client::builder().access_token("eyJ0eXAi.eyJhdWQi.c2lnbmF0").build()?;
    /// # Ok::<(), partner_center_client::Error>(())
    /// ```
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Returns a clone that sends this `MS-RequestId` with each call, instead of a new one.
    ///
    /// The service recognizes a repeated request by it, and all attempts of one call share it. Set it
    /// to repeat a call that got no definite response, such as one that was in progress when your
    /// program ended, or that failed with [`ErrorKind::Connection`], [`Timeout`] or
    /// [`IncompleteResponse`]. After any complete response, use a new ID for the next call.
    ///
    /// [`ErrorKind::Connection`]: crate::ErrorKind::Connection
    /// [`Timeout`]: crate::ErrorKind::Timeout
    /// [`IncompleteResponse`]: crate::ErrorKind::IncompleteResponse
    #[must_use]
    pub fn with_request_id(&self, id: Uuid) -> Self {
        let mut client = self.clone();
        client.inner.ids.request = Some(id);
        client
    }

    /// Returns a clone that sends this `MS-CorrelationId` with each call, instead of a new one, so
    /// that the calls of one task can be traced together.
    #[must_use]
    pub fn with_correlation_id(&self, id: Uuid) -> Self {
        let mut client = self.clone();
        client.inner.ids.correlation = Some(id);
        client
    }

    /// Returns a clone that requests responses in another language; see [`ClientBuilder::locale`].
    ///
    /// # Errors
    ///
    /// Returns an error if `locale` is not a language tag.
    pub fn with_locale(&self, locale: &str) -> Result<Self, Error> {
        let mut client = self.clone();
        client.inner.locale = headers::locale(locale).map_err(Error::configuration)?;
        Ok(client)
    }

    /// Returns the URL of an operation, with these arguments in its path.
    pub(crate) fn url(
        &self,
        operation: &OperationInfo,
        arguments: &[PathArgument<'_>],
    ) -> Result<Url, Error> {
        let invalid = |error: InvalidPath| Error::invalid_request(operation, error);
        let path = parameter::path(operation.path, arguments).map_err(invalid)?;
        self.baseurl.with(&path).map_err(invalid)
    }

    /// Returns a clone that repeats failed calls by another policy; see [`ClientBuilder::retry`]. It shares
    /// the token, the limits, the observer and the connections.
    #[must_use]
    pub fn with_retry(&self, policy: RetryPolicy) -> Self {
        let mut client = self.clone();
        client.inner.retry = policy;
        client
    }

    /// Returns a clone whose calls have another timeout; see [`ClientBuilder::timeout`]. It shares the token,
    /// the limits, the observer and the connections.
    ///
    /// No attempt takes longer than this timeout either.
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        let mut client = self.clone();
        client.inner.timeout = timeout;
        client
    }

    /// Makes a request, sends it as often as its policy allows, and reads the response; every status
    /// except success is an error.
    pub(crate) async fn exec(
        &self,
        make_request: &MakeRequest<'_>,
        operation: &OperationInfo,
    ) -> Result<Response, Error> {
        let limit = &self.inner.limit;
        let _permit = limit.permit().await;
        limit.first_turn().await;
        Sending::new(self, make_request, operation).run().await
    }
}

/// Leaves out the HTTP client, whose default headers and proxies may contain secrets of the consumer.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("baseurl", &self.baseurl)
            .field("config", &self.inner)
            .finish_non_exhaustive()
    }
}
