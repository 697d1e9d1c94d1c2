//! An entry of a HAR file: a request and its response.
//!
//! Browsers and proxies write different members. Wherever possible, a member that is missing or has an unexpected type
//! counts as not recorded.

use serde_json::Value;
use url::Url;

use super::Body;

/// A request and its response.
pub(crate) struct Entry {
    /// The method in uppercase.
    pub(crate) method: String,
    pub(crate) url: Url,
    pub(crate) request: Message,
    /// The status; `None` if there was no response.
    pub(crate) status: Option<u16>,
    pub(crate) response: Message,
}

/// The headers and the body of a request or a response.
pub(crate) struct Message {
    /// The names and values of the headers; `None` if they were not recorded.
    pub(crate) headers: Option<Vec<(String, String)>>,
    pub(crate) media_type: Option<String>,
    pub(crate) body: Body,
}

impl Entry {
    /// Reads an entry, or returns the problem with it.
    pub(crate) fn read(entry: &Value) -> Result<Self, &'static str> {
        let (request, response) = (&entry["request"], &entry["response"]);
        let method = request["method"].as_str().ok_or("it has no `request.method`")?;
        let url = request["url"].as_str().ok_or("it has no `request.url`")?;
        let url = Url::parse(url).map_err(|_| "its `request.url` is not a URL")?;
        let status = status(&response["status"]);
        let has_no_content = method.eq_ignore_ascii_case("HEAD")
            || matches!(status, Some(204 | 205 | 304) | Some(100..200));
        let (sent, received) = (&request["postData"], &response["content"]);
        Ok(Self {
            method: method.to_ascii_uppercase(),
            url,
            request: Message::read(request, sent, Body::of_request(request)),
            status,
            response: Message::read(
                response,
                received,
                Body::of_response(received, has_no_content),
            ),
        })
    }
}

/// Reads a status. Browsers write 0, and some proxies null, for a request without a response.
fn status(status: &Value) -> Option<u16> {
    let number = status.as_u64().or_else(|| status.as_str()?.parse().ok())?;
    u16::try_from(number).ok().filter(|status| (100..1000).contains(status))
}

impl Message {
    fn read(message: &Value, content: &Value, body: Body) -> Self {
        let headers = headers(&message["headers"]);
        let named = headers.iter().flatten();
        let mut named = named.filter(|(name, _)| name.eq_ignore_ascii_case("Content-Type"));
        let media_type = named.next().map(|(_, value)| value.as_str());
        let media_type = media_type.or_else(|| content["mimeType"].as_str()).and_then(essence);
        Self { media_type, headers, body }
    }
}

/// Reads headers without the pseudo-headers of HTTP/2, such as `:status`.
fn headers(headers: &Value) -> Option<Vec<(String, String)>> {
    let headers = headers.as_array()?.iter().filter_map(|header| {
        let text = |member: &str| header[member].as_str();
        Some((text("name")?.to_owned(), text("value").unwrap_or_default().to_owned()))
    });
    Some(headers.filter(|(name, _)| !name.is_empty() && !name.starts_with(':')).collect())
}

/// Returns a media type in lowercase, without its parameters. Browsers write `x-unknown` if there is none.
fn essence(media_type: &str) -> Option<String> {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    (!essence.is_empty() && essence != "x-unknown").then_some(essence)
}
