//! Which URLs are safe to send a secret to, and the one that a client calls.

use std::{fmt, net::IpAddr};

use reqwest::Url;

/// The URL of the service, with the paths of the operations below it.
#[derive(Clone)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    pub(crate) fn new(url: Url) -> Self {
        Self(url)
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    /// The URL of an operation. Only its path is parsed, as the rest of it never changes.
    pub(crate) fn with(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", self.0.path().trim_end_matches('/')));
        url
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0.as_str().trim_end_matches('/'), f)
    }
}

/// Checks a URL. No message repeats it, as it may hold a password.
pub(crate) fn parse(text: &str, example: &str) -> Result<Url, String> {
    let url = Url::parse(text)
        .map_err(|error| format!("not a URL ({error}); write it in full, such as {example}"))?;
    match problem(&url) {
        Some(problem) => Err(problem.to_owned()),
        None => Ok(url),
    }
}

/// Whether the host is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

fn problem(url: &Url) -> Option<&'static str> {
    if !url.username().is_empty() || url.password().is_some() {
        return Some("has a user name or password; remove it, the token is all it takes");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Some("has a query or fragment; end it with the host or a path");
    }
    match url.scheme() {
        "https" if cfg!(any(feature = "native-tls", feature = "rustls")) => None,
        "https" => Some("`https` needs TLS; enable the feature `rustls` or `native-tls`"),
        "http" if is_loopback(url) => None,
        "http" => Some("`http` would show secrets to the network; use `https`"),
        _ => Some("neither `https` nor `http`; use `https`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_takes_a_tls_feature() {
        let has_tls = cfg!(any(feature = "native-tls", feature = "rustls"));
        assert_eq!(parse("https://api.partnercenter.microsoft.com", "").is_ok(), has_tls);
    }

    #[test]
    fn http_to_this_machine_takes_none() {
        assert!(parse("http://127.0.0.1:8080", "").is_ok());
    }

    #[test]
    fn operations_are_below_the_path_of_the_base_url() {
        for text in ["http://127.0.0.1:8080/proxy", "http://127.0.0.1:8080/proxy/"] {
            let url = BaseUrl::new(parse(text, "").expect("a URL")).with("/v1/orders");
            assert_eq!(url.as_str(), "http://127.0.0.1:8080/proxy/v1/orders");
        }
    }
}
