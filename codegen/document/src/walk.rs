//! The walk along the object model: what each node is, and what breaks the model.

mod diagnostics;

use std::collections::HashSet;

use super::{
    conditions,
    model::{Field, Kind, Object, Shape},
    other_version_keys,
    phrasing::{describe, join_or},
    rule::DiagnosticBuilder,
    spelling,
    structure::{IGNORED_BESIDE_REFERENCE, INVALID_KEY, INVALID_VALUE},
    tree::{Entry, Node, NodeId, Value},
};

/// What a walk meets.
#[derive(Default)]
pub(super) struct Walk<'t> {
    /// Each object with its kind, in the document's order.
    pub(super) objects: Vec<(Kind, Node<'t>)>,
    /// Each reference.
    pub(super) references: Vec<Reference<'t>>,
    /// What breaks the model.
    pub(super) flaws: Vec<DiagnosticBuilder<'t>>,
    // An alias leads to the same node again.
    visited: HashSet<(NodeId, Kind)>,
}

/// An object that has `$ref`.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'t> {
    /// The object.
    pub node: Node<'t>,
    /// The value of `$ref`.
    pub value: Node<'t>,
    /// Its text.
    pub target: &'t str,
    /// What must stand at the target.
    pub expected: Kind,
}

/// Walks from the root through everything that the model knows.
pub(super) fn along_the_model(root: Node<'_>) -> Walk<'_> {
    let mut walk = Walk::default();
    walk.shape(root, Shape::Object(Kind::Document));
    walk
}

impl<'t> Walk<'t> {
    /// Holds a node against its shape. The tree's limited depth limits the recursion.
    fn shape(&mut self, node: Node<'t>, shape: Shape) {
        match (shape, node.value()) {
            (Shape::Any, _)
            | (Shape::Text, Value::String(_))
            | (Shape::Bool | Shape::SchemaOrBool, Value::Bool(_))
            | (Shape::Number, Value::Number(_)) => {}
            (Shape::Count, Value::Number(text)) if text.bytes().all(|b| b.is_ascii_digit()) => {}
            (Shape::Url, Value::String(text)) => self.address(node, is_url(text), "a URL"),
            (Shape::WholeUrl, Value::String(text)) => {
                self.address(node, is_url(text) && text.contains(':'), "a URL with its scheme");
            }
            (Shape::Email, Value::String(text)) => {
                self.address(node, is_email(text), "an address for mail");
            }
            (Shape::Word(words), Value::String(word)) => self.word(node, word, words),
            (Shape::Object(kind), Value::Object) => self.object(node, kind),
            (Shape::Referable(kind), Value::Object) => self.referable(node, kind),
            (Shape::SchemaOrBool, Value::Object) => self.referable(node, Kind::Schema),
            (Shape::List(item), Value::Array) => self.items(node, *item),
            (Shape::NonEmptyList(item), Value::Array) => {
                if node.items().next().is_none() {
                    self.empty(node);
                }
                self.items(node, *item);
            }
            (Shape::Map(Shape::Object(Kind::MediaType)), Value::Object) => self.content(node),
            (Shape::Map(value), Value::Object) => {
                members(node).for_each(|entry| self.shape(entry.value, *value));
            }
            (Shape::Named(value), Value::Object) => {
                members(node).for_each(|entry| self.component(entry, *value));
            }
            _ => self.flaws.push(diagnostics::wrong_type(node, shape)),
        }
    }
}

impl<'t> Walk<'t> {
    fn object(&mut self, node: Node<'t>, kind: Kind) {
        if !self.visited.insert((node.id(), kind)) {
            return;
        }
        self.objects.push((kind, node));
        let object = kind.object();
        for entry in members(node) {
            self.member(node, entry, kind);
        }
        self.flaws.extend(diagnostics::unknown_keys(members(node), kind));
        let missing =
            object.fields.iter().filter(|field| field.required && is_missing(node, kind, field));
        self.flaws.extend(missing.map(|field| diagnostics::missing_key(node, object, field)));
        self.flaws.extend(conditions::broken(node, kind));
    }

    fn member(&mut self, node: Node<'t>, entry: Entry<'t>, kind: Kind) {
        let Object { others, extensible, .. } = kind.object();
        let name = entry.name();
        if let Some(field) = kind.object().field(name) {
            if kind == Kind::PathItem && name == "$ref" {
                self.reference(node, entry.value, kind);
            }
            self.shape(entry.value, field.shape);
        } else if *extensible && name.starts_with("x-") {
        } else if let Some(shape) = others {
            let broken = conditions::broken_key(entry.key, name, kind);
            // What does not even look like a path item has not been meant for one.
            if broken.is_none() || has_field_of(entry.value, *shape) {
                self.shape(entry.value, *shape);
            }
            self.flaws.extend(broken);
        }
    }

    /// Bodies by their media types; what stands there without one says nothing of them.
    fn content(&mut self, node: Node<'t>) {
        let is_field = |name: &str| Kind::MediaType.object().field(name).is_some();
        match members(node).find(|entry| is_field(entry.name())) {
            Some(entry) => self.flaws.push(diagnostics::missing_media_type(entry.key)),
            None => members(node)
                .for_each(|entry| self.shape(entry.value, Shape::Object(Kind::MediaType))),
        }
    }

    fn referable(&mut self, node: Node<'t>, kind: Kind) {
        let Some(value) = node.get("$ref") else { return self.own(node, kind) };
        if !self.visited.insert((node.id(), kind)) {
            return;
        }
        self.reference(node, value, kind);
        self.shape(value, Shape::Text);
        let ignored = members(node).filter(|entry| entry.name() != "$ref");
        self.flaws.extend(ignored.map(|entry| {
            let message = format!("`{}` beside `$ref` has no effect", entry.name());
            let diagnostic = IGNORED_BESIDE_REFERENCE.at(entry.key, message);
            match (kind, entry.name()) {
                (Kind::Schema, "nullable") => diagnostic.help(
                    "put the reference below `allOf`, and the type beside it, or remove this member",
                ),
                (Kind::Schema, _) => {
                    diagnostic.help("put the reference below `allOf`, or remove this member")
                }
                _ => diagnostic.help("remove it, or say it where the reference leads"),
            }
        }));
    }

    /// An object that is no reference; one that was meant to be lacks nothing but the right key.
    fn own(&mut self, node: Node<'t>, kind: Kind) {
        let is_meant = |entry: &Entry<'t>| {
            entry.value.as_str().is_some_and(|text| text.starts_with("#/"))
                && kind.object().field(entry.name()).is_none()
                && spelling::nearest(entry.name(), ["$ref"]).is_some()
        };
        match members(node).find(is_meant) {
            Some(entry) => self.flaws.push(diagnostics::misspelled_reference(entry, kind)),
            None => self.object(node, kind),
        }
    }

    fn reference(&mut self, node: Node<'t>, value: Node<'t>, expected: Kind) {
        if let Some(target) = value.as_str() {
            self.references.push(Reference { node, value, target, expected });
        }
    }

    fn component(&mut self, entry: Entry<'t>, shape: Shape) {
        let name = entry.name();
        let is_valid = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
        if name.is_empty() || !name.chars().all(is_valid) {
            let message = format!("`{name}` is no name for a component");
            self.flaws.push(
                INVALID_KEY
                    .at(entry.key, message)
                    .help("use letters, digits, `.`, `_` and `-` only"),
            );
        }
        self.shape(entry.value, shape);
    }

    fn items(&mut self, node: Node<'t>, shape: Shape) {
        node.items().for_each(|item| self.shape(item, shape));
    }

    fn empty(&mut self, node: Node<'t>) {
        let message = format!("{} is empty", describe(node));
        self.flaws.push(INVALID_VALUE.at(node, message).help("give it an item, or remove it"));
    }

    fn address(&mut self, node: Node<'t>, is_sound: bool, what: &str) {
        if !is_sound {
            let message = format!("{} is not {what}", describe(node));
            self.flaws
                .push(INVALID_VALUE.at(node, message).help("correct it, or remove the member"));
        }
    }

    fn word(&mut self, node: Node<'t>, word: &str, words: &[&'static str]) {
        if words.contains(&word) {
            return;
        }
        let diagnostic = INVALID_VALUE.at(node, format!("{} cannot be `{word}`", describe(node)));
        self.flaws.push(diagnostic.help(match spelling::nearest(word, words.iter().copied()) {
            Some(meant) => format!("write `{meant}`"),
            None => {
                match other_version_keys::advice_on_value(node.name().unwrap_or_default(), word) {
                    Some(advice) => advice.to_owned(),
                    None => format!("it can be {}", join_or(words)),
                }
            }
        }));
    }
}

