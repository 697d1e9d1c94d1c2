//! The value of a successful response, with its status, headers and IDs.

use std::{collections::BTreeMap, fmt, ops::Deref, time::Duration};

use reqwest::{StatusCode, header::HeaderMap};
use serde::{
    Serialize, Serializer,
    de::{DeserializeOwned, Error as _, IgnoredAny},
};
use uuid::Uuid;

use crate::{
    confirmation, error::Error, head::Head, headers, inspection::Inspection, model::ResponseBody,
    response::Response,
};

/// The value of a response, with its status, headers and IDs.
///
/// It dereferences to the value, serializes as the value, and [`into_inner`](Self::into_inner) returns the
/// value.
///
/// ```no_run
/// # async fn run(client: partner_center_client::Client, customer: uuid::Uuid)
/// # -> Result<(), partner_center_client::Error> {
/// # use partner_center_client::uuid;
/// let overages = client.get_overage(&customer).await?;
/// println!("{} overages, request ID {}", overages.items.len(), overages.request_id());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ResponseValue<T> {
    value: T,
    head: Box<Head>,
}

/// Deserializes a body, and checks that it matches the document.
fn decode<T: ResponseBody + DeserializeOwned>(response: &Response) -> serde_json::Result<T> {
    let value: T = response.decoded()?;
    let mut inspection = Inspection::default();
    value.inspect(&mut inspection);
    if has_only_undeclared_members(inspection.undeclared(), response) {
        return Err(serde_json::Error::custom("it has none of the declared members"));
    }
    inspection.misnamed().map(|()| value)
}

/// Returns whether the response has members, but none that the document declares. A fault, or a budget inside
/// another object, must not be mistaken for a budget that is not set. A declared member counts even if it is null.
fn has_only_undeclared_members(undeclared: usize, response: &Response) -> bool {
    undeclared > 0
        && serde_json::from_slice::<BTreeMap<String, IgnoredAny>>(&response.text())
            .is_ok_and(|members| members.len() == undeclared)
}

impl<T> ResponseValue<T> {
    /// Deserializes the body. It is asynchronous because the generated operations await it.
    pub(crate) async fn from_response(response: Response) -> Result<Self, Error>
    where
        T: ResponseBody + DeserializeOwned,
    {
        Self::confirmed(response, &(), &[]).await
    }

    /// Deserializes the body, and checks that it confirms the given members, which the document declares for both the
    /// request and the response.
    pub(crate) async fn confirmed(
        mut response: Response,
        sent: &impl Serialize,
        members: &[&'static str],
    ) -> Result<Self, Error>
    where
        T: ResponseBody + DeserializeOwned,
    {
        let report = std::mem::take(&mut response.report);
        let result = Self::read(response, sent, members);
        report.end(result.as_ref().map(|value| &*value.head));
        result
    }

    fn read(
        response: Response,
        sent: &impl Serialize,
        members: &[&'static str],
    ) -> Result<Self, Error>
    where
        T: ResponseBody + DeserializeOwned,
    {
        let value = match decode(&response) {
            Ok(value) => value,
            Err(error) => return Err(Error::invalid_response(response, error)),
        };
        let unconfirmed = || confirmation::unconfirmed(sent, &response, members);
        match (!members.is_empty()).then(unconfirmed).flatten() {
            Some(unconfirmed) => Err(Error::not_confirmed(response, &unconfirmed)),
            None => Ok(Self { value, head: response.head }),
        }
    }

    #[cfg(feature = "mock")]
    pub(crate) fn with_head(value: T, head: Box<Head>) -> Self {
        Self { value, head }
    }

    /// Returns only the value.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Returns the value and the rest of the response, which has the status, headers and IDs.
    pub fn into_parts(self) -> (T, ResponseValue<()>) {
        (self.value, ResponseValue { value: (), head: self.head })
    }

    pub(crate) fn head(&self) -> Box<Head> {
        self.head.clone()
    }

    pub(crate) fn into_head(self) -> Box<Head> {
        self.head
    }

    /// Returns the status, which is one of the documented success statuses of the operation.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Returns the `MS-RequestId` in the response, or the ID that was sent if the response has none.
    pub fn request_id(&self) -> &str {
        self.head.request_id()
    }

    /// Returns the `MS-CorrelationId` in the response, or the ID that was sent if the response has none.
    pub fn correlation_id(&self) -> &str {
        self.head.correlation_id()
    }

    /// Returns the `MS-RequestId` that the client sent.
    pub fn sent_request_id(&self) -> Uuid {
        self.head.call.request_uuid()
    }

    /// Returns the `MS-CorrelationId` that the client sent.
    pub fn sent_correlation_id(&self) -> Uuid {
        self.head.call.correlation_uuid()
    }

    /// Returns the `MS-RequestId` header of the response as received; `None` if there is none.
    pub fn response_request_id(&self) -> Option<&str> {
        self.head.response_request_id()
    }

    /// Returns the `MS-CorrelationId` header of the response as received; `None` if there is none.
    pub fn response_correlation_id(&self) -> Option<&str> {
        self.head.response_correlation_id()
    }

    /// Returns the number of attempts.
    pub fn attempts(&self) -> u32 {
        self.head.call.attempts
    }

    /// Returns the duration of the call, including all attempts and the waits between them.
    pub fn elapsed(&self) -> Duration {
        self.head.call.elapsed
    }

    /// Returns whether the access token was obtained with multi-factor authentication.
    ///
    /// Returns `None` if the service did not say. It says so if
    /// [`ClientBuilder::validate_mfa`](crate::ClientBuilder::validate_mfa) is set and the token is an
    /// app+user token.
    pub fn is_mfa_compliant(&self) -> Option<bool> {
        self.head.text(&headers::IS_MFA_COMPLIANT)?.to_ascii_lowercase().parse().ok()
    }
}

impl ResponseValue<()> {
    #[allow(dead_code, reason = "for operations without a response body; the document has none")]
    pub(crate) fn empty(response: Response) -> Self {
        response.report.end(Ok(&response.head));
        Self { value: (), head: response.head }
    }
}

impl<T> Deref for ResponseValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Writes only the value, without the status, the headers and the IDs.
impl<T: Serialize> Serialize for ResponseValue<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T: fmt::Debug> fmt::Debug for ResponseValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseValue")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("correlation_id", &self.correlation_id())
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        call::{Call, Ids, OperationInfo},
        report::Report,
    };

    /// All operations in the document declare only 200, so no call can test this.
    #[tokio::test]
    async fn a_value_has_the_status_of_its_response() {
        let operation = OperationInfo {
            operation_id: "order",
            method: "POST",
            path: "/v1/orders",
            tokens: &[],
        };
        let call = Call::begin(&operation, &Ids::default());
        let (status, headers) = (StatusCode::CREATED, HeaderMap::new());
        let head = Box::new(Head { call, status, reason: None, headers });
        let report = Report::default();
        let response = Response { head, body: b"true".into(), limit: 100, report };
        let value = ResponseValue::<bool>::from_response(response);
        let value = value.await.unwrap();
        assert_eq!(value.status(), StatusCode::CREATED);
        assert_eq!(serde_json::to_string(&value).unwrap(), "true");
        let (value, rest) = value.into_parts();
        assert_eq!((value, rest.status()), (true, StatusCode::CREATED));
    }
}
