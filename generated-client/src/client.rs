//! What a client adds to each request, and what its clones may change of it.

use std::sync::Arc;

use reqwest::header::{HeaderMap, HeaderValue};
use uuid::Uuid;

use crate::{builder::ClientBuilder, error::Error, generated::Client, headers};

impl Client {
    /// Begins a client for the commercial cloud; only the access token must be set.
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
    /// The service knows a repeated request by it. So it stays the same when a call is repeated that
    /// had no definite answer: the connection failed, the time ran out or the answer broke off
    /// ([`ErrorKind::Connection`], [`Timeout`], [`IncompleteResponse`]). After any answer, good or
    /// bad, the next request takes a new one.
    ///
    /// [`ErrorKind::Connection`]: crate::ErrorKind::Connection
    /// [`Timeout`]: crate::ErrorKind::Timeout
    /// [`IncompleteResponse`]: crate::ErrorKind::IncompleteResponse
    #[must_use]
    pub fn with_request_id(&self, id: Uuid) -> Self {
        let mut client = self.clone();
        client.inner.request_id = Some(id);
        client
    }

    /// A clone that sends this `MS-CorrelationId` with each call, rather than a new one, so that
    /// the calls of one task can be traced together.
    #[must_use]
    pub fn with_correlation_id(&self, id: Uuid) -> Self {
        let mut client = self.clone();
        client.inner.correlation_id = Some(id);
        client
    }

    /// A clone that asks for answers in another language; see [`ClientBuilder::locale`].
    ///
    /// # Errors
    ///
    /// If `locale` is not a language tag.
    pub fn with_locale(&self, locale: &str) -> Result<Self, Error> {
        let mut client = self.clone();
        client.inner.locale = locale_header(locale)?;
        Ok(client)
    }
}

/// What a client adds to each request.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// Those that are the same for every call.
    headers: Arc<HeaderMap>,
    locale: HeaderValue,
    request_id: Option<Uuid>,
    correlation_id: Option<Uuid>,
}

impl Config {
    pub(crate) fn new(headers: HeaderMap, locale: &str) -> Result<Self, Error> {
        let locale = locale_header(locale)?;
        Ok(Self { headers: Arc::new(headers), locale, request_id: None, correlation_id: None })
    }

    pub(crate) fn complete(&self, headers: &mut HeaderMap) {
        for (name, value) in self.headers.iter() {
            headers.insert(name, value.clone());
        }
        headers.insert(headers::LOCALE, self.locale.clone());
        headers.insert(headers::REQUEST_ID, id_header(self.request_id));
        headers.insert(headers::CORRELATION_ID, id_header(self.correlation_id));
    }
}

fn id_header(id: Option<Uuid>) -> HeaderValue {
    let id = id.unwrap_or_else(Uuid::new_v4);
    HeaderValue::try_from(id.to_string()).expect("a GUID is hexadecimal digits and hyphens")
}

/// The budget pages of Microsoft show the locale in quotes, which are no part of it.
fn locale_header(locale: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(locale)
        .ok()
        .filter(|_| is_language_tag(locale))
        .ok_or_else(|| Error::configuration("locale: not a language tag; write it as in en-US"))
}

/// The document's pattern for `X-Locale`: `^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`.
fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-').map(str::as_bytes);
    let language = parts.next().unwrap_or_default();
    matches!(language.len(), 2..=3)
        && language.iter().all(u8::is_ascii_alphabetic)
        && parts
            .all(|part| matches!(part.len(), 2..=8) && part.iter().all(u8::is_ascii_alphanumeric))
}
