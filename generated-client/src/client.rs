//! What a client adds to each request, and what its clones may change of it.

use std::time::Duration;

use reqwest::header::HeaderValue;
use uuid::Uuid;

use crate::{
    builder::ClientBuilder, call::Ids, credential::Tokens, error::Error, generated::Client,
    headers, limit::Limit, retry::RetryPolicy,
};

impl Client {
    /// Begins a client; only a credential must be set.
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

    /// A clone that sends this `MS-RequestId` with each call, rather than a new one.
    ///
    /// The service knows a repeated request by it, and the attempts that the client makes for one
    /// call share it anyway. Set it to repeat a call yourself that had no definite answer, such as
    /// one that was under way when your program ended: the connection failed, the time ran out or
    /// the answer broke off ([`ErrorKind::Connection`], [`Timeout`], [`IncompleteResponse`]). After
    /// any answer, good or bad, the next call takes a new one.
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

    /// A clone that sends this `MS-CorrelationId` with each call, rather than a new one, so that
    /// the calls of one task can be traced together.
    #[must_use]
    pub fn with_correlation_id(&self, id: Uuid) -> Self {
        let mut client = self.clone();
        client.inner.ids.correlation = Some(id);
        client
    }

    /// A clone that asks for answers in another language; see [`ClientBuilder::locale`].
    ///
    /// # Errors
    ///
    /// If `locale` is not a language tag.
    pub fn with_locale(&self, locale: &str) -> Result<Self, Error> {
        let mut client = self.clone();
        client.inner.locale = headers::locale(locale).map_err(Error::configuration)?;
        Ok(client)
    }
}

/// What a client adds to each request, and how it sends it.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) locale: HeaderValue,
    pub(crate) ids: Ids,
    pub(crate) tokens: Tokens,
    pub(crate) limit: Limit,
    pub(crate) retry: RetryPolicy,
    pub(crate) attempt_timeout: Duration,
    /// For all attempts of a call, and the waits between them.
    pub(crate) timeout: Duration,
}
