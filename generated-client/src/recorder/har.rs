//! The entries of a HAR file.
//!
//! <http://www.softwareishard.com/blog/har-12-spec/>

use std::borrow::Cow;

use reqwest::{Request, Url, header::CONTENT_TYPE};
use serde_json::{Value, json};

use super::{
    body::{self, Body},
    generated::QUERY_PARAMETERS,
    headers, kind, names,
};
use crate::{call::OperationInfo, cloud::Cloud, response::Response};

/// The time of all entries. Real times are omitted, because they would show when the program made its calls.
const TIME: &str = "1970-01-01T00:00:00.000Z";

/// The origin that replaces the origin of a gateway or test server.
const OTHER_ORIGIN: &str = "https://redacted.invalid";

/// Returns the contents of a HAR file.
pub(super) fn file(entries: &[Value], omitted: usize) -> String {
    let name = env!("CARGO_PKG_NAME");
    let har = json!({
        "log": {
            "version": "1.2",
            "creator": { "name": name, "version": env!("CARGO_PKG_VERSION") },
            "comment": format!("values and times are redacted; {omitted} entries were omitted"),
            "entries": entries,
        }
    });
    format!("{har:#}\n")
}

/// An exchange of which only the request is known.
pub(super) struct Exchange {
    method: &'static str,
    url: String,
    query: Vec<(&'static str, Cow<'static, str>)>,
    headers: Value,
    media_type: String,
    body: Body,
}

impl Exchange {
    pub(super) fn new(operation: &OperationInfo, request: &Request) -> Self {
        let query = query(request.url());
        let sent = request.body().map(|body| body.as_bytes());
        Self {
            method: operation.method,
            url: url(request.url(), operation.path, &query),
            query,
            headers: headers::redacted(request.headers()),
            media_type: headers::media_type(request.headers().get(CONTENT_TYPE)),
            body: match sent {
                None => Body::Absent,
                Some(Some(bytes)) => body::redacted(bytes),
                Some(None) => Body::Unknown,
            },
        }
    }

    /// Returns the entry with the response.
    pub(super) fn entry(self, response: &Response, is_complete: bool) -> Value {
        let received = match is_complete {
            true => body::redacted(&response.body),
            false => Body::Unknown,
        };
        let status = response.status();
        json!({
            "startedDateTime": TIME,
            "time": 0,
            "request": self.request(),
            "response": {
                "status": status.as_u16(),
                "statusText": status.canonical_reason().unwrap_or_default(),
                "httpVersion": "HTTP/1.1",
                "cookies": [],
                "headers": headers::redacted(&response.head.headers),
                "content": content(&response_media_type(response), &received),
                "redirectURL": "",
                "headersSize": -1,
                "bodySize": -1,
            },
            "cache": {},
            "timings": { "send": 0, "wait": 0, "receive": 0 },
        })
    }

    fn request(&self) -> Value {
        let query = self.query.iter().map(|(name, value)| json!({ "name": name, "value": value }));
        let size = match &self.body {
            Body::Absent => 0,
            Body::Unknown => -1,
            Body::Text { text, .. } => i64::try_from(text.len()).unwrap_or(i64::MAX),
        };
        let mut request = json!({
            "method": self.method,
            "url": self.url,
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": self.headers,
            "queryString": query.collect::<Vec<_>>(),
            "headersSize": -1,
            "bodySize": size,
        });
        if !matches!(self.body, Body::Absent) {
            request["postData"] = content(&self.media_type, &self.body);
        }
        request
    }
}

fn response_media_type(response: &Response) -> String {
    headers::media_type(response.head.headers.get(CONTENT_TYPE))
}

/// Returns a body with its media type. HAR defines no `size` for the `postData` of a request, but allows other members.
fn content(media_type: &str, body: &Body) -> Value {
    match body {
        Body::Absent => json!({ "size": 0, "mimeType": media_type, "text": "" }),
        Body::Unknown => json!({ "size": -1, "mimeType": media_type, "comment": "incomplete" }),
        Body::Text { text, comment } => {
            json!({ "size": text.len(), "mimeType": media_type, "text": text, "comment": comment })
        }
    }
}

/// Returns the query with the parameter names in the document, and constants for all other names and all values.
fn query(url: &Url) -> Vec<(&'static str, Cow<'static, str>)> {
    let name_of = |name: &str| QUERY_PARAMETERS.iter().find(|it| **it == name);
    let pairs = url.query_pairs();
    pairs
        .map(|(name, value)| {
            (*name_of(&name).unwrap_or(&names::REDACTED), kind::placeholder(&value))
        })
        .collect()
}

/// Returns the URL of a known cloud with the path template.
fn url(sent: &Url, template: &str, query: &[(&str, Cow<'_, str>)]) -> String {
    let clouds = [Cloud::Commercial, Cloud::UsGovernment, Cloud::China21Vianet];
    let mut known = clouds.into_iter().map(Cloud::base_url);
    let origin = sent.origin().ascii_serialization();
    let origin = known.find(|it| *it == origin).unwrap_or(OTHER_ORIGIN);
    // A fragment distinguishes operations with the same path; it is not sent.
    let path = template.split('#').next().unwrap_or_default();
    let mut url = Url::parse(origin).expect("the URLs of the clouds are valid");
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    url.set_path(path);
    url.as_str().replace("%7B", "{").replace("%7D", "}")
}

#[cfg(test)]
mod tests {
    use reqwest::Method;

    use super::*;

    const OPERATION: OperationInfo = OperationInfo {
        operation_id: "get_order",
        method: "GET",
        path: "/v1/customers/{customer-id}/orders#latest",
        tokens: &[],
    };

    /// Returns the recorded URL and query of a request.
    fn recorded(url: &str) -> (String, Value) {
        let request = Request::new(Method::GET, Url::parse(url).unwrap());
        let request = Exchange::new(&OPERATION, &request).request();
        (request["url"].as_str().unwrap().to_owned(), request["queryString"].clone())
    }

    #[test]
    fn the_path_is_the_template() {
        let cloud = "https://api.partnercenter.microsoft.com";
        let (url, _) = recorded(&format!("{cloud}/v1/customers/5357563/orders"));
        assert_eq!(url, format!("{cloud}/v1/customers/{{customer-id}}/orders"));
    }

    #[test]
    fn another_host_a_user_and_a_port_are_redacted() {
        for host in ["alice:eyJ0@contoso.com", "contoso.com:8443", "127.0.0.1"] {
            let (url, _) = recorded(&format!("https://{host}/gateway/5357563/orders"));
            assert_eq!(url, "https://redacted.invalid/v1/customers/{customer-id}/orders");
        }
    }

    #[test]
    fn unknown_names_and_all_values_of_a_query_are_redacted() {
        let (url, query) = recorded("https://contoso.com/a?alice%40contoso.com=Contoso&contoso=7");
        assert!(url.ends_with("/orders?%5Bredacted%5D=%5Bredacted%5D&%5Bredacted%5D=0"), "{url}");
        let pair = |value| json!({ "name": "[redacted]", "value": value });
        assert_eq!(query, json!([pair("[redacted]"), pair("0")]));
    }
}
