//! The settings of a built client.

use std::time::Duration;

use reqwest::header::HeaderValue;

use crate::{
    call::Ids, credential::Tokens, limit::Limit, observer::AnyObserver, retry::RetryPolicy,
    write_order::WriteOrder,
};

/// The settings of a built client.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) locale: HeaderValue,
    pub(crate) ids: Ids,
    pub(crate) tokens: Tokens,
    pub(crate) limit: Limit,
    pub(crate) observer: AnyObserver,
    pub(crate) writes: WriteOrder,
    pub(crate) retry: RetryPolicy,
    pub(crate) retry_ambiguous_writes: bool,
    pub(crate) attempt_timeout: Duration,
    /// The timeout of all attempts of a call together, including the waits between them.
    pub(crate) timeout: Duration,
    #[cfg(feature = "mock")]
    pub(crate) transport: Option<crate::mock::MockTransport>,
    #[cfg(feature = "recorder")]
    pub(crate) recorder: Option<crate::recorder::Recorder>,
    pub(crate) max_response_bytes: usize,
}
