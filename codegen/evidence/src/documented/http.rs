//! Documented messages as HTTP.

/// A request.
#[derive(Debug)]
pub struct Request {
    /// The method, such as `GET`.
    pub method: String,
    /// The target, which the vendor's pages write as a whole address.
    pub target: String,
    /// What follows the request line.
    pub content: Content,
}

/// A response.
#[derive(Debug)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// What follows the status line.
    pub content: Content,
}

/// What requests and responses have in common.
#[derive(Debug)]
pub struct Content {
    /// The header lines.
    pub headers: Headers,
    /// What follows the blank line, without the file's final newline; `None` if nothing does.
    pub body: Option<String>,
}

/// The header lines of a message, in their order.
#[derive(Debug)]
pub struct Headers(Vec<(String, String)>);

/// More than any documented message has.
const HEADERS: usize = 32;

/// Parses a request.
///
/// # Errors
///
/// What is wrong with its head.
pub fn request(text: &str) -> Result<Request, String> {
    let text = closed(text);
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let head = length(request.parse(text.as_bytes()))?;
    Ok(Request {
        method: request.method.unwrap_or_default().to_owned(),
        target: request.path.unwrap_or_default().to_owned(),
        content: Content { headers: Headers::new(request.headers), body: body(&text[head..]) },
    })
}

/// Parses a response.
///
/// # Errors
///
/// What is wrong with its head.
pub fn response(text: &str) -> Result<Response, String> {
    let text = closed(text);
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let head = length(response.parse(text.as_bytes()))?;
    Ok(Response {
        status: response.code.unwrap_or_default(),
        content: Content { headers: Headers::new(response.headers), body: body(&text[head..]) },
    })
}

/// A page shows no blank line after a head that nothing follows.
fn closed(text: &str) -> String {
    if text.contains("\n\n") { text.to_owned() } else { format!("{text}\n") }
}

/// The first line of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// A request line.
    Request,
    /// A status line, with its status.
    Response(u16),
}

/// The kind of a message that has a first line of HTTP, as the page prints it.
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

/// The line of the first header that has no name, counted from 0.
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

    /// The first value of a header; names have no case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Names and values, in the order of the message.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
