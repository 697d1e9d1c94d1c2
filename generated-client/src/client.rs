//! The client, with its methods other than operations.

use std::{fmt, time::Duration};

use reqwest::Url;
use uuid::Uuid;

use crate::{
    base_url::BaseUrl,
    call::OperationInfo,
    config::Config,
    error::Error,
    headers,
    parameter::{self, InvalidPath, PathArgument},
    retry::RetryPolicy,
};

/// A client for the service, created with [`builder`](Self::builder).
///
/// Clones are cheap and share connections, access tokens and limits.
#[derive(Clone)]
pub struct Client {
    pub(crate) baseurl: BaseUrl,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: Config,
}

impl Client {
    /// Returns a clone for a single call that sends this `MS-RequestId` instead of a new one.
    ///
    /// The service recognizes a repeated request by this ID, and all attempts of one call share it. Set it
    /// to repeat a call that got no definite response, such as a call that was in progress when your
    /// program ended, or whose error [is ambiguous](Error::is_ambiguous). The error's
    /// [`sent_request_id`](Error::sent_request_id) is the ID to set. After a definite response, use a new ID.
    ///
    /// Two different calls must not share an ID, or the service could mistake the second for a repetition
    /// of the first. Therefore, only the first call of the clone is made; every later call, even through a
    /// clone of the clone, sends nothing and fails with [`ErrorKind::Configuration`]. It does not get a new
    /// ID instead, because a program that intends to repeat a call would not notice that the service no
    /// longer recognizes the repetition. To repeat a call again, set the ID again:
    ///
    /// ```no_run
    /// use partner_center_client::{Client, Error, ErrorKind, types::SpendingBudgetUpdate, uuid::Uuid};
    ///
    /// async fn set(client: &Client, customer: &Uuid, budget: &SpendingBudgetUpdate) -> Result<(), Error> {
    ///     let id = Uuid::new_v4(); // store it, to repeat the call after a crash
    ///     let first = client.with_request_id(id).update_usage_budget(customer, budget).await;
    ///     match first {
    ///         Err(error) if error.is_ambiguous() && got_no_response(&error) => {
    ///             // If the budget is not the new one, the service has not acted on the call yet.
    ///             if client.get_usage_budget(customer).await?.amount != budget.amount {
    ///                 client.with_request_id(id).update_usage_budget(customer, budget).await?;
    ///             }
    ///         }
    ///         first => drop(first?),
    ///     }
    ///     Ok(())
    /// }
    ///
    /// fn got_no_response(error: &Error) -> bool {
    ///     matches!(error.kind(), ErrorKind::Timeout | ErrorKind::Connection)
    /// }
    /// ```
    ///
    /// If another program may have set the value in between, do not repeat the call: it would overwrite that value.
    ///
    /// [`ErrorKind::Configuration`]: crate::ErrorKind::Configuration
    #[must_use]
    pub fn with_request_id(&self, id: Uuid) -> Self {
        let mut client = self.clone();
        client.inner.ids.set_request(id);
        client
    }

    /// Returns a clone that sends this `MS-CorrelationId` with each call instead of a new one, so that the
    /// calls of one task can be traced together.
    #[must_use]
    pub fn with_correlation_id(&self, id: Uuid) -> Self {
        let mut client = self.clone();
        client.inner.ids.correlation = Some(id);
        client
    }

    /// Returns a clone that requests responses in another language; see
    /// [`ClientBuilder::locale`](crate::ClientBuilder::locale).
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

    /// Returns a clone with another retry policy; see [`ClientBuilder::retry`](crate::ClientBuilder::retry). The
    /// clone shares the token, the limits, the observer and the connections.
    #[must_use]
    pub fn with_retry(&self, policy: RetryPolicy) -> Self {
        let mut client = self.clone();
        client.inner.retry = policy;
        client
    }

    /// Returns a clone with another timeout for its calls; see
    /// [`ClientBuilder::timeout`](crate::ClientBuilder::timeout). The clone shares the token, the limits, the
    /// observer and the connections.
    ///
    /// This timeout also limits each attempt.
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        let mut client = self.clone();
        client.inner.timeout = timeout;
        client
    }

    /// Returns a clone that does or does not retry ambiguous writes; see
    /// [`ClientBuilder::retry_ambiguous_writes`](crate::ClientBuilder::retry_ambiguous_writes).
    ///
    /// ```no_run
    /// use partner_center_client::{Client, Error, types::SpendingBudgetUpdate, uuid::Uuid};
    ///
    /// async fn set_once(client: &Client, customer: &Uuid, budget: &SpendingBudgetUpdate) -> Result<(), Error> {
    ///     let client = client.with_retry_ambiguous_writes(false);
    ///     client.update_usage_budget(customer, budget).await?;
    ///     Ok(())
    /// }
    /// ```
    #[must_use]
    pub fn with_retry_ambiguous_writes(&self, retry: bool) -> Self {
        let mut client = self.clone();
        client.inner.retry_ambiguous_writes = retry;
        client
    }
}

/// Omits the HTTP client, whose default headers and proxies may contain the caller's secrets.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("baseurl", &self.baseurl)
            .field("config", &self.inner)
            .finish_non_exhaustive()
    }
}
