//! Walks a document according to the object model, and finds the kind of each node and the violations of the model.

mod diagnostics;

use std::collections::HashSet;

use super::{
    conditions,
    formats::format_mismatch,
    model::{Field, Kind, Object, Shape},
    other_version_keys,
    phrasing::{describe, join_or},
    rule::DiagnosticBuilder,
    spelling,
    structure::{INVALID_KEY, INVALID_VALUE},
    tree::{Entry, Node, NodeId, Tree, Value},
};

/// The results of a walk.
#[derive(Default)]
pub(super) struct Walk<'t> {
    /// The objects with their kinds, in document order.
    pub(super) objects: Vec<(Kind, Node<'t>)>,
    pub(super) references: Vec<Reference<'t>>,
    pub(super) diagnostics: Vec<DiagnosticBuilder<'t>>,
    /// The kind of each node at its first visit, by the node's index.
    visited: Vec<Option<Kind>>,
    /// Nodes that were visited again as another kind, through aliases.
    visited_again: HashSet<(NodeId, Kind)>,
}

/// An object with `$ref`.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'t> {
    pub node: Node<'t>,
    pub value: Node<'t>,
    pub target: &'t str,
    pub expected: Kind,
}

/// Walks from the root of a tree to every node that the model defines.
pub(super) fn walk(tree: &Tree) -> Walk<'_> {
    let mut walk = Walk { visited: vec![None; tree.len()], ..Walk::default() };
    walk.shape(tree.root(), Shape::Object(Kind::Document));
    walk
}

impl<'t> Walk<'t> {
    /// Checks a node against its shape. The recursion is limited by the depth of the tree.
    fn shape(&mut self, node: Node<'t>, shape: Shape) {
        match (shape, node.value()) {
            (Shape::Any, _)
            | (Shape::Text, Value::String(_))
            | (Shape::Bool | Shape::SchemaOrBool, Value::Bool(_))
            | (Shape::Number, Value::Number(_)) => {}
            (Shape::Count, Value::Number(text)) if text.bytes().all(|b| b.is_ascii_digit()) => {}
            (Shape::Url, Value::String(text)) => self.url(node, is_url(text), "a URL"),
            (Shape::WholeUrl, Value::String(text)) => {
                self.url(node, is_url(text) && text.contains(':'), "a URL with a scheme");
            }
            (Shape::Email, Value::String(text)) => {
                let is_email = format_mismatch("email", text).is_none();
                self.url(node, is_email, "an email address");
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
            _ => self.diagnostics.push(diagnostics::wrong_type(node, shape)),
        }
    }
}

impl<'t> Walk<'t> {
    /// Records that a node is visited as an object of a kind. Returns false for a repeated visit, which aliases cause.
    fn visit(&mut self, node: Node<'t>, kind: Kind) -> bool {
        let first = &mut self.visited[node.id().index()];
        let is_first = first.is_none();
        let first = *first.get_or_insert(kind);
        is_first || first != kind && self.visited_again.insert((node.id(), kind))
    }

    fn object(&mut self, node: Node<'t>, kind: Kind) {
        if !self.visit(node, kind) {
            return;
        }
        self.objects.push((kind, node));
        let object = kind.object();
        for entry in members(node) {
            self.member(node, entry, kind);
        }
        self.diagnostics.extend(diagnostics::unknown_keys(members(node), kind));
        let missing =
            object.fields.iter().filter(|field| field.required && is_missing(node, kind, field));
        self.diagnostics.extend(missing.map(|field| diagnostics::missing_key(node, object, field)));
        self.diagnostics.extend(conditions::check(node, kind));
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
            let diagnostic = conditions::check_key(entry.key, name, kind);
            // If the key is invalid, the value is checked only if it looks like the expected object.
            if diagnostic.is_none() || has_field_of(entry.value, *shape) {
                self.shape(entry.value, *shape);
            }
            self.diagnostics.extend(diagnostic);
        }
    }

    /// Checks the media types of `content`, or reports a body whose media type is missing.
    fn content(&mut self, node: Node<'t>) {
        let is_field = |name: &str| Kind::MediaType.object().field(name).is_some();
        match members(node).find(|entry| is_field(entry.name())) {
            Some(entry) => self.diagnostics.push(diagnostics::missing_media_type(entry.key)),
            None => members(node)
                .for_each(|entry| self.shape(entry.value, Shape::Object(Kind::MediaType))),
        }
    }

