//! Compares the headers and the body of a message with their declarations in the document.

use std::collections::HashSet;

use document::{
    Node, Tree,
    exact::{self, Difference},
    pointer::step,
    validation::{Role, Violation, ViolationKind},
};
use serde::de::IgnoredAny;
use serde_json::Value;

use super::{
    declared::{Declared, Document, Header},
    mismatch::{ADD, Aspect, CORRECT, DECLARE, ERRATUM, EXAMPLE, Mismatch, Related},
};
use crate::documented::{
    Part,
    http::{Content, Headers},
};

/// The standard HTTP headers that pages may print in requests and responses.
pub(super) const STANDARD_ON_PAGES: &[&str] = &[
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Cache-Control",
    "Connection",
    "Content-Encoding",
    "Content-Language",
    "Content-Length",
    "Content-Type",
    "Date",
    "Expect",
    "Expires",
    "Host",
    "Keep-Alive",
    "Pragma",
    "Server",
    "Transfer-Encoding",
    "User-Agent",
    "Vary",
    "Via",
];

/// The length of the UTF-8 byte order mark at the start of each body that the service sends.
const BYTE_ORDER_MARK: usize = 3;

/// The expected headers and body of a message.
pub(super) struct Expected<'a> {
    pub(super) document: &'a Document<'a>,
    /// Standard HTTP headers, which an OpenAPI document does not declare.
    pub(super) standard: &'static [&'static str],
    pub(super) headers: Vec<Header<'a>>,
    /// The location of the header declarations.
    pub(super) headers_at: Related,
    /// The declaration of the body; `None` if the message must not have one.
    pub(super) body: Option<Declared<'a>>,
    pub(super) body_at: Related,
    /// The name of the example that the body must equal; `None` to compare only the structure of the message.
    pub(super) example: Option<&'a str>,
}

