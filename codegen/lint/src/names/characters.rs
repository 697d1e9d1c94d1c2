//! Reports invalid and ignored header names, and characters that change the direction of text.

use document::{
    DiagnosticBuilder, Document, Entry, Kind, Node, Report, parts::is_managed,
    printable::is_bidi_control,
};

use super::{BIDI_CONTROL_CHARACTER, IGNORED_HEADER_PARAMETER, INVALID_HEADER_NAME};

pub(super) fn headers(document: &Document<'_>, report: &mut Report) {
    let parameters = document.objects(Kind::Parameter);
    for header in parameters.filter(|parameter| parameter.get_str("in") == Some("header")) {
        report.extend(invalid(header));
        report.extend(ignored(header));
    }
}

fn invalid(header: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let name = header.get("name")?;
    let text = name.as_str()?;
    let message = match text.chars().find(|char| !is_token_char(*char)) {
        Some(' ') => "a header name cannot contain a space".to_owned(),
        Some(char) => format!("a header name cannot contain `{char}`"),
        None if text.is_empty() => "a header name cannot be empty".to_owned(),
        None => return None,
    };
    let help = "use letters, digits and `-`";
    Some(INVALID_HEADER_NAME.at(name, message).help(help))
}

/// Returns true for a character that HTTP allows in a token: <https://www.rfc-editor.org/rfc/rfc9110#name-tokens>.
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

pub(super) fn direction(document: &Document<'_>, report: &mut Report) {
    let paths = document.root().get("paths").into_iter().flat_map(keys);
    let parameters = document.objects(Kind::Parameter).filter_map(|node| node.get("name"));
    let schemas = document.objects(Kind::Schema).flat_map(|schema| {
        let properties = schema.get("properties").into_iter().flat_map(keys);
        let values = ["enum", "x-extensible-enum"].into_iter().filter_map(move |it| schema.get(it));
        properties.chain(values.flat_map(Node::items))
    });
    for text in paths.chain(parameters).chain(schemas) {
        if text.text().is_some_and(|text| text.contains(is_bidi_control)) {
            let message = "an invisible character changes the direction of this text";
            report.add(BIDI_CONTROL_CHARACTER.at(text, message).help("remove it"));
        }
    }
}

fn keys<'t>(node: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    node.entries().map(|Entry { key, .. }| key)
}
