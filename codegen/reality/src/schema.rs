//! Compares a JSON value with a schema: members, types, formats, known values and letter case.
//!
//! Bounds, lengths and patterns are not compared, because the recorder replaces the values that they restrict.

mod scalar;
mod variants;

use std::collections::{BTreeMap, HashSet};

use document::{Document, Node, NodeId, pointer};
use serde_json::{Map, Value};

use crate::{
    kind, names,
    observations::Finding,
    rules::{ABSENT_MEMBER, OTHER_LETTER_CASE, OTHER_TYPE, UNDECLARED_MEMBER, UNDECLARED_NULL},
};

/// The direction of a message. Required members that are `readOnly` can be absent from requests, and those that are
/// `writeOnly` from responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Request,
    Response,
}

/// The result of a comparison.
#[derive(Default)]
pub(crate) struct Outcome<'d> {
    pub(crate) findings: Vec<Finding<'d>>,
    seen: HashSet<(&'static str, NodeId, String, Option<&'static str>)>,
    /// The declarations of the members that were found.
    pub(crate) confirmed: BTreeMap<NodeId, Node<'d>>,
}

impl<'d> Outcome<'d> {
    fn of(findings: impl IntoIterator<Item = Finding<'d>>) -> Self {
        let mut outcome = Self::default();
        findings.into_iter().for_each(|finding| outcome.add(finding));
        outcome
    }

    /// Adds a finding, unless it was already added, for example for another item of a list.
    fn add(&mut self, finding: Finding<'d>) {
        let Finding { rule, node, subject, kind, .. } = &finding;
        if self.seen.insert((rule.id, node.id(), subject.clone(), *kind)) {
            self.findings.push(finding);
        }
    }

    fn extend(&mut self, other: Self) {
        other.findings.into_iter().for_each(|finding| self.add(finding));
        self.confirmed.extend(other.confirmed);
    }
}

/// The schemas of a document, for one direction.
#[derive(Clone, Copy)]
pub(crate) struct Schemas<'s, 'd> {
    pub(crate) document: &'s Document<'d>,
    pub(crate) direction: Direction,
}

/// The parts of a schema that all apply to one value.
type Parts<'d> = [Node<'d>];

