//! Which base URLs are safe to send a token to.

use std::net::IpAddr;

use reqwest::Url;

use crate::error::Error;

/// Checks a base URL. No message repeats it, as it may hold a password.
pub(crate) fn parse(text: &str) -> Result<Url, Error> {
    let url = Url::parse(text).map_err(|error| {
        let remedy = "write it in full, such as https://api.partnercenter.microsoft.com";
        Error::configuration(format!("base URL: not a URL; {remedy}")).with_source(error)
    })?;
    match problem(&url) {
        Some(problem) => Err(Error::configuration(format!("base URL: {problem}"))),
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
        return Some("has a user name or password; remove it, the access token is all it takes");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Some("has a query or fragment; end it with the host or a path");
    }
    match url.scheme() {
        "https" if cfg!(any(feature = "native-tls", feature = "rustls")) => None,
        "https" => Some("`https` needs TLS; enable the feature `rustls` or `native-tls`"),
        "http" if is_loopback(url) => None,
        "http" => Some("`http` would show the access token to the network; use `https`"),
        _ => Some("neither `https` nor `http`; use `https`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_takes_a_tls_feature() {
        let has_tls = cfg!(any(feature = "native-tls", feature = "rustls"));
        assert_eq!(parse("https://api.partnercenter.microsoft.com").is_ok(), has_tls);
    }

    #[test]
    fn http_to_this_machine_takes_none() {
        assert!(parse("http://127.0.0.1:8080").is_ok());
    }
}
