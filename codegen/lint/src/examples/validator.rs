//! A value against a schema.

mod alternatives;
mod objects;

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use document::{
    Document, Node, NodeId, Style, Value,
    phrasing::{describe, join_or},
    plain::unambiguous,
    spelling,
};

use super::{Role, Violation, ViolationKind, scalars, texts::Texts};
use crate::schemas::{Compositions, admits, with_article};

/// How deep schemas and values are followed; a value cannot be deeper than the tree is.
const DEEPEST: usize = 120;

/// Who holds values against schemas, each pair once.
pub(super) struct Validator<'d, 't> {
    pub(super) document: &'d Document<'t>,
    pub(super) compositions: Compositions<'t>,
    pub(super) texts: Texts<'t>,
    /// Whether all schemas can be known as a whole, so that what fits them by all that is known does fit.
    pub(super) is_valid: bool,
    known: HashMap<(NodeId, NodeId, Role), Violations<'t>>,
    /// The values of each `enum`, in a form in which same values are equal.
    enums: HashMap<NodeId, HashSet<String>>,
    /// How many more names may be held against all others; a document with so many has another flaw than
    /// misspelled names.
    pub(super) suggestions: usize,
    depth: usize,
}

/// What a value breaks; nothing if it fits, or if its schema cannot be known.
pub(super) type Violations<'t> = Rc<[Violation<'t>]>;

/// A value and what it must fit; the schema is no reference.
#[derive(Clone, Copy)]
pub(super) struct Case<'t> {
    pub(super) schema: Node<'t>,
    pub(super) value: Node<'t>,
    pub(super) role: Role,
}

impl<'d, 't> Validator<'d, 't> {
    pub(super) fn new(document: &'d Document<'t>) -> Self {
        let mut references = document.references().iter();
        let is_valid = document.structural_diagnostics().is_empty()
            && references.all(|reference| document.resolve(reference.node).is_some());
        Self {
            document,
            compositions: Compositions::new(document),
            texts: Texts::default(),
            is_valid,
            known: HashMap::new(),
            enums: HashMap::new(),
            suggestions: 300,
            depth: 0,
        }
    }

