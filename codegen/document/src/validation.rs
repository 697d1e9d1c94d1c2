//! Validates values against schemas.
//!
//! The validator is hand-written. The crate jsonschema rejects the whole document if a single schema is invalid or a
//! single reference is dangling, and it supports neither directions nor suggestions for misspelled names.

mod alternatives;
mod objects;
mod patterns;
mod scalars;
mod violation;

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use crate::{
    compositions::Compositions,
    number::Number,
    openapi::Document,
    phrasing::join_or,
    spelling,
    tree::{Node, NodeId, Style, Value},
    unambiguous::unambiguous,
};

use patterns::Patterns;
pub use violation::{Violation, ViolationKind};

/// The maximum depth at which nested schemas and values are validated. No value is deeper than the tree.
const MAX_DEPTH: usize = 120;

/// The direction of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    Sent,
    Received,
    /// Both, or unknown.
    Either,
}

/// The purpose of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Default,
    Example(Direction),
    /// A message of the service. All its members must be declared.
    Message,
    /// Like `Message`, but only the names of members and the types of their values are checked.
    Structure,
}

/// Validates values against schemas, each pair once.
pub struct Validator<'d, 't> {
    document: &'d Document<'t>,
    compositions: &'d Compositions<'t>,
    patterns: Patterns<'t>,
    known: HashMap<(NodeId, NodeId, Role), Violations<'t>>,
    /// The values of each `enum` in canonical form.
    enums: HashMap<NodeId, HashSet<String>>,
    /// The number of undeclared names that can still be compared with all declared names.
    ///
    /// If a document has more undeclared names, they are probably not misspellings.
    suggestions: usize,
    depth: usize,
}

/// The violations of a schema; empty if the value is valid or the schema cannot be resolved.
pub type Violations<'t> = Rc<[Violation<'t>]>;

/// A value and the resolved schema that it must match.
#[derive(Clone, Copy)]
struct Case<'t> {
    schema: Node<'t>,
    value: Node<'t>,
    role: Role,
}

impl<'d, 't> Validator<'d, 't> {
    /// Creates a validator for the values of one tree.
    pub fn new(document: &'d Document<'t>, compositions: &'d Compositions<'t>) -> Self {
        Self {
            document,
            compositions,
            patterns: Patterns::default(),
            known: HashMap::new(),
            enums: HashMap::new(),
            suggestions: 300,
            depth: 0,
        }
    }

