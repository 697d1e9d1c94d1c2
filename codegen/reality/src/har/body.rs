//! The body of a message, or the reason why it is unknown.

use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use serde_json::{Value, error::Category};

/// The maximum length in bytes of a body that is compared: 16 MiB. The client reads 1 MiB by default.
const MAX_BODY: usize = 16 << 20;

/// The byte order mark, and the text that it becomes if UTF-8 is read as Windows-1252.
const MARKS: [&str; 2] = ["\u{feff}", "ï»¿"];

/// The body of a message.
pub(crate) enum Body {
    /// The message has no body.
    Absent,
    /// The body cannot be compared, for this reason.
    Unknown(&'static str),
    /// The text of the body.
    Text(Text),
}

/// The text of a body.
pub(crate) struct Text {
    /// True if the body begins with a byte order mark.
    pub(crate) is_marked: bool,
    /// The value; `None` if the body is not JSON.
    pub(crate) json: Option<Value>,
}

const NOT_RECORDED: &str = "not recorded";

impl Body {
    pub(super) fn of_request(request: &Value) -> Self {
        let content = &request["postData"];
        if !content.is_object() {
            return match request["bodySize"].as_i64() {
                Some(1..) => Self::Unknown(NOT_RECORDED),
                _ => Self::Absent,
            };
        }
        let has_fields = content["params"].as_array().is_some_and(|fields| !fields.is_empty());
        match content["text"].as_str() {
            None | Some("") if has_fields => Self::Text(Text { is_marked: false, json: None }),
            text => Self::read(content, text, request["bodySize"].as_i64()),
        }
    }

    pub(super) fn of_response(content: &Value, has_no_content: bool) -> Self {
        if has_no_content {
            return Self::Absent;
        }
        Self::read(content, content["text"].as_str(), content["size"].as_i64())
    }

    /// Reads a body from its text and its size, either of which may be missing.
    fn read(content: &Value, text: Option<&str>, size: Option<i64>) -> Self {
        match (text, size) {
            (None, Some(0)) | (Some(""), None | Some(..=0)) => Self::Absent,
            (None | Some(""), _) => Self::Unknown(NOT_RECORDED),
            (Some(text), _) if text.len() > MAX_BODY => Self::Unknown("longer than 16 MiB"),
            (Some(text), _) if is_base64(content) => match decoded(text) {
                Some(bytes) => Self::of_text(&String::from_utf8_lossy(&bytes), size),
                None => Self::Unknown("not valid base64"),
            },
            (Some(text), _) => Self::of_text(text, size),
        }
    }

    fn of_text(text: &str, size: Option<i64>) -> Self {
        let unmarked = MARKS.iter().find_map(|mark| text.strip_prefix(mark));
        let is_marked = unmarked.is_some();
        match serde_json::from_str(unmarked.unwrap_or(text)) {
            Ok(json) => Self::Text(Text { is_marked, json: Some(json) }),
            Err(error) if error.classify() == Category::Eof && is_shorter(text, size) => {
                Self::Unknown("cut off in the recording")
            }
            Err(_) => Self::Text(Text { is_marked, json: None }),
        }
    }
}

fn is_base64(content: &Value) -> bool {
    content["encoding"].as_str().is_some_and(|it| it.eq_ignore_ascii_case("base64"))
}

/// Decodes base64, which may contain line breaks and may lack padding.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new();
    let config = config.with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let text: String = text.split_ascii_whitespace().collect();
    GeneralPurpose::new(&STANDARD, config).decode(text).ok()
}

fn is_shorter(text: &str, size: Option<i64>) -> bool {
    size.and_then(|size| usize::try_from(size).ok()).is_some_and(|size| text.len() < size)
}