impl<'d> Schemas<'_, 'd> {
    /// Compares a value with all of these schemas. If there are several alternatives, uses the one with the fewest
    /// differences.
    pub(crate) fn compare(self, schemas: &[Node<'d>], value: &Value, at: &str) -> Outcome<'d> {
        let variants = self.variants(schemas).into_iter();
        let outcomes = variants.map(|parts| self.of_parts(&parts, value, at));
        outcomes.min_by_key(|outcome| outcome.findings.len()).unwrap_or_default()
    }

    fn of_parts(self, parts: &Parts<'d>, value: &Value, at: &str) -> Outcome<'d> {
        if value.is_null() {
            return Outcome::of(undeclared_null(parts, at));
        }
        if let Some(finding) = other_type(parts, value, at) {
            return Outcome::of([finding]);
        }
        match value {
            Value::Object(members) => self.members(parts, members, at),
            Value::Array(items) => self.items(parts, items, at),
            _ => Outcome::of(scalar::findings(parts, value, &location(at))),
        }
    }

    fn items(self, parts: &Parts<'d>, items: &[Value], at: &str) -> Outcome<'d> {
        let schemas: Vec<Node<'d>> = parts.iter().filter_map(|part| part.get("items")).collect();
        let at = format!("{at}/*");
        items.iter().fold(Outcome::default(), |mut outcome, item| {
            outcome.extend(self.compare(&schemas, item, &at));
            outcome
        })
    }

    fn members(self, parts: &Parts<'d>, members: &Map<String, Value>, at: &str) -> Outcome<'d> {
        let mut outcome = Outcome::of(self.absent(parts, members, at));
        for (name, value) in members {
            outcome.extend(self.member(parts, name, value, at));
        }
        outcome
    }

    fn member(self, parts: &Parts<'d>, name: &str, value: &Value, at: &str) -> Outcome<'d> {
        let declared = properties(parts, |it| it == name);
        if !declared.is_empty() {
            return self.declared(&declared, value, &format!("{at}{}", pointer::step(name)));
        }
        let similar = properties(parts, |it| it.eq_ignore_ascii_case(name));
        if let Some(property) = similar.first() {
            let finding = other_letter_case(*property, name, at);
            let mut outcome = Outcome::of([finding]);
            outcome.extend(self.declared(&similar, value, &format!("{at}{}", pointer::step(name))));
            return outcome;
        }
        match Additional::of(parts) {
            Additional::Allowed(schemas) => self.compare(&schemas, value, &format!("{at}/*")),
            Additional::Undeclared(owner) => Outcome::of([undeclared(owner, name, value, at)]),
        }
    }

    /// Compares a declared member, and confirms it if its value does not differ.
    fn declared(self, properties: &[Node<'d>], value: &Value, at: &str) -> Outcome<'d> {
        let mut outcome = self.compare(properties, value, at);
        if !outcome.findings.iter().any(|finding| finding.subject == location(at)) {
            outcome.confirmed.extend(properties.iter().map(|node| (node.id(), *node)));
        }
        outcome
    }

    fn absent(self, parts: &Parts<'d>, members: &Map<String, Value>, at: &str) -> Vec<Finding<'d>> {
        let required = parts.iter().flat_map(|part| part.items_of("required"));
        let is_absent = |name: &str| !members.keys().any(|it| it.eq_ignore_ascii_case(name));
        let absent = required.filter(|item| {
            let name = item.as_str().unwrap_or_default();
            is_absent(name) && !self.is_of_other_direction(parts, name)
        });
        let findings = absent.map(|node| {
            Finding::new(
                &ABSENT_MEMBER,
                node,
                format!("{at}{}", pointer::step(node.as_str().unwrap_or_default())),
                "is absent, although it is required",
            )
            .help("make it optional")
        });
        findings.collect()
    }

    fn is_of_other_direction(self, parts: &Parts<'d>, name: &str) -> bool {
        let keyword = match self.direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
        };
        let properties = properties(parts, |it| it == name);
        let mut resolved = properties.iter().filter_map(|it| self.document.resolve(*it));
        resolved.any(|property| property.is_true(keyword))
    }
}

/// What a schema says about a member that `properties` does not list.
enum Additional<'d> {
    /// It is allowed, and these schemas apply to its value.
    Allowed(Vec<Node<'d>>),
    /// It is not declared; this schema could declare it.
    Undeclared(Node<'d>),
}

impl<'d> Additional<'d> {
    fn of(parts: &Parts<'d>) -> Self {
        let declared: Vec<Node<'d>> =
            parts.iter().filter_map(|part| part.get("additionalProperties")).collect();
        let schemas: Vec<Node<'d>> = declared.iter().copied().filter(|it| it.is_object()).collect();
        let is_open = declared.iter().any(|it| it.as_bool() == Some(true));
        let is_closed = declared.iter().any(|it| it.as_bool() == Some(false));
        let owner = parts.iter().find(|part| part.get("properties").is_some());
        match owner.or(parts.first()) {
            Some(owner) if schemas.is_empty() && !is_open => match is_closed {
                // An object schema without `properties` allows all members.
                false if owner.get("properties").is_none() => Self::Allowed(Vec::new()),
                _ => Self::Undeclared(*owner),
            },
            _ => Self::Allowed(schemas),
        }
    }
}

/// Returns the schemas of the properties whose names match.
fn properties<'d>(parts: &Parts<'d>, fits: impl Fn(&str) -> bool) -> Vec<Node<'d>> {
    let entries = parts.iter().flat_map(|part| part.entries_of("properties"));
    entries.filter(|entry| fits(entry.name())).map(|entry| entry.value).collect()
}

fn undeclared<'d>(owner: Node<'d>, name: &str, value: &Value, at: &str) -> Finding<'d> {
    Finding::new(
        &UNDECLARED_MEMBER,
        owner,
        format!("{at}{}", pointer::step(names::shown(name))),
        "is not declared",
    )
    .help("add the member to this schema")
    .of_kind(kind::of(value))
}

fn other_letter_case<'d>(property: Node<'d>, name: &str, at: &str) -> Finding<'d> {
    let declared = property.name().unwrap_or_default();
    Finding::new(
        &OTHER_LETTER_CASE,
        property,
        format!("{at}{}", pointer::step(name)),
        format!("is declared as `{declared}`"),
    )
    .help(format!("write `{name}` if the service always does"))
}

fn undeclared_null<'d>(parts: &Parts<'d>, at: &str) -> Option<Finding<'d>> {
    let is_nullable = parts.iter().any(|part| part.is_true("nullable"));
    let typed = parts.iter().find(|part| part.get("type").is_some())?;
    // An author makes a member nullable in the outermost part.
    let node = *parts.first().unwrap_or(typed);
    (!is_nullable).then(|| {
        Finding::new(&UNDECLARED_NULL, node, location(at), "is null, but not nullable")
            .help("add `nullable: true`")
    })
}

fn other_type<'d>(parts: &Parts<'d>, value: &Value, at: &str) -> Option<Finding<'d>> {
    let types = parts.iter().filter_map(|part| part.get("type"));
    let node = types.into_iter().find(|it| it.as_str().is_some_and(|it| !has_type(value, it)))?;
    Some(
        Finding::new(
            &OTHER_TYPE,
            node,
            location(at),
            format!("is not of type `{}`", node.as_str().unwrap_or_default()),
        )
        .help("declare the type that was sent")
        .of_kind(kind::of(value)),
    )
}

fn has_type(value: &Value, kind: &str) -> bool {
    match kind {
        "array" => value.is_array(),
        "boolean" => value.is_boolean(),
        "integer" => kind::of(value) == "an integer",
        "number" => value.is_number(),
        "object" => value.is_object(),
        "string" => value.is_string(),
        _ => true,
    }
}

/// Returns a JSON pointer, or "the body" if the pointer is empty.
fn location(at: &str) -> String {
    if at.is_empty() { "the body".to_owned() } else { at.to_owned() }
}
