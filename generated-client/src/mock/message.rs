//! HTTP messages, byte for byte.

use std::io::{self, BufRead, Read as _};

use reqwest::{
    StatusCode,
    header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue},
};

/// A request or a response that states the length of its body, like the ones that our client and httpmock send.
#[derive(Clone, Debug)]
pub(super) struct Message {
    /// The first line and the headers.
    pub(super) lines: Vec<String>,
    pub(super) body: Vec<u8>,
}

impl Message {
    pub(super) fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let status = StatusCode::from_u16(status).expect("a status has three digits");
        let reason = status.canonical_reason().unwrap_or_default();
        let mut lines = vec![format!("HTTP/1.1 {} {reason}", status.as_str())];
        lines.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
        lines.push(format!("{LENGTH}: {}", body.len()));
        Self { lines, body: body.into() }
    }

    /// Returns a request as it would be sent.
    pub(super) fn request(request: &reqwest::Request) -> Self {
        let (url, query) = (request.url(), request.url().query());
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        let mut lines = vec![format!("{} {}{query} HTTP/1.1", request.method(), url.path())];
        for (name, value) in request.headers() {
            lines.push(format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())));
        }
        let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
        Self { lines, body: body.into() }
    }

    /// Reads a message; `None` if the other end has closed the connection.
    pub(super) fn read(stream: &mut impl BufRead, has_body: bool) -> io::Result<Option<Self>> {
        let mut lines = Vec::new();
        loop {
            let mut line = Vec::new();
            if stream.read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            match String::from_utf8_lossy(&line).trim_end() {
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let mut message = Self { lines, body: Vec::new() };
        if has_body {
            let length = message.length().unwrap_or_default();
            stream.take(length as u64).read_to_end(&mut message.body)?;
        }
        Ok(Some(message))
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let head = self.lines.join("\r\n");
        [head.as_bytes(), b"\r\n\r\n", &self.body].concat()
    }

    /// Returns the headers of a request or response.
    pub(super) fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.lines.iter().skip(1).filter_map(|line| line.split_once(':'));
        headers.map(|(name, value)| (name, value.trim()))
    }

    /// Returns the value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Returns the length of the body that the head states.
    pub(super) fn length(&self) -> Option<usize> {
        self.header(LENGTH)?.parse().ok()
    }

    /// Replaces the value of a header, if the message has it.
    pub(super) fn replace_header(&mut self, name: &str, value: &str) {
        for line in self.lines.iter_mut().skip(1) {
            if line.split(':').next().is_some_and(|other| other.eq_ignore_ascii_case(name)) {
                *line = format!("{name}: {value}");
            }
        }
    }

    pub(super) fn set_body(&mut self, body: Vec<u8>) {
        self.replace_header(LENGTH, &body.len().to_string());
        self.body = body;
    }

    /// Returns the status of a response; `None` if the first line is not a status line.
    pub(super) fn status(&self) -> Option<StatusCode> {
        let (version, rest) = self.lines.first()?.split_once(' ')?;
        let status = StatusCode::from_bytes(rest.split(' ').next()?.as_bytes()).ok()?;
        version.starts_with("HTTP/1.").then_some(status)
    }

    /// Returns the reason phrase of a response.
    pub(super) fn reason(&self) -> &str {
        let line = self.lines.first().map(String::as_str).unwrap_or_default();
        line.splitn(3, ' ').nth(2).unwrap_or_default()
    }

    /// Returns a response without its body, if it is valid HTTP.
    pub(super) fn head(&self) -> Option<hyper::Response<()>> {
        let mut response = hyper::Response::new(());
        *response.status_mut() = self.status()?;
        let headers = self.headers().filter_map(|(name, value)| header(name, value));
        *response.headers_mut() = headers.collect::<HeaderMap>();
        Some(response)
    }
}

/// Returns a header, if its name and value are valid.
pub(super) fn header(name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
    let name = HeaderName::try_from(name).ok()?;
    let mut value = HeaderValue::try_from(value).ok()?;
    value.set_sensitive(name == AUTHORIZATION);
    Some((name, value))
}

const LENGTH: &str = "content-length";