impl Expected<'_> {
    /// Compares the headers and the body of a message.
    pub(super) fn mismatches(&self, content: &Content) -> Vec<Mismatch> {
        let headers = &content.headers;
        let lines = headers.iter().flat_map(|(name, value)| self.header(name, value));
        let body = [self.presence(content), self.media_type(content), length(content)];
        let text = self.body.as_ref().zip(content.body.as_deref());
        let text = text.map(|(declared, body)| self.text(declared, body)).unwrap_or_default();
        let headers =
            self.missing_headers(headers).chain(self.duplicate_headers(headers)).chain(lines);
        headers.chain(body.into_iter().flatten()).chain(text).collect()
    }

    fn role(&self) -> Role {
        if self.example.is_some() { Role::Message } else { Role::Structure }
    }

    fn missing_headers(&self, headers: &Headers) -> impl Iterator<Item = Mismatch> {
        let declared = self.headers.iter();
        let missing = declared.filter(|it| it.required && headers.get(it.name).is_none());
        missing.map(|header| {
            let what = "is missing, although it is required";
            Mismatch::header(Aspect::Header, header.name, what, CORRECT)
                .related(self.headers_at.clone())
        })
    }

    fn duplicate_headers(&self, headers: &Headers) -> impl Iterator<Item = Mismatch> {
        let mut names = HashSet::new();
        headers.iter().filter(move |(name, _)| !names.insert(name.to_ascii_lowercase())).map(
            |(name, _)| {
                let aspect = if self.is_standard(name) { Aspect::Value } else { Aspect::Header };
                Mismatch::header(aspect, name, "is present more than once", ERRATUM)
            },
        )
    }

    fn is_standard(&self, name: &str) -> bool {
        self.standard.iter().any(|standard| standard.eq_ignore_ascii_case(name))
    }

    /// Reports a header that is not declared or has an invalid value.
    fn header(&self, name: &str, value: &str) -> Vec<Mismatch> {
        if self.is_standard(name) {
            return Vec::new();
        }
        let mut declared = self.headers.iter();
        let Some(header) = declared.find(|header| header.name.eq_ignore_ascii_case(name)) else {
            let undeclared = Mismatch::header(Aspect::Header, name, "is not declared", DECLARE);
            return vec![undeclared.related(self.headers_at.clone())];
        };
        let Some(schema) = header.schema.and_then(|schema| self.document.resolve(schema)) else {
            return Vec::new();
        };
        let Ok(Some(value)) = Tree::parse(&json(schema, value)) else { return Vec::new() };
        let violations = self.document.violations(schema, value.root(), self.role());
        let mismatch =
            |it: &Violation<'_>| Mismatch::header(Aspect::Value, name, &it.problem, CORRECT);
        violations.iter().map(mismatch).collect()
    }

    fn presence(&self, content: &Content) -> Option<Mismatch> {
        let is_expected = self.body.is_some_and(|declared| declared.media_types().next().is_some());
        let (what, remedy) = match (is_expected, &content.body) {
            (true, None) => ("the body is missing, although it is declared", CORRECT),
            (false, Some(_)) => ("the body is not declared", DECLARE),
            _ => return None,
        };
        Some(Mismatch::new(Aspect::Body, Part::Body, what, remedy).related(self.body_at.clone()))
    }

    fn media_type(&self, content: &Content) -> Option<Mismatch> {
        let what = match (content.headers.get("Content-Type"), &content.body) {
            (None, None) => return None,
            (None, Some(_)) => "is missing, although there is a body",
            (Some(_), None) => "is present, although there is no body",
            (Some(value), Some(_)) => {
                let essence = value.split(';').next().unwrap_or_default().trim();
                let mut declared = self.body.as_ref()?.media_types();
                if declared.any(|media_type| media_type.eq_ignore_ascii_case(essence)) {
                    return None;
                }
                let what = format!("is `{essence}`, which is not declared");
                let mismatch = Mismatch::header(Aspect::Value, "Content-Type", what, DECLARE);
                return Some(mismatch.related(self.body_at.clone()));
            }
        };
        Some(Mismatch::header(Aspect::Value, "Content-Type", what, ERRATUM))
    }

    fn text(&self, declared: &Declared<'_>, body: &str) -> Vec<Mismatch> {
        let value: Value = match serde_json::from_str(body) {
            Ok(value) => value,
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                let place = format!(" at line {line} column {column}");
                let reason = error.to_string().replace(&place, "");
                let message = format!("the body is not JSON: {reason}");
                let part = Part::Position(line, column);
                return vec![Mismatch::new(Aspect::Body, part, message, ERRATUM)];
            }
        };
        let Ok(Some(tree)) = Tree::parse(body) else {
            let message =
                "the body has a character that some parsers reject, or is nested too deeply";
            return vec![Mismatch::new(Aspect::Body, Part::Body, message, ERRATUM)];
        };
        let duplicates = duplicates(&tree);
        // Of several members with the same name, the value keeps only the last.
        let without_duplicates = match duplicates.is_empty() {
            true => None,
            false => Tree::parse(&value.to_string()).ok().flatten(),
        };
        let has_duplicates = without_duplicates.is_some();
        let root = without_duplicates.as_ref().unwrap_or(&tree).root();
        let of_media_types = declared.media_types().flat_map(|media_type| {
            let invalid = self.invalid(declared, media_type, root);
            match self.example {
                // An invalid body also differs from the example, so only the violations are reported.
                Some(example) if invalid.is_empty() && !has_duplicates => {
                    self.different_from(example, declared, media_type, &exact::value(root))
                }
                _ => invalid,
            }
        });
        duplicates.into_iter().chain(of_media_types).collect()
    }

    fn invalid(&self, declared: &Declared<'_>, media_type: &str, body: Node<'_>) -> Vec<Mismatch> {
        let Some(schema) = declared.schema(media_type) else {
            let message = "the body has no schema in the document";
            return vec![Mismatch::new(Aspect::Type, Part::Body, message, CORRECT)];
        };
        let violations = self.document.violations(schema, body, self.role());
        let mut reported = HashSet::new();
        let kept = violations.iter().filter(|violation| {
            let is_renamed = self.example.is_none() && is_renamed(violation, &violations);
            !is_renamed && reported.insert((violation.value.id(), aspect(violation)))
        });
        let mismatches = kept.map(|violation| {
            let (aspect, pointer) = (aspect(violation), violation.value.pointer());
            let name = describe(&pointer);
            match aspect {
                Aspect::Member => {
                    let message = format!("{name} is not declared");
                    Mismatch::new(aspect, Part::Member(pointer), message, DECLARE)
                }
                _ => {
                    let message = format!("{name} {}", violation.problem);
                    Mismatch::new(aspect, Part::Value(pointer), message, CORRECT)
                }
            }
        });
        mismatches.collect()
    }

    /// Returns the differences between a value and its example.
    fn different_from(
        &self,
        example: &str,
        declared: &Declared<'_>,
        media_type: &str,
        value: &Value,
    ) -> Vec<Mismatch> {
        let Some(expected) = declared.example(media_type, example) else {
            let message = format!("the document has no example `{example}` of the body");
            let mismatch = Mismatch::new(Aspect::Value, Part::Body, message, ADD);
            return vec![mismatch.related(self.body_at.clone())];
        };
        let examples = format!("{}/content{}/examples", self.body_at.0, step(media_type));
        let differences = exact::differences(value, &expected).into_iter();
        differences
            .map(|Difference { at, left, right }| {
                let message =
                    format!("{} is {left}, but {right} in the example `{example}`", describe(&at));
                let location = format!("{examples}{}/value{at}", step(example));
                let mismatch = Mismatch::new(Aspect::Value, Part::Value(at), message, EXAMPLE);
                mismatch.related((location, "the example"))
            })
            .collect()
    }
}

