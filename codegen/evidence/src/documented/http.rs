//! Parses documented messages as HTTP.

#[derive(Debug)]
pub struct Request {
    pub method: String,
    /// The target, which the vendor's pages print as an absolute URL.
    pub target: String,
    pub content: Content,
}

#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub content: Content,
}

/// The headers and the body of a message.
#[derive(Debug)]
pub struct Content {
    pub headers: Headers,
    /// The text after the blank line, without the final newline; `None` if there is no text.
    pub body: Option<String>,
}

/// The headers of a message, in order.
#[derive(Debug)]
pub struct Headers(Vec<(String, String)>);

/// The maximum number of headers, more than any documented message has.
const MAX_HEADERS: usize = 32;

/// Parses a request, or returns the first error in its head.
pub fn request(text: &str) -> Result<Request, String> {
    let text = with_blank_line(text);
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let head = length(request.parse(text.as_bytes()))?;
    Ok(Request {
        method: request.method.unwrap_or_default().to_owned(),
        target: request.path.unwrap_or_default().to_owned(),
        content: Content { headers: Headers::new(request.headers), body: body(&text[head..]) },
    })
}

/// Parses a response, or returns the first error in its head.
pub fn response(text: &str) -> Result<Response, String> {
    let text = with_blank_line(text);
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let head = length(response.parse(text.as_bytes()))?;
    Ok(Response {
        status: response.code.unwrap_or_default(),
        content: Content { headers: Headers::new(response.headers), body: body(&text[head..]) },
    })
}

/// Adds the blank line after the head, which pages omit if there is no body.
fn with_blank_line(text: &str) -> String {
    if text.contains("\n\n") { text.to_owned() } else { format!("{text}\n") }
}

/// The first line of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    Request,
    Response(u16),
}

/// Detects the kind of a message from its first line, if this is a valid HTTP start line.
pub(crate) fn start(message: &[u8]) -> Option<Start> {
    let line = message.split(|byte| *byte == b'\n').next()?;
    let words: Vec<&str> = str::from_utf8(line).ok()?.split_whitespace().collect();
    let is_version = |word: &&str| word.starts_with("HTTP/");
    match words.as_slice() {
        [version, status, ..] if is_version(version) => status.parse().ok().map(Start::Response),
        [_, _, version] if is_version(version) => Some(Start::Request),
        _ => None,
    }
}

/// Returns the number of the first header line without a valid name, counted from 0.
pub(crate) fn first_bad_header(text: &str) -> Option<usize> {
    let head = text.lines().enumerate().skip(1).take_while(|(_, line)| !line.is_empty());
    let has_name = |line: &str| {
        let name = line.split_once(':').map_or("", |(name, _)| name);
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
    };
    head.filter(|(_, line)| !has_name(line)).map(|(number, _)| number).next()
}

fn length(head: httparse::Result<usize>) -> Result<usize, String> {
    match head {
        Ok(httparse::Status::Complete(length)) => Ok(length),
        Ok(httparse::Status::Partial) => Err("incomplete head".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn body(text: &str) -> Option<String> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    (!text.is_empty()).then(|| text.to_owned())
}

impl Headers {
    fn new(headers: &[httparse::Header<'_>]) -> Self {
        let text = |value| String::from_utf8_lossy(value).into_owned();
        Self(headers.iter().map(|header| (header.name.to_owned(), text(header.value))).collect())
    }

    /// Returns the first value of a header. Names are case-insensitive.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Returns the names and values, in the order of the message.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
