//! Records the traffic of a client as a HAR file without secrets.

mod body;
#[rustfmt::skip]
mod generated;
mod har;
mod headers;
mod kind;
mod names;

use std::{
    fmt, fs, io,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use reqwest::Request;
use serde_json::Value;

use self::har::Exchange;
use crate::{call::Call, response::Response};

/// The maximum number of entries. Each takes a few KiB, depending on the length of the response.
const MOST: usize = 10_000;

/// Records the requests and responses of a client, without the values in them.
///
/// Pass it to [`ClientBuilder::recorder`](crate::ClientBuilder::recorder). The recording is a HAR file, which
/// `cargo xtask reality` in the repository compares with the OpenAPI document:
///
/// ```
/// # #[cfg(feature = "mock")] {
/// # use partner_center_client::{Recorder, mock::MockTransport, uuid::Uuid};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let (transport, customer) = (MockTransport::new(), Uuid::nil());
/// # let file = std::env::temp_dir().join("partner-center-client-doctest.har");
/// let recorder = Recorder::new();
/// let client = transport.builder().recorder(&recorder).build()?; // or `Client::builder()…`
/// client.get_usage_budget(&customer).await?;
/// recorder.write_har(&file)?;
/// # std::fs::remove_file(file)?;
/// # Ok(())
/// # }
/// # main().unwrap();
/// # }
/// ```
///
/// # What a recording contains
///
/// The recorder writes only what it knows to be harmless. It replaces values immediately, so it does not keep
/// secrets in memory either.
///
/// | Part | What is written |
/// |---|---|
/// | URL | the URL of a Microsoft [`Cloud`](crate::Cloud), or `https://redacted.invalid`; the path template; the names of query parameters in the document |
/// | headers | names that look like identifiers; the media type, if it is a common one; other values as for strings |
/// | status | the number; not the reason phrase |
/// | JSON | names of members in the document; other names that look like identifiers, if the same object has a member of the document; no map keys |
/// | strings | values that the document lists; otherwise a constant of the same kind: a GUID, a date, a number, a boolean, or any other text |
/// | numbers | a constant of the same form: an integer of the same width, or a fraction |
/// | other bodies | nothing, and their length in a comment |
///
/// `null`, `true` and `false`, the lengths of lists, and a byte order mark are kept. There are no times. Token
/// requests, requests without a response, and the headers that all requests of a client share, such as `User-Agent`,
/// are not recorded.
///
/// The name of an undeclared member or header is kept if it has at most 40 characters, begins with a letter, and
/// contains only letters, `-`, `_` and up to three digits. If the service might use customer names as names of members
/// or headers, read the recording before you share it.
///
/// # Clones
///
/// A clone shares the recording. After 10,000 exchanges, further exchanges are only counted.
#[derive(Clone, Default)]
pub struct Recorder {
    recording: Arc<Mutex<Recording>>,
}

#[derive(Default)]
struct Recording {
    entries: Vec<Value>,
    /// The number of exchanges that were omitted.
    omitted: usize,
}

impl Recorder {
    /// Creates a recorder without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the number of recorded exchanges.
    pub fn len(&self) -> usize {
        self.recording().entries.len()
    }

    /// Returns true if no exchange has been recorded.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Removes all entries.
    pub fn clear(&self) {
        *self.recording() = Recording::default();
    }

    /// Returns the recording as the contents of a HAR 1.2 file.
    pub fn to_har(&self) -> String {
        let recording = self.recording();
        har::file(&recording.entries, recording.omitted)
    }

    /// Writes the recording to a HAR file. An existing file is replaced atomically.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be written. An existing file is then unchanged.
    pub fn write_har(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref();
        let mut part = path.as_os_str().to_owned();
        part.push(format!(".{}.part", std::process::id()));
        fs::write(&part, self.to_har())
            .and_then(|()| fs::rename(&part, path))
            .inspect_err(|_| drop(fs::remove_file(&part)))
    }

    /// Begins an exchange with its request.
    pub(crate) fn begin(&self, call: &Call, request: &Request) -> Running<'_> {
        Running { recorder: self, exchange: Exchange::new(&call.operation, request) }
    }

    fn add(&self, entry: Value) {
        let mut recording = self.recording();
        match recording.entries.len() < MOST {
            true => recording.entries.push(entry),
            false => recording.omitted += 1,
        }
    }

    fn recording(&self) -> MutexGuard<'_, Recording> {
        // A panic while the lock is held leaves a complete list.
        self.recording.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("len", &self.len()).finish()
    }
}

/// An exchange whose response has not arrived. Without a response, nothing is recorded.
pub(crate) struct Running<'r> {
    recorder: &'r Recorder,
    exchange: Exchange,
}

impl Running<'_> {
    /// Records the exchange.
    pub(crate) fn end(self, response: &Response, is_complete: bool) {
        self.recorder.add(self.exchange.entry(response, is_complete));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_exchanges_than_the_limit_are_only_counted() {
        let recorder = Recorder::new();
        (0..=MOST).for_each(|_| recorder.add(Value::Null));
        assert_eq!(recorder.len(), MOST);
        assert!(recorder.to_har().contains("redacted; 1 entries were omitted"));
    }
}