/// Whether an object has a member of its kind.
fn has_field_of(node: Node<'_>, shape: Shape) -> bool {
    let (Shape::Object(kind) | Shape::Referable(kind)) = shape else { return false };
    node.entries().any(|entry| kind.object().field(entry.name()).is_some())
}

/// Whether a text may be a URL or a part of one; braces are not escaped in references to paths.
fn is_url(text: &str) -> bool {
    let is_foreign =
        |sign: char| sign.is_whitespace() || sign.is_control() || "<>\"\\^`|".contains(sign);
    !text.is_empty() && !text.contains(is_foreign)
}

fn is_email(text: &str) -> bool {
    let halves = text.split_once('@');
    halves.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()) && is_url(text)
}

/// The entries that count: those whose key is text and has not stood before. YAML's rules report the others.
fn members<'t>(node: Node<'t>) -> impl Iterator<Item = Entry<'t>> + use<'t> {
    node.entries().filter(move |entry| {
        let first = entry.key.text().and_then(|name| node.entry(name));
        first.is_some_and(|first| first.key == entry.key) && entry.name() != "<<"
    })
}

fn is_missing(node: Node<'_>, kind: Kind, field: &Field) -> bool {
    node.get(field.name).is_none() && !spelling::has_misspelling(node, Some(kind), field.name)
}