/// Reports members that an object has more than once. JSON parsers silently keep one of them.
fn duplicates(tree: &Tree) -> Vec<Mismatch> {
    let duplicates = tree.nodes().flat_map(Node::duplicate_entries).map(|(_, entry, _)| {
        let message = format!("`{}` is present more than once", entry.key.pointer());
        Mismatch::new(Aspect::Duplicate, Part::InBody(entry.key.span()), message, ERRATUM)
    });
    duplicates.collect()
}

/// Converts the text of a header to JSON of the type that its schema states.
fn json(schema: Node<'_>, text: &str) -> String {
    let is_number = matches!(schema.get_str("type"), Some("boolean" | "integer" | "number"))
        && serde_json::from_str::<IgnoredAny>(text).is_ok();
    if is_number { text.to_owned() } else { Value::from(text).to_string() }
}

/// Reports a `Content-Length` that does not match the body. Pages print bodies with more whitespace than the service
/// sends, so the header may state the length with or without that whitespace.
fn length(content: &Content) -> Option<Mismatch> {
    let stated = content.headers.get("Content-Length")?;
    let body = content.body.as_deref().unwrap_or_default();
    let (printed, compact) = (body.len(), compact_length(body));
    let lengths = [printed, compact, printed + BYTE_ORDER_MARK, compact + BYTE_ORDER_MARK];
    (!lengths.iter().any(|length| length.to_string() == stated)).then(|| {
        let body = format!("the body has {compact} bytes ({printed} as printed)");
        let what = format!("is {stated}, but {body}");
        Mismatch::header(Aspect::Value, "Content-Length", what, ERRATUM)
    })
}

/// Returns the length of a JSON text without the whitespace between its tokens.
fn compact_length(json: &str) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    json.bytes()
        .filter(|byte| {
            let counts = quoted || !byte.is_ascii_whitespace();
            quoted ^= *byte == b'"' && !escaped;
            escaped = quoted && *byte == b'\\' && !escaped;
            counts
        })
        .count()
}

fn aspect(violation: &Violation<'_>) -> Aspect {
    match violation.kind {
        ViolationKind::Type => Aspect::Type,
        ViolationKind::Missing => Aspect::Missing,
        ViolationKind::Undeclared => Aspect::Member,
        _ => Aspect::Value,
    }
}

/// Returns true for a missing member if its object has an undeclared one, which is probably the missing member under
/// another name.
fn is_renamed(violation: &Violation<'_>, all: &[Violation<'_>]) -> bool {
    let is_member = |other: &Violation<'_>| {
        other.kind == ViolationKind::Undeclared && other.value.parent() == Some(violation.value)
    };
    violation.kind == ViolationKind::Missing && all.iter().any(is_member)
}

/// Describes a value for a message. An empty JSON pointer means the whole body.
fn describe(at: &str) -> String {
    if at.is_empty() { "the body".to_owned() } else { format!("`{at}`") }
}
