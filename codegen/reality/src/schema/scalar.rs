//! Compares strings and numbers with their format and their known values.

use document::{Node, formats::format_mismatch, integers::Width};
use serde_json::Value;

use super::Parts;
use crate::{
    kind,
    observations::Finding,
    rules::{OTHER_FORMAT, OTHER_LETTER_CASE, UNDECLARED_VALUE},
};

/// The keywords that list values.
const LISTS: [&str; 2] = ["enum", "x-extensible-enum"];

/// The formats of strings that are compared: the recorder replaces any other string with text that has no format.
const RECORDED: [&str; 3] = ["date", "date-time", "uuid"];

/// Compares a scalar with all parts of its schema.
pub(super) fn findings<'d>(parts: &Parts<'d>, value: &Value, subject: &str) -> Vec<Finding<'d>> {
    let formats = parts.iter().filter_map(|part| part.get("format"));
    let formats = formats.filter_map(|format| other_format(format, value, subject));
    let lists = parts.iter().flat_map(|part| LISTS.map(|keyword| part.get(keyword)));
    let lists = lists.flatten().filter_map(|list| undeclared_value(list, value, subject));
    formats.chain(lists).collect()
}

fn other_format<'d>(format: Node<'d>, value: &Value, subject: &str) -> Option<Finding<'d>> {
    let name = format.as_str()?;
    let fits = match value {
        Value::String(text) if RECORDED.contains(&name) => format_mismatch(name, text).is_none(),
        Value::Number(number) => Width::named(name).is_none_or(|width| {
            number.as_i128().is_some_and(|number| width.contains(number, number))
        }),
        _ => true,
    };
    (!fits).then(|| {
        Finding::new(&OTHER_FORMAT, format, subject, format!("does not have the format `{name}`"))
            .help("remove the format, or declare the one that was sent")
            .of_kind(kind::of(value))
    })
}

/// Only strings are compared with the listed values, because the recorder replaces numbers.
fn undeclared_value<'d>(list: Node<'d>, value: &Value, subject: &str) -> Option<Finding<'d>> {
    let text = value.as_str()?;
    let known = || list.items().filter_map(Node::text);
    if known().any(|known| known == text) {
        return None;
    }
    Some(match known().find(|known| known.eq_ignore_ascii_case(text)) {
        Some(known) => Finding::new(
            &OTHER_LETTER_CASE,
            list,
            subject,
            format!("has the value `{known}` with different letter case"),
        )
        .help("list the value as it was sent"),
        None => Finding::new(&UNDECLARED_VALUE, list, subject, "has a value that is not listed")
            .help("look up the value in the recording, and add it to the list")
            .of_kind(kind::of_text(text)),
    })
}
