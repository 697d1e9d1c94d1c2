//! The base URL of a client, and checks that a URL is safe to send secrets to.

use std::{fmt, net::IpAddr};

use reqwest::Url;

use crate::parameter::{self, InvalidPath};

/// The URL of the service, to which the path of an operation is appended.
#[derive(Clone)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    pub(crate) fn new(url: Url) -> Self {
        Self(url)
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    /// Returns the URL of an operation. Fails if its path has a dot segment, which a URL cannot contain.
    ///
    /// Only the path is parsed, because the rest of the URL never changes. The path is already encoded, so parsing
    /// changes only dot segments.
    pub(crate) fn with(&self, path: &str) -> Result<Url, InvalidPath> {
        let path = format!("{}{path}", self.0.path().trim_end_matches('/'));
        let mut url = self.0.clone();
        url.set_path(&path);
        if url.path() == path { Ok(url) } else { Err(InvalidPath::DotSegment) }
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0.as_str().trim_end_matches('/'), f)
    }
}

/// Parses and checks a URL. The messages do not quote it, because it may contain a password.
pub(crate) fn parse(text: &str, example: &str) -> Result<Url, String> {
    let url = Url::parse(text)
        .map_err(|error| format!("not a URL ({error}); write it in full, such as {example}"))?;
    match problem(text, &url) {
        Some(problem) => Err(problem.to_owned()),
        None => Ok(url),
    }
}

/// Returns the URL. Fails if its path ends with the beginning of the path that all operations share, because that part
/// would be sent twice.
pub(crate) fn without(url: Url, common_path: &str) -> Result<Url, String> {
    let common_path = parameter::encode_literal(common_path).to_string();
    match common_end(url.path().trim_end_matches('/'), &common_path) {
        Some(end) => Err(format!(
            "ends with `{end}`, which the path of each operation already begins with; remove it"
        )),
        None => Ok(url),
    }
}

/// Returns the longest sequence of whole segments that ends the first path and begins the second.
fn common_end<'p>(path: &str, common_path: &'p str) -> Option<&'p str> {
    let ends = common_path.match_indices('/').map(|(slash, _)| slash).chain([common_path.len()]);
    let mut beginnings = ends.skip(1).map(|end| &common_path[..end]).collect::<Vec<_>>();
    beginnings.retain(|beginning| ends_with(path, beginning));
    beginnings.pop()
}

fn ends_with(path: &str, end: &str) -> bool {
    let start = path.len().checked_sub(end.len());
    start.and_then(|start| path.get(start..)).is_some_and(|it| it.eq_ignore_ascii_case(end))
}

/// Returns whether the host is the local machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// Returns whether parsing a URL changes its path or host. Removing surrounding whitespace does not count.
fn is_rewritten(text: &str) -> bool {
    let text = text.trim();
    let is_dots = |segment: &str| {
        matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
    };
    text.contains(|character: char| character == '\\' || character.is_control())
        || text.split('/').any(is_dots)
}

const HAS_TLS: bool =
    cfg!(any(feature = "native-tls", feature = "rustls", feature = "rustls-no-provider"));

fn problem(text: &str, url: &Url) -> Option<&'static str> {
    if !url.username().is_empty() || url.password().is_some() {
        return Some(
            "contains a user name or password; remove it, because it is not used to authenticate",
        );
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Some("contains a query or fragment; end the URL with the host or a path");
    }
    if is_rewritten(text) {
        return Some(
            "contains a segment `.` or `..`, a backslash or a control character; \
             write the path exactly as it should be sent",
        );
    }
    match url.scheme() {
        "https" if HAS_TLS => None,
        "https" => Some("`https` needs TLS; enable the feature `rustls` or `native-tls`"),
        "http" if is_loopback(url) => None,
        "http" => Some("`http` would expose secrets to the network; use `https`"),
        _ => Some("neither `https` nor `http`; use `https`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_requires_a_tls_feature() {
        assert_eq!(parse("https://api.partnercenter.microsoft.com", "").is_ok(), HAS_TLS);
    }

    #[test]
    fn http_to_the_local_machine_requires_none() {
        assert!(parse("http://127.0.0.1:8080", "").is_ok());
    }

    #[test]
    fn a_base_url_must_not_end_with_the_beginning_of_each_path() {
        let ends = |path| common_end(path, "/v1/customers");
        assert_eq!(ends("/v1"), Some("/v1"));
        assert_eq!(ends("/proxy/V1"), Some("/v1"));
        assert_eq!(ends("/proxy/v1/customers"), Some("/v1/customers"));
        for path in ["", "/proxy", "/v1/proxy", "/v1.0", "/customers", "/av1"] {
            assert_eq!(ends(path), None, "{path}");
        }
        assert_eq!(common_end("/v1", ""), None);
    }

    #[test]
    fn operation_paths_are_appended_to_the_base_url() {
        for text in ["http://127.0.0.1:8080/proxy", "http://127.0.0.1:8080/proxy/"] {
            let url = BaseUrl::new(parse(text, "").expect("a URL")).with("/v1/orders");
            assert_eq!(url.unwrap().as_str(), "http://127.0.0.1:8080/proxy/v1/orders");
        }
    }
}
