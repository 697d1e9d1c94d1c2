//! The hand-written methods of the client.

use uuid::Uuid;

use crate::{
    builder::ClientBuilder,
    call::OperationInfo,
    error::Error,
    generated::Client,
    headers,
    response::Response,
    send::{MakeRequest, Sending},
};

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
