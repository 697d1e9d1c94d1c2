//! Follows the link from one page of a collection to the next.
//!
//! A link determines two parts of the next request: the query and the continuation token. Everything else is copied
//! from the first request, so that no link can send the access token to another server or read another resource.

use std::{borrow::Cow, fmt};

use percent_encoding::percent_decode_str;
use reqwest::{
    Method, Request, Url,
    header::{HeaderName, HeaderValue},
};
use serde::{Deserialize, Serialize};

use crate::excerpt;

/// The headers that a link can set. Other headers, such as `X-HTTP-Method-Override`, could cause actions on the
/// caller's behalf.
const TOKENS: [&str; 3] = ["ms-continuationtoken", "x-ms-continuation", "x-ms-continuation-token"];

/// The maximum length of a link's URL. Microsoft's servers do not accept longer URLs.
const LONGEST: usize = 16 * 1024;

/// The request for a page of a collection.
#[derive(Clone, Hash, PartialEq, Eq)]
pub(crate) struct PageRequest {
    url: Url,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl PageRequest {
    /// Copies the request for the first page.
    pub(crate) fn first(request: &Request) -> Self {
        let headers = request.headers().iter();
        let headers = headers.map(|(name, value)| (name.clone(), value.clone())).collect();
        Self { url: request.url().clone(), headers }
    }

    pub(crate) fn to_request(&self) -> Request {
        let mut request = Request::new(Method::GET, self.url.clone());
        *request.headers_mut() = self.headers.iter().cloned().collect();
        request
    }

    /// Returns the request for a link on this page. `base` is the base URL of the client.
    pub(crate) fn follow(&self, link: &Link, base: &Url) -> Result<Self, InvalidLink> {
        let method = link.method.as_deref().unwrap_or("GET");
        if !method.eq_ignore_ascii_case("GET") {
            return Err(InvalidLink::Method(method.to_owned()));
        }
        let mut next = Self { url: self.resolve(link, base)?, headers: self.headers.clone() };
        next.headers.retain(|(name, _)| !TOKENS.contains(&name.as_str()));
        for header in link.headers.iter().flatten() {
            next.set(header)?;
        }
        Ok(next)
    }

    /// Returns the URL of this page with the query of a link.
    fn resolve(&self, link: &Link, base: &Url) -> Result<Url, InvalidLink> {
        let text = link.uri.as_deref().unwrap_or_default().trim();
        if text.is_empty() {
            return Err(InvalidLink::NoUrl);
        }
        if text.len() > LONGEST {
            return Err(InvalidLink::TooLong);
        }
        let target = self.url.join(&rooted(text)).map_err(|_| InvalidLink::Malformed)?;
        if target.origin() != self.url.origin() {
            return Err(InvalidLink::Server(target.origin().ascii_serialization()));
        }
        if !target.username().is_empty() || target.password().is_some() {
            return Err(InvalidLink::UserInfo);
        }
        if !is_same_path(target.path(), self.url.path(), base.path().trim_end_matches('/')) {
            return Err(InvalidLink::Path);
        }
        let mut url = self.url.clone();
        url.set_query(target.query());
        Ok(url)
    }

    fn set(&mut self, header: &LinkHeader) -> Result<(), InvalidLink> {
        let key = header.key.as_deref().unwrap_or_default();
        if !TOKENS.contains(&key.to_ascii_lowercase().as_str()) {
            return Err(InvalidLink::Header(key.to_owned()));
        }
        let value = header.value.as_deref().and_then(|value| HeaderValue::from_str(value).ok());
        let (Ok(name), Some(mut value)) = (HeaderName::try_from(key), value) else {
            return Err(InvalidLink::HeaderValue(key.to_owned()));
        };
        // A token may contain information about the caller.
        value.set_sensitive(true);
        self.headers.retain(|(other, _)| *other != name);
        self.headers.push((name, value));
        Ok(())
    }
}

/// Adds a leading slash to a relative path, because the service writes paths relative to its root.
fn rooted(text: &str) -> Cow<'_, str> {
    let first_segment = text.split(['/', '?', '#']).next().unwrap_or_default();
    match first_segment.is_empty() || first_segment.contains(':') {
        true => text.into(),
        false => format!("/{text}").into(),
    }
}

/// Returns whether a link has the path of its operation. The link may omit the path of the base URL, and also the
/// version at the beginning of the operation's path.
fn is_same_path(path: &str, own: &str, base: &str) -> bool {
    let [path, own] = [path, own].map(|path| path.strip_prefix(base).unwrap_or(path));
    same(path, own) || without_version(own).is_some_and(|own| same(path, own))
}

/// Returns `/customers` for `/v1/customers`.
fn without_version(path: &str) -> Option<&str> {
    let rest = &path[path.get(1..)?.find('/')? + 1..];
    let version = path[..path.len() - rest.len()].strip_prefix("/v")?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    version.split('.').all(is_number).then_some(rest)
}

/// Compares paths without regard to letter case, as Microsoft's servers do.
fn same(path: &str, other: &str) -> bool {
    let decoded = |path| percent_decode_str(path).map(|byte: u8| byte.to_ascii_lowercase());
    decoded(path).eq(decoded(other))
}

/// The links of a page.
#[derive(Deserialize)]
struct Links {
    next: Option<Link>,
}

/// A link as the service sends it.
#[derive(Deserialize)]
pub(crate) struct Link {
    uri: Option<String>,
    method: Option<String>,
    headers: Option<Vec<LinkHeader>>,
}

#[derive(Deserialize)]
struct LinkHeader {
    key: Option<String>,
    value: Option<String>,
}

/// Returns the link to the next page; `None` if there is no next page.
pub(crate) fn next(links: &impl Serialize) -> Result<Option<Link>, InvalidLink> {
    // The models of links depend on the document, but their JSON does not.
    let links = serde_json::to_value(links).and_then(serde_json::from_value::<Option<Links>>);
    links.map(|links| links?.next).map_err(|_| InvalidLink::Malformed)
}

/// The reason why a link is not followed. The message does not repeat the URL, which may contain a customer's tenant
/// ID, or the continuation token.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum InvalidLink {
    NoUrl,
    Malformed,
    TooLong,
    Server(String),
    UserInfo,
    Path,
    Method(String),
    Header(String),
    HeaderValue(String),
    Repeated,
}

impl fmt::Display for InvalidLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &str| excerpt::one_line(text, 100);
        match self {
            Self::NoUrl => write!(f, "has no URL"),
            Self::Malformed => write!(f, "is malformed"),
            Self::TooLong => write!(f, "has a URL longer than {LONGEST} bytes"),
            Self::Server(origin) if origin == "null" => write!(f, "is not the URL of a server"),
            Self::Server(origin) => write!(f, "points to another server, {}", shown(origin)),
            Self::UserInfo => write!(f, "contains a user name or password"),
            Self::Path => write!(f, "points to a path other than the operation's"),
            Self::Method(method) => {
                write!(f, "has the method `{}` instead of `GET`", shown(method))
            }
            Self::Header(key) => {
                write!(f, "asks for the header `{}`, which is not a continuation token", shown(key))
            }
            Self::HeaderValue(key) => {
                write!(f, "has no valid value for the header `{}`", shown(key))
            }
            Self::Repeated => write!(f, "points back to a page that was already read"),
        }
    }
}