    fn referable(&mut self, node: Node<'t>, kind: Kind) {
        let Some(value) = node.get("$ref") else { return self.not_reference(node, kind) };
        if !self.visit(node, kind) {
            return;
        }
        self.reference(node, value, kind);
        self.shape(value, Shape::Text);
        let ignored = members(node).filter(|entry| entry.name() != "$ref");
        self.diagnostics
            .extend(ignored.map(|entry| diagnostics::ignored_beside_reference(entry, kind)));
    }

    /// Checks an object without `$ref`, or reports a misspelled `$ref` and nothing else.
    fn not_reference(&mut self, node: Node<'t>, kind: Kind) {
        let is_misspelled = |entry: &Entry<'t>| {
            entry.value.as_str().is_some_and(|text| text.starts_with("#/"))
                && kind.object().field(entry.name()).is_none()
                && spelling::nearest(entry.name(), ["$ref"]).is_some()
        };
        match members(node).find(is_misspelled) {
            Some(entry) => self.diagnostics.push(diagnostics::misspelled_reference(entry, kind)),
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
            let message = format!("`{name}` is not a valid component name");
            self.diagnostics.push(
                INVALID_KEY
                    .at(entry.key, message)
                    .help("use only letters, digits, `.`, `_` and `-`"),
            );
        }
        self.shape(entry.value, shape);
    }

    fn items(&mut self, node: Node<'t>, shape: Shape) {
        node.items().for_each(|item| self.shape(item, shape));
    }

    fn empty(&mut self, node: Node<'t>) {
        let message = format!("{} is empty", describe(node));
        self.diagnostics.push(INVALID_VALUE.at(node, message).help("add an item, or remove it"));
    }

    fn url(&mut self, node: Node<'t>, is_valid: bool, expected: &str) {
        if !is_valid {
            let message = format!("{} is not {expected}", describe(node));
            self.diagnostics
                .push(INVALID_VALUE.at(node, message).help("correct it, or remove the member"));
        }
    }

    fn word(&mut self, node: Node<'t>, word: &str, words: &[&'static str]) {
        if words.contains(&word) {
            return;
        }
        let diagnostic = INVALID_VALUE.at(node, format!("{} cannot be `{word}`", describe(node)));
        let advice = || other_version_keys::advice_on_value(node.name().unwrap_or_default(), word);
        let help = match spelling::nearest(word, words.iter().copied()) {
            Some(meant) => format!("write `{meant}`"),
            None => advice().map_or_else(|| format!("it can be {}", join_or(words)), str::to_owned),
        };
        self.diagnostics.push(diagnostic.help(help));
    }
}

/// Returns true if a node has a member that the expected kind of object defines.
fn has_field_of(node: Node<'_>, shape: Shape) -> bool {
    let (Shape::Object(kind) | Shape::Referable(kind)) = shape else { return false };
    node.entries().any(|entry| kind.object().field(entry.name()).is_some())
}

/// Returns true for an absolute or relative URL. Braces are allowed, because authors do not escape them in references
/// to paths. The crate `url` does not help here: it percent-encodes invalid characters instead of rejecting them.
fn is_url(text: &str) -> bool {
    let is_forbidden =
        |char: char| char.is_whitespace() || char.is_control() || "<>\"\\^`|".contains(char);
    !text.is_empty() && !text.contains(is_forbidden)
}

/// Returns the entries to check. Duplicate keys, keys that are not scalars, and `<<` are reported by the YAML rules.
fn members<'t>(node: Node<'t>) -> impl Iterator<Item = Entry<'t>> + use<'t> {
    node.entries().filter(move |entry| {
        let is_first =
            |name| node.entry(name).is_some_and(|first: Entry<'_>| first.key == entry.key);
        entry
            .key
            .text()
            .is_some_and(|name| name != "<<" && (!node.is_ambiguous() || is_first(name)))
    })
}

fn is_missing(node: Node<'_>, kind: Kind, field: &Field) -> bool {
    node.get(field.name).is_none() && !spelling::has_misspelling(node, Some(kind), field.name)
}
