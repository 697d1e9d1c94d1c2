//! Names of header parameters.

use document::{DiagnosticBuilder, Document, Kind, Node, Report};

use super::{IGNORED_HEADER_PARAMETER, INVALID_HEADER_NAME};
use crate::parts::is_managed;

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let parameters = document.objects(Kind::Parameter);
    let headers = parameters.filter(|parameter| parameter.get_str("in") == Some("header"));
    for header in headers {
        report.extend(invalid(header));
        report.extend(ignored(header));
    }
}

fn invalid(header: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let name = header.get("name")?;
    let text = name.as_str()?;
    let message = match text.chars().find(|char| !is_token_char(*char)) {
        Some(' ') => "a header's name cannot contain a space".to_owned(),
        Some(char) => format!("a header's name cannot contain `{char}`"),
        None if text.is_empty() => "a header's name cannot be empty".to_owned(),
        None => return None,
    };
    let help = "use letters, digits and `-`";
    Some(INVALID_HEADER_NAME.at(name, message).help(help))
}

/// Returns true for a character of a token: <https://www.rfc-editor.org/rfc/rfc9110#name-tokens>.
fn is_token_char(char: char) -> bool {
    char.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(char)
}

fn ignored(header: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    const REMEDIES: [(&str, &str); 3] = [
        ("Accept", "remove it; the media types of the responses determine it"),
        ("Content-Type", "remove it; the media type of the request body determines it"),
        ("Authorization", "remove it, and declare a security scheme"),
    ];
    let name = header.get("name").filter(|_| !is_managed(header))?;
    let text = name.as_str()?;
    let (_, remedy) = REMEDIES.iter().find(|(ignored, _)| text.eq_ignore_ascii_case(ignored))?;
    let message = format!("the header parameter `{text}` is ignored by OpenAPI");
    Some(IGNORED_HEADER_PARAMETER.at(name, message).help(*remedy))
}