    /// Returns the violations of a schema by a value; the schema can be a reference.
    pub fn violations(
        &mut self,
        schema: Node<'t>,
        value: Node<'t>,
        role: Role,
    ) -> Vec<Violation<'t>> {
        let mut violations = self.of_part(schema, value, role).to_vec();
        if matches!(role, Role::Message | Role::Structure) {
            violations.extend(self.undeclared_members(schema, value, role));
        }
        violations
    }

    /// Returns the violations of a schema that can be one of several schemas for the same value.
    fn of_part(&mut self, schema: Node<'t>, value: Node<'t>, role: Role) -> Violations<'t> {
        let Some(schema) = self.document.resolve(schema) else { return Rc::default() };
        let key = (schema.id(), value.id(), role);
        if let Some(known) = self.known.get(&key) {
            return Rc::clone(known);
        }
        if self.depth == MAX_DEPTH {
            return Rc::default();
        }
        // A schema can contain itself by composition. The inner occurrence adds no requirement.
        self.known.insert(key, Rc::default());
        self.depth += 1;
        let violations: Violations<'t> = self.validate(Case { schema, value, role }).into();
        self.depth -= 1;
        self.known.insert(key, Rc::clone(&violations));
        violations
    }

    fn validate(&mut self, case: Case<'t>) -> Vec<Violation<'t>> {
        let Case { schema, value, role } = case;
        // In OpenAPI 3.0.3 `nullable` has no effect without `type`, but authors expect it to have one.
        let nullable = schema.get("nullable");
        let may_be_null = nullable.is_some_and(|nullable| nullable.as_bool() != Some(false));
        if schema.is_ambiguous() || (value.value() == Value::Null && may_be_null) {
            return Vec::new();
        }
        let checks_values = role != Role::Structure;
        let of_enum = |it: &mut Self| if checks_values { it.enum_violation(case) } else { None };
        if let Some(violation) = self.type_violation(case).or_else(|| of_enum(self)) {
            return vec![violation];
        }
        let mut violations = match value.value() {
            Value::Number(_) | Value::String(_) if !checks_values => Vec::new(),
            Value::Number(text) => Number::parse(text)
                .map_or_else(Vec::new, |number| scalars::number(schema, value, &number).collect()),
            Value::String(text) => scalars::text(&mut self.patterns, schema, value, text),
            Value::Array => self.array(case),
            Value::Object => self.object(case),
            Value::Null | Value::Bool(_) => Vec::new(),
        };
        violations.extend(self.composition(case));
        violations
    }

    fn enum_violation(&mut self, Case { schema, value, .. }: Case<'t>) -> Option<Violation<'t>> {
        let list = schema.get("enum").filter(|list| list.is_array())?;
        let values = || list.items().map(scalars::canonical).collect();
        let values = self.enums.entry(list.id()).or_insert_with(values);
        (!values.contains(&scalars::canonical(value))).then(|| not_listed(list, value))
    }

    fn type_violation(&self, case: Case<'t>) -> Option<Violation<'t>> {
        let kind = case.schema.get("type")?;
        let (name, value) = (kind.as_str()?, case.value);
        let expected = with_article(name)?;
        if value.value() == Value::Null {
            return self.null(case, kind, expected);
        }
        if admits(name, value.value()) {
            return None;
        }
        let problem = format!("must be {expected}, but is {}", value.value().describe());
        let violation = Violation::new(value, kind, problem).kind(ViolationKind::Type);
        let help = unambiguous(value, name).or_else(|| type_help(value, expected));
        Some(Violation { help, ..violation })
    }

    fn null(
        &self,
        Case { schema, value, .. }: Case<'t>,
        kind: Node<'t>,
        expected: &str,
    ) -> Option<Violation<'t>> {
        // Other rules report a misspelled `nullable`, or a null in `enum`.
        let is_meant = schema.get("nullable").is_none() && !self.document.lacks(schema, "nullable");
        if is_meant || schema.items_of("enum").any(|value| value.value() == Value::Null) {
            return None;
        }
        let violation = Violation::new(value, kind, "is null, but its schema is not nullable");
        let help = format!("write {expected}, or add `nullable: true` to the schema");
        Some(violation.kind(ViolationKind::Type).help(help))
    }
}

fn type_help(value: Node<'_>, expected: &str) -> Option<String> {
    let text = value.text().unwrap_or_default();
    let is_quoted_number = || is_quoted(value) && is_number(text, expected);
    Some(match (expected, value.value()) {
        ("a string", Value::Number(_) | Value::Bool(_)) => format!("put it in quotes: `'{text}'`"),
        ("a boolean", Value::String("true" | "false")) => format!("write `{text}` without quotes"),
        ("an integer" | "a number", Value::String(_)) if is_quoted_number() => {
            format!("write `{text}` without quotes")
        }
        ("an integer", Value::Number(_)) => "write it without a fraction or an exponent".to_owned(),
        ("an object" | "an array", Value::String(_))
            if text.trim_start().starts_with(['{', '[']) =>
        {
            "write it without quotes, as part of the document".to_owned()
        }
        _ => return None,
    })
}

fn is_quoted(value: Node<'_>) -> bool {
    value.scalar().is_some_and(|scalar| scalar.style == Style::Quoted)
}

fn is_number(text: &str, expected: &str) -> bool {
    let has_digits_only = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    text.parse().is_ok_and(f64::is_finite) && (has_digits_only || expected == "a number")
}

fn not_listed<'t>(list: Node<'t>, value: Node<'t>) -> Violation<'t> {
    const MOST_SHOWN: usize = 8;
    const WEIGHT_OF_A_TAG: usize = 100;
    let values: Vec<&str> = list.items().filter_map(Node::text).collect();
    let problem = match value.text() {
        Some(text) => format!("cannot be `{text}`"),
        None => "is not one of the listed values".to_owned(),
    };
    // An `enum` with a single value tags its schema. A value with a different tag is meant for a different schema.
    let weight = if list.items().count() == 1 { WEIGHT_OF_A_TAG } else { 1 };
    let violation = Violation::new(value, list, problem).weight(weight);
    match spelling::nearest(value.text().unwrap_or_default(), values.iter().copied()) {
        Some(meant) => violation.help(format!("write `{meant}`")),
        None if values.len() <= MOST_SHOWN && !values.is_empty() => {
            violation.help(format!("write {}", join_or(&values)))
        }
        None => violation,
    }
}

/// Returns a type with its article; `None` for a word that is not a type.
pub fn with_article(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "array" => "an array",
        "boolean" => "a boolean",
        "integer" => "an integer",
        "number" => "a number",
        "object" => "an object",
        "string" => "a string",
        _ => return None,
    })
}

/// Returns true if a value other than null has the given type. An integer has neither a fraction nor an exponent.
pub fn admits(kind: &str, value: Value<'_>) -> bool {
    match (kind, value) {
        ("number", Value::Number(_)) => true,
        _ => with_article(kind).is_none_or(|expected| value.describe() == expected),
    }
}
