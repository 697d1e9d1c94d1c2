//! Splits a document into components and operations, each with its JSON pointer.

use std::collections::{BTreeSet, HashMap, HashSet};

use document::{methods, pointer};
use serde_json::{Map, Value};

pub(super) struct Parts<'d> {
    document: &'d Value,
    parts: HashMap<String, Part<'d>>,
    /// The pointers of the parts. A part comes after the parts that it refers to.
    order: Vec<String>,
}

struct Part<'d> {
    value: &'d Value,
    /// The components that it refers to.
    references: BTreeSet<String>,
}

impl<'d> Parts<'d> {
    pub(super) fn of(document: &'d Value) -> Self {
        let found: Vec<(String, &Value)> =
            components(document).chain(operations(document)).collect();
        let pointers: Vec<String> = found.iter().map(|(pointer, _)| pointer.clone()).collect();
        let part = |value| Part { value, references: references(value) };
        let parts = found.into_iter().map(|(pointer, value)| (pointer, part(value))).collect();
        let mut all = Self { document, parts, order: Vec::new() };
        all.order = all.closure(&pointers.iter().map(String::as_str).collect::<Vec<_>>());
        all
    }

    /// Returns every part. A part comes after the parts that it refers to.
    pub(super) fn in_order(&self) -> Vec<&str> {
        self.order.iter().map(String::as_str).collect()
    }

    /// Returns the value at a pointer.
    pub(super) fn value(&self, pointer: &str) -> Option<&'d Value> {
        self.document.pointer(pointer)
    }

    /// Returns the given parts and all parts that they refer to, directly or indirectly. A part comes after the parts
    /// that it refers to.
    pub(super) fn closure(&self, parts: &[&str]) -> Vec<String> {
        let (mut seen, mut closed) = (HashSet::new(), Vec::new());
        // When a part is popped for the second time, all parts that it refers to have been added.
        let mut open: Vec<(&str, bool)> = parts.iter().rev().map(|part| (*part, false)).collect();
        while let Some((pointer, is_complete)) = open.pop() {
            let Some((pointer, part)) = self.parts.get_key_value(pointer) else { continue };
            if is_complete {
                closed.push(pointer.clone());
            } else if seen.insert(pointer.as_str()) {
                open.push((pointer, true));
                open.extend(part.references.iter().map(|reference| (reference.as_str(), false)));
            }
        }
        closed
    }

    /// Returns the document with only the given parts and the parts that they refer to.
    pub(super) fn document(&self, parts: &[&str]) -> Value {
        let mut document = self.without_parts();
        for pointer in self.closure(parts) {
            if let Some(part) = self.parts.get(&pointer) {
                insert(&mut document, &pointer, part.value.clone());
                self.put_shared_parameters(&mut document, &pointer);
            }
        }
        document
    }

    /// Returns the document with only a new component and the parts that the component refers to.
    pub(super) fn document_with(&self, schema: &Value) -> Value {
        let references = references(schema);
        let references: Vec<&str> = references.iter().map(String::as_str).collect();
        let mut document = self.document(&references);
        insert(&mut document, "/components/schemas/Part", schema.clone());
        document
    }

    /// Returns the document with only one operation, which is inserted at a pointer, and the parts that it refers to.
    pub(super) fn document_of(&self, pointer: &str, operation: Value) -> Value {
        let references = references(&operation);
        let references: Vec<&str> = references.iter().map(String::as_str).collect();
        let mut document = self.document(&references);
        insert(&mut document, pointer, operation);
        self.put_shared_parameters(&mut document, pointer);
        document
    }

    fn without_parts(&self) -> Value {
        let members = self.document.as_object().into_iter().flatten();
        let others = members.filter(|(name, _)| !matches!(name.as_str(), "paths" | "components"));
        let mut document: Map<String, Value> =
            others.map(|(name, value)| (name.clone(), value.clone())).collect();
        document.insert("paths".to_owned(), Value::Object(Map::new()));
        Value::Object(document)
    }

    /// Adds the parameters that an operation shares with other operations of its path.
    fn put_shared_parameters(&self, document: &mut Value, operation: &str) {
        let Some((path, _)) = operation.rsplit_once('/') else { return };
        let shared = format!("{path}/parameters");
        if path.starts_with("/paths/")
            && let Some(parameters) = self.value(&shared)
        {
            insert(document, &shared, parameters.clone());
        }
    }
}

fn components(document: &Value) -> impl Iterator<Item = (String, &Value)> {
    let sections = document.get("components").and_then(Value::as_object).into_iter().flatten();
    sections.flat_map(|(section, components)| {
        components.as_object().into_iter().flatten().map(move |(name, component)| {
            (format!("/components/{section}/{}", pointer::escape(name)), component)
        })
    })
}

fn operations(document: &Value) -> impl Iterator<Item = (String, &Value)> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    paths.flat_map(|(path, item)| {
        methods().filter_map(move |method| {
            Some((format!("/paths/{}/{method}", pointer::escape(path)), item.get(method)?))
        })
    })
}

/// Returns the pointers of the components that a value refers to.
fn references(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect_references(value, &mut found);
    found
}

fn collect_references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let target = members.get("$ref").and_then(Value::as_str).and_then(component);
            found.extend(target);
            members.values().for_each(|member| collect_references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_references(item, found)),
        _ => {}
    }
}

/// Returns the pointer of the component that a reference points to, or points into.
fn component(reference: &str) -> Option<String> {
    let steps: Vec<&str> = reference.strip_prefix("#/components/")?.splitn(3, '/').collect();
    let [section, name, ..] = steps[..] else { return None };
    Some(format!("/components/{section}/{name}"))
}

/// Stores a value at a pointer, and creates the objects that contain it.
fn insert(document: &mut Value, pointer: &str, value: Value) {
    let steps = pointer.split('/').skip(1);
    let target = steps.fold(document, |parent, step| {
        if !parent.is_object() {
            *parent = Value::Object(Map::new());
        }
        &mut parent[pointer::unescape(step)]
    });
    *target = value;
}
