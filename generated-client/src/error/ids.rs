//! The IDs of a call that failed.

use uuid::Uuid;

use super::Error;
use crate::{call::Call, head::Head};

impl Error {
    /// Returns the `MS-RequestId` that Microsoft support asks for: the ID in the response, or the ID that
    /// was sent if the response has none. `None` if there was no request to send.
    pub fn request_id(&self) -> Option<&str> {
        self.head().map(Head::request_id).or_else(|| Some(self.call()?.request_id()))
    }

    /// Returns the `MS-CorrelationId` that Microsoft support asks for: the ID in the response, or the ID
    /// that was sent if the response has none. `None` if there was no request to send.
    pub fn correlation_id(&self) -> Option<&str> {
        self.head().map(Head::correlation_id).or_else(|| Some(self.call()?.correlation_id()))
    }

    /// Returns the `MS-RequestId` that the client sent, even if there was no response; `None` if there was
    /// no request to send.
    ///
    /// To repeat a call whose error [is ambiguous](Self::is_ambiguous), pass this ID to
    /// [`with_request_id`](crate::Client::with_request_id).
    pub fn sent_request_id(&self) -> Option<Uuid> {
        self.call().map(Call::request_uuid)
    }

    /// Returns the `MS-CorrelationId` that the client sent, even if there was no response; `None` if there
    /// was no request to send.
    pub fn sent_correlation_id(&self) -> Option<Uuid> {
        self.call().map(Call::correlation_uuid)
    }

    /// Returns the `MS-RequestId` header of the response as received; `None` if there is none.
    pub fn response_request_id(&self) -> Option<&str> {
        self.head()?.response_request_id()
    }

    /// Returns the `MS-CorrelationId` header of the response as received; `None` if there is none.
    pub fn response_correlation_id(&self) -> Option<&str> {
        self.head()?.response_correlation_id()
    }
}