    /// What a value breaks of a schema.
    pub(super) fn violations(
        &mut self,
        schema: Node<'t>,
        value: Node<'t>,
        role: Role,
    ) -> Violations<'t> {
        let Some(schema) = self.document.resolve(schema) else { return Rc::default() };
        let key = (schema.id(), value.id(), role);
        if let Some(known) = self.known.get(&key) {
            return Rc::clone(known);
        }
        if self.depth == DEEPEST {
            return Rc::default();
        }
        // A schema that is a part of itself asks no more of the value than it does without that part.
        self.known.insert(key, Rc::default());
        self.depth += 1;
        let violations: Violations<'t> = self.validator(Case { schema, value, role }).into();
        self.depth -= 1;
        self.known.insert(key, Rc::clone(&violations));
        violations
    }

    fn validator(&mut self, case: Case<'t>) -> Vec<Violation<'t>> {
        let Case { schema, value, .. } = case;
        // Beside a composition, too: it is meant to count, whatever the letter says.
        let nullable = schema.get("nullable");
        let may_be_null = nullable.is_some_and(|nullable| nullable.as_bool() != Some(false));
        if schema.is_ambiguous() || (value.value() == Value::Null && may_be_null) {
            return Vec::new();
        }
        if let Some(violation) = self.of_type(case).or_else(|| self.of_enum(case)) {
            return vec![violation];
        }
        let mut violations = match value.value() {
            Value::Number(text) => scalars::number(schema, value, text),
            Value::String(text) => scalars::text(&mut self.texts, schema, value, text),
            Value::Array => objects::array(self, case),
            Value::Object => objects::object(self, case),
            Value::Null | Value::Bool(_) => Vec::new(),
        };
        violations.extend(self.of_composition(case));
        violations
    }

    fn of_enum(&mut self, Case { schema, value, .. }: Case<'t>) -> Option<Violation<'t>> {
        let list = schema.get("enum").filter(|list| list.is_array())?;
        let values = || list.items().map(scalars::canonical).collect();
        let values = self.enums.entry(list.id()).or_insert_with(values);
        (!values.contains(&scalars::canonical(value))).then(|| of_no_value(list, value))
    }

    fn of_type(&self, Case { schema, value, .. }: Case<'t>) -> Option<Violation<'t>> {
        let kind = schema.get("type")?;
        let expected = with_article(kind.as_str()?)?;
        if value.value() != Value::Null {
            let kind_name = kind.as_str()?;
            return (!admits(kind_name, value.value())).then(|| {
                let found = value.value().describe();
                let message = format!("{} must be {expected} but is {found}", describe(value));
                let violation = Violation::new(value, ViolationKind::Type, message).because(kind);
                match unambiguous(value, kind_name) {
                    Some(help) => violation.help(help),
                    None => mended(violation, value, expected),
                }
            });
        }
        // Its misspelling, or null in an `enum`, has been reported.
        let is_meant = schema.get("nullable").is_none() && !self.document.lacks(schema, "nullable");
        let mut values = schema.get("enum").into_iter().flat_map(Node::items);
        (!is_meant && !values.any(|value| value.value() == Value::Null)).then(|| {
            let message = format!("{} is null, and its schema is not nullable", describe(value));
            let help = format!("write {expected}, or add `nullable: true` to the schema");
            Violation::new(value, ViolationKind::Type, message).because(kind).help(help)
        })
    }
}

fn mended<'t>(violation: Violation<'t>, value: Node<'t>, expected: &str) -> Violation<'t> {
    let text = value.text().unwrap_or_default();
    match (expected, value.value()) {
        ("a string", Value::Number(_) | Value::Bool(_)) => {
            violation.help(format!("put it in quotes: `'{text}'`"))
        }
        ("a boolean", Value::String("true" | "false")) => {
            violation.help(format!("write `{text}` without quotes"))
        }
        ("an integer" | "a number", Value::String(_))
            if is_quoted(value) && is_number(text, expected) =>
        {
            violation.help(format!("write `{text}` without quotes"))
        }
        ("an object" | "an array", Value::String(_))
            if text.trim_start().starts_with(['{', '[']) =>
        {
            violation.help("write it as a part of the document and not as text")
        }
        ("an integer", Value::Number(_)) => {
            violation.help("write it without fraction and exponent")
        }
        _ => violation,
    }
}

fn is_quoted(value: Node<'_>) -> bool {
    value.scalar().is_some_and(|scalar| scalar.style == Style::Quoted)
}

fn is_number(text: &str, expected: &str) -> bool {
    let has_digits_only = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    text.parse().is_ok_and(f64::is_finite) && (has_digits_only || expected == "a number")
}

fn of_no_value<'t>(list: Node<'t>, value: Node<'t>) -> Violation<'t> {
    const MOST_SHOWN: usize = 8;
    const OF_A_TAG: usize = 100;
    let words: Vec<&str> = list.items().filter_map(Node::text).collect();
    let message = match value.text() {
        Some(text) => format!("{} cannot be `{text}`", describe(value)),
        None => format!("{} is none of the values that it can be", describe(value)),
    };
    // By its one value a schema is told from others: whoever writes another value means another schema.
    let weight = if list.items().count() == 1 { OF_A_TAG } else { 1 };
    let violation =
        Violation::new(value, ViolationKind::Other, message).because(list).weighing(weight);
    let nearest = spelling::nearest(value.text().unwrap_or_default(), words.iter().copied());
    match nearest {
        Some(meant) => violation.help(format!("write `{meant}`")),
        None if words.len() <= MOST_SHOWN && !words.is_empty() => {
            violation.help(format!("it can be {}", join_or(&words)))
        }
        None => violation,
    }
}
