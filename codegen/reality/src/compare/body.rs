//! Compares a body, its media type and its byte order mark with their declaration.

use document::Node;

use super::Compared;
use crate::{
    har::{Body, Message, Text},
    observations::{Finding, Part},
    rules::{
        ABSENT_BODY, BYTE_ORDER_MARK_IN_BODY, UNDECLARED_BODY, UNDECLARED_MEDIA_TYPE,
        UNREADABLE_BODY,
    },
    schema::{Direction, Schemas},
    surveyed::Statement,
};

/// The media types that a report shows. The recorder keeps the same list.
const SHOWN: [&str; 13] = [
    "application/javascript",
    "application/json",
    "application/octet-stream",
    "application/problem+json",
    "application/x-www-form-urlencoded",
    "application/xml",
    "multipart/form-data",
    "text/css",
    "text/csv",
    "text/html",
    "text/json",
    "text/plain",
    "text/xml",
];

/// Compares the body of a message with its declaration. `owner` is the object to which a declaration would be added.
pub(super) fn compare<'d>(
    schemas: Schemas<'_, 'd>,
    declared: Option<Node<'d>>,
    owner: Node<'d>,
    message: &Message,
    part: Part,
    compared: &mut Compared<'d>,
) {
    let content = declared.and_then(|declared| declared.get("content"));
    let content = content.filter(|content| content.entries().next().is_some());
    if let Body::Text(text) = &message.body
        && text.is_marked
        && !mentions_byte_order_mark(schemas, declared)
    {
        compared.extend(part, [byte_order_mark(declared.unwrap_or(owner))]);
    }
    match (&message.body, content) {
        (Body::Unknown(reason), _) => compared.unknown_bodies.push(reason),
        (Body::Absent, Some(content)) if is_expected(schemas, declared) => {
            compared.extend(part, [absent(content)]);
        }
        (Body::Absent, _) => {}
        (Body::Text(_), None) => compared.extend(part, [undeclared(declared.unwrap_or(owner))]),
        (Body::Text(text), Some(content)) => {
            let media_type = message.media_type.as_deref();
            of_text(schemas, content, media_type, text, part, compared);
        }
    }
}

/// Returns true if the description of the message or of the document mentions byte order marks.
fn mentions_byte_order_mark(schemas: Schemas<'_, '_>, declared: Option<Node<'_>>) -> bool {
    let described = [declared, schemas.document.root().get("info")].into_iter().flatten();
    let mut descriptions = described.filter_map(|it| it.get_str("description"));
    descriptions.any(|it| it.to_lowercase().contains("byte order mark"))
}

/// Returns true if a message without a body differs from its declaration.
fn is_expected(schemas: Schemas<'_, '_>, declared: Option<Node<'_>>) -> bool {
    schemas.direction == Direction::Response || declared.is_some_and(|it| it.is_true("required"))
}

fn of_text<'d>(
    schemas: Schemas<'_, 'd>,
    content: Node<'d>,
    media_type: Option<&str>,
    text: &Text,
    part: Part,
    compared: &mut Compared<'d>,
) {
    let declared = media_type.and_then(|it| declared_media_type(content, it));
    if declared.is_none() {
        compared.extend(part, [undeclared_media_type(content, media_type)]);
    }
    // A body with an undeclared media type is compared too, because some services send JSON as `text/plain`.
    let Some(media) = declared.or_else(|| content.entries().map(|it| it.value).find(can_be_json))
    else {
        return;
    };
    match (&text.json, media.get("schema")) {
        (None, _) if can_be_json(&media) && declared.is_some() => {
            compared.extend(part, [unreadable(media)]);
        }
        (Some(json), Some(schema)) if can_be_json(&media) => {
            let outcome = schemas.compare(&[schema], json, "");
            compared.extend(part, outcome.findings);
            let members = outcome.confirmed.into_values();
            compared.confirmed.extend(members.map(|node| (Statement::Member, node)));
        }
        _ => {}
    }
}

/// Returns the declaration for a media type: the exact one, or else the one for its range, such as `text/*`.
fn declared_media_type<'d>(content: Node<'d>, media_type: &str) -> Option<Node<'d>> {
    let essence = |name: &str| name.split(';').next().unwrap_or_default().trim().to_lowercase();
    let range = media_type.split_once('/').map(|(kind, _)| format!("{kind}/*"));
    let names = [Some(media_type.to_owned()), range, Some("*/*".to_owned())];
    let mut names = names.into_iter().flatten();
    names
        .find_map(|name| content.entries().find(|it| essence(it.name()) == name))
        .map(|entry| entry.value)
}

/// Returns true if a declared media type or range includes JSON.
fn can_be_json(media: &Node<'_>) -> bool {
    let name = media.name().unwrap_or_default().to_lowercase();
    let essence = name.split(';').next().unwrap_or_default().trim();
    essence.ends_with("/json") || essence.ends_with("+json") || essence.ends_with("/*")
}

fn undeclared_media_type<'d>(content: Node<'d>, media_type: Option<&str>) -> Finding<'d> {
    let problem = match media_type {
        None => "is not stated in a `Content-Type` header".to_owned(),
        Some(media_type) if SHOWN.contains(&media_type) => {
            format!("is `{media_type}`, which is not declared")
        }
        Some(_) => "is not declared".to_owned(),
    };
    Finding::new(&UNDECLARED_MEDIA_TYPE, content, "the media type", problem)
        .help("add the media type, unless a gateway sent this message")
}

fn byte_order_mark(owner: Node<'_>) -> Finding<'_> {
    Finding::new(&BYTE_ORDER_MARK_IN_BODY, owner, "the body", "begins with a byte order mark")
        .help("mention the byte order mark in the description; the client removes it")
}

fn unreadable(media: Node<'_>) -> Finding<'_> {
    Finding::new(&UNREADABLE_BODY, media, "the body", "is not JSON, although its media type is")
        .help("look up the body in the recording, and declare its media type")
}

fn absent(content: Node<'_>) -> Finding<'_> {
    Finding::new(&ABSENT_BODY, content, "the body", "is absent, although it is declared")
        .help("remove the content, or describe when it is absent")
}

fn undeclared(owner: Node<'_>) -> Finding<'_> {
    Finding::new(&UNDECLARED_BODY, owner, "the body", "is not declared").help("declare its content")
}
