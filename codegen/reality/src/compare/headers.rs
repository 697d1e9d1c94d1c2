//! Compares headers with their declarations.

use document::{Node, collection::CONTINUATION_HEADERS};
use serde_json::Value;

use super::{Compared, Comparison};
use crate::{
    har::Message,
    kind, names,
    observations::{Finding, Part},
    rules::{ABSENT_HEADER, OTHER_LETTER_CASE, OTHER_TYPE, UNDECLARED_HEADER},
    schema::{Direction, Schemas},
    standard_headers,
    surveyed::Statement,
};

/// The declaration of a header: its name, and the object with its schema.
type Declared<'d> = (&'d str, Node<'d>);

impl<'d> Comparison<'_, 'd> {
    pub(super) fn response_headers(
        &self,
        response: Node<'d>,
        message: &Message,
        part: Part,
        compared: &mut Compared<'d>,
    ) {
        let declared = response
            .entries_of("headers")
            .filter_map(|entry| Some((entry.key.text()?, self.document.resolve(entry.value)?)));
        let declared: Vec<Declared<'d>> = declared.collect();
        let Some(headers) = &message.headers else { return };
        let absent = declared.iter().filter(|(name, node)| {
            node.is_true("required") && !headers.iter().any(|(it, _)| it.eq_ignore_ascii_case(name))
        });
        compared.extend(part, absent.map(|(name, node)| absent_header(name, *node)));
        let owner = response.get("headers").unwrap_or(response);
        self.headers(&declared, owner, headers, part, compared);
    }

    pub(super) fn request_headers(&self, message: &Message, compared: &mut Compared<'d>) {
        let parameters = self.parameters("header").into_iter();
        let declared = parameters.filter_map(|it| Some((it.get_str("name")?, it)));
        let declared: Vec<Declared<'d>> = declared.collect();
        let mut headers = message.headers.clone().unwrap_or_default();
        if self.is_paged() {
            headers.retain(|(name, _)| !is_continuation(name));
        }
        self.headers(&declared, self.operation.node, &headers, Part::Request, compared);
    }

    fn headers(
        &self,
        declared: &[Declared<'d>],
        owner: Node<'d>,
        headers: &[(String, String)],
        part: Part,
        compared: &mut Compared<'d>,
    ) {
        for (name, value) in headers {
            match declared.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)) {
                Some((name, node)) => {
                    let findings = self.value(name, *node, value);
                    if findings.is_empty() && part != Part::Request {
                        compared.confirmed.push((Statement::Header, *node));
                    }
                    compared.extend(part, findings);
                }
                None if standard_headers::contains(name) => {}
                None => compared.extend(part, [undeclared(owner, name, value)]),
            }
        }
    }

    /// Compares the value of a header with its schema.
    fn value(&self, name: &str, header: Node<'d>, value: &str) -> Vec<Finding<'d>> {
        let Some(schema) = header.get("schema").and_then(|it| self.document.resolve(it)) else {
            return Vec::new();
        };
        let subject = format!("the header `{name}`");
        let value = match typed(schema, value.trim(), &subject) {
            Ok(value) => value,
            Err(finding) => return vec![*finding],
        };
        let schemas = Schemas { document: self.document, direction: Direction::Response };
        let findings = schemas.compare(&[schema], &value, "").findings.into_iter();
        findings.map(|finding| Finding { subject: subject.clone(), ..finding }).collect()
    }
}

/// Returns true for a header that the link to the next page of a collection can set.
fn is_continuation(name: &str) -> bool {
    CONTINUATION_HEADERS.iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// Converts the value of a header to the type of its schema.
fn typed<'d>(schema: Node<'d>, text: &str, subject: &str) -> Result<Value, Box<Finding<'d>>> {
    let kind = schema.get("type");
    let name = kind.and_then(Node::as_str).unwrap_or_default();
    let value = match name {
        "boolean" => text.parse().map(Value::Bool).ok(),
        "integer" if kind::is_integer(text) => serde_json::from_str(text).ok(),
        "number" if kind::is_integer(text) || kind::is_decimal(text) => {
            serde_json::from_str(text).ok()
        }
        "integer" | "number" => None,
        _ => Some(text.into()),
    };
    let other_type = || match name {
        "boolean" if kind::is_boolean(text) => (
            &OTHER_LETTER_CASE,
            "has a boolean that is not spelled `true` or `false`".to_owned(),
            "declare a string with the values that were sent".to_owned(),
        ),
        _ => (
            &OTHER_TYPE,
            format!("is not of type `{name}`"),
            "declare the type that was sent".to_owned(),
        ),
    };
    value.ok_or_else(|| {
        let (rule, problem, help) = other_type();
        let finding = Finding::new(rule, kind.unwrap_or(schema), subject, problem).help(help);
        Box::new(finding.of_kind(kind::of_text(text)))
    })
}

fn undeclared<'d>(owner: Node<'d>, name: &str, value: &str) -> Finding<'d> {
    // Proxies and HTTP/2 change the letter case of header names.
    let name = name.to_ascii_lowercase();
    Finding::new(
        &UNDECLARED_HEADER,
        owner,
        format!("the header `{}`", names::shown(&name)),
        "is not declared",
    )
    .help("add it to the headers, unless a proxy adds it")
    .of_kind(kind::of_text(value))
}

fn absent_header<'d>(name: &str, node: Node<'d>) -> Finding<'d> {
    Finding::new(
        &ABSENT_HEADER,
        node,
        format!("the header `{name}`"),
        "is absent, although it is required",
    )
    .help("make it optional")
}
