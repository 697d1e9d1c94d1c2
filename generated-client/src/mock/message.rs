//! HTTP messages, byte for byte.

use std::io::{self, BufRead, Read as _};

use reqwest::StatusCode;

/// A request or a response whose body has a stated length, as our client and httpmock send them.
#[derive(Clone, Debug)]
pub(super) struct Message {
    /// The first line and the headers.
    pub(super) lines: Vec<String>,
    pub(super) body: Vec<u8>,
}

impl Message {
    /// A response.
    pub(super) fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let status = StatusCode::from_u16(status).expect("a status has three digits");
        let reason = status.canonical_reason().unwrap_or_default();
        let mut lines = vec![format!("HTTP/1.1 {} {reason}", status.as_str())];
        lines.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
        lines.push(format!("{LENGTH}: {}", body.len()));
        Self { lines, body: body.into() }
    }

    /// Reads a message; none if the other end has closed the connection.
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
            let length = message.header(LENGTH).and_then(|length| length.parse().ok());
            stream.take(length.unwrap_or_default()).read_to_end(&mut message.body)?;
        }
        Ok(Some(message))
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let head = self.lines.join("\r\n");
        [head.as_bytes(), b"\r\n\r\n", &self.body].concat()
    }

    /// The headers, each by its name.
    pub(super) fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.lines.iter().skip(1).filter_map(|line| line.split_once(':'));
        headers.map(|(name, value)| (name, value.trim()))
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Sets a header that is there.
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
}

const LENGTH: &str = "content-length";
