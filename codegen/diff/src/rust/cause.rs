//! Finds the location in the document that causes a difference between the clients.

use std::collections::BTreeMap;

use document::{Document, Kind as ObjectKind, Node};
use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use super::{
    api::{Item, Kind},
    difference::Difference,
    path::{Name, Path},
};
use crate::{
    rule::{Area, Severity},
    wire::{Reaching, difference::Statement, view::View},
};

/// Maps the names in a client to the objects of its document.
pub(crate) struct Origins<'d, 't> {
    document: &'d Document<'t>,
    /// The schemas by type name.
    types: BTreeMap<String, Node<'t>>,
    /// The operations by method name.
    operations: BTreeMap<String, document::Operation<'t>>,
}

impl<'d, 't> Origins<'d, 't> {
    pub(crate) fn of(document: &'d Document<'t>) -> Self {
        let mut types = BTreeMap::new();
        let named = document.components(ObjectKind::Schema);
        for entry in named {
            types.insert(entry.name().to_upper_camel_case(), entry.value);
        }
        // An inline schema is named after the model and the member that contain it.
        let models: Vec<(String, Node<'t>)> =
            types.iter().map(|(name, node)| (name.clone(), *node)).collect();
        for (model, node) in models {
            inner_types(document, &model, node, &mut types);
        }
        let operations = document.operations().filter_map(|operation| {
            let id = operation.node.get_str("operationId")?;
            Some((id.to_snake_case(), operation))
        });
        Self { document, types, operations: operations.collect() }
    }

    /// Returns the statement from which an item of the client is generated.
    pub(crate) fn statement(&self, path: &Path, difference: &Difference) -> Option<Node<'t>> {
        let Difference { item, argument, .. } = difference;
        if let Some(operation) = self.operation(&path.owner, &path.name, item) {
            let argument = argument.as_deref().and_then(|name| self.parameter(&operation, name));
            return Some(argument.unwrap_or(operation.node));
        }
        if path.owner.starts_with("codes::") {
            return self.code(item);
        }
        let model = self.model(&path.owner, item)?;
        let member = match (&path.name, argument) {
            (_, Some(argument)) => Some(argument.as_str()),
            (Name::Member(name), _) => Some(name.as_str()),
            (Name::Function(name), _) => name.strip_prefix("with_"),
            (Name::Variant(name), _) => return Some(value(model, name).unwrap_or(model)),
            _ => None,
        };
        Some(member.and_then(|member| self.member(model, member, item)).unwrap_or(model))
    }

    /// Returns the operation from which a method of the client or a type of the mock is generated.
    fn operation(&self, owner: &str, name: &Name, item: &Item) -> Option<document::Operation<'t>> {
        if let Kind::Function(signature) = &item.kind
            && let Some((method, path)) = &signature.operation
        {
            let mut all = self.document.operations();
            let is_same = |it: &document::Operation<'t>| {
                it.path == path && it.method.eq_ignore_ascii_case(method)
            };
            return all.find(is_same);
        }
        let wrapper = owner.strip_prefix("mock::").map(|name| {
            let name = name.strip_suffix("When").or(name.strip_suffix("Then")).unwrap_or(name);
            name.to_snake_case()
        });
        let method = match name {
            Name::Function(name) if owner == "MockServer" => Some(name.clone()),
            _ => wrapper,
        };
        self.operations.get(&method?).copied()
    }

    /// Returns the parameter or the body from which an argument is generated.
    fn parameter(&self, operation: &document::Operation<'t>, argument: &str) -> Option<Node<'t>> {
        if argument == "body" {
            return operation.node.get("requestBody");
        }
        let name = |node: &Node<'t>| node.get_str("name");
        let mut parameters = self.document.parameters(operation).into_iter();
        parameters.find(|it| name(it).is_some_and(|name| name.to_snake_case() == argument))
    }

    /// Returns the schema of a type, or else the schema with the longest name that is a prefix of the type's name.
    fn model(&self, owner: &str, item: &Item) -> Option<Node<'t>> {
        let named = owner.strip_prefix("types::");
        let name = match (named, item) {
            (Some(name), _) => name,
            // A conversion from a model, such as `From<Overage> for Value`, is an item of the other type.
            _ => self.types.keys().find(|name| owner.contains(name.as_str()))?,
        };
        let exact = self.types.get(name);
        let begins = || {
            let longest = self.types.iter().filter(|(it, _)| name.starts_with(it.as_str()));
            longest.max_by_key(|(it, _)| it.len()).map(|(_, node)| node)
        };
        let inline = || {
            let all = self.operations.iter();
            let mut named = all.filter(|(it, _)| name.starts_with(&it.to_upper_camel_case()));
            named.next().map(|(_, operation)| operation.node)
        };
        exact.or_else(begins).copied().or_else(inline)
    }

    fn member(&self, model: Node<'t>, name: &str, item: &Item) -> Option<Node<'t>> {
        let members = View::of(self.document, &[model], model).all_members(self.document);
        let wire = match &item.kind {
            Kind::Member { wire, .. } => Some(wire.as_str()),
            _ => None,
        };
        let by_wire = wire.and_then(|wire| members.get(wire));
        let by_name = || {
            let mut named = members.iter();
            named.find(|(it, _)| it.to_snake_case() == name).map(|(_, member)| member)
        };
        by_wire.or_else(by_name).map(|member| member.anchor)
    }

    /// Returns the text that explains a fault code.
    fn code(&self, item: &Item) -> Option<Node<'t>> {
        let Kind::Constant { value, .. } = &item.kind else { return None };
        let quoted = format!("`{}`", value.trim_matches('"'));
        let kinds = [ObjectKind::Operation, ObjectKind::Response];
        let described = kinds.into_iter().flat_map(|kind| self.document.objects(kind));
        described
            .filter_map(|node| node.get("description"))
            .find(|text| text.text().is_some_and(|text| text.contains(&quoted)))
    }
}

fn inner_types<'t>(
    document: &Document<'t>,
    model: &str,
    node: Node<'t>,
    types: &mut BTreeMap<String, Node<'t>>,
) {
    let mut waiting = vec![(model.to_owned(), node)];
    while let Some((model, node)) = waiting.pop() {
        for entry in node.entries_of("properties") {
            let schema = match entry.value.get("items") {
                Some(items) => items,
                None => entry.value,
            };
            let end = if schema == entry.value { "" } else { "Item" };
            let name = format!("{model}{}{end}", entry.name().to_upper_camel_case());
            if document.resolve(schema) == Some(schema) && !types.contains_key(&name) {
                types.insert(name.clone(), schema);
                waiting.push((name, schema));
            }
        }
    }
}

/// Returns the enum value from which a variant is generated.
fn value<'t>(schema: Node<'t>, variant: &str) -> Option<Node<'t>> {
    let lists = ["x-extensible-enum", "enum"].into_iter().filter_map(|key| schema.get(key));
    let mut values = lists.flat_map(Node::items);
    values.find(|it| it.text().is_some_and(|text| text.to_upper_camel_case() == variant))
}

/// The differences between the documents, as possible causes of differences between the clients.
pub(crate) struct Causes<'f, 't> {
    /// The differences on the wire, with the pointers of their statements and their severities.
    differences: Vec<(&'f Reaching<'t>, Vec<String>, Severity)>,
    old: &'f Document<'t>,
    new: &'f Document<'t>,
}

impl<'f, 't> Causes<'f, 't> {
    pub(crate) fn new(
        differences: &'f [Reaching<'t>],
        old: &'f Document<'t>,
        new: &'f Document<'t>,
    ) -> Self {
        let on_wire = differences.iter().filter(|it| it.difference.rule.area == Area::Wire);
        let differences = on_wire.map(|reaching| {
            let difference = &reaching.difference;
            let Statement { old, new } = difference.statement;
            let pointers = [new, old].into_iter().flatten().map(Node::pointer).collect();
            (reaching, pointers, difference.rule.effect(difference.direction).severity)
        });
        Self { differences: differences.collect(), old, new }
    }

    /// Returns the difference that best explains why the item of a statement changes: one at the statement, below it,
    /// at a reference to it, or above it.
    pub(crate) fn of(
        &self,
        statement: Option<Node<'t>>,
        is_removal: bool,
    ) -> Option<&'f Reaching<'t>> {
        let pointer = statement?.pointer();
        let inside = format!("{pointer}/");
        let below = |it: &str| it.starts_with(&inside);
        let above = |it: &str| {
            let rest = pointer.strip_prefix(it);
            !it.is_empty() && rest.is_some_and(|rest| rest.starts_with('/'))
        };
        self.heaviest(Severity::Documentation, &|it| it == pointer)
            .or_else(|| self.heaviest(Severity::Documentation, &below))
            .or_else(|| self.of_use(&pointer, is_removal))
            .or_else(|| self.heaviest(Severity::Documentation, &above))
    }

    /// Returns the most severe difference at the pointers that `is_near` accepts.
    fn heaviest(
        &self,
        least: Severity,
        is_near: &dyn Fn(&str) -> bool,
    ) -> Option<&'f Reaching<'t>> {
        let near = self.differences.iter().filter(|(_, pointers, severity)| {
            *severity >= least && pointers.iter().any(|pointer| is_near(pointer))
        });
        near.rev().max_by_key(|(_, _, severity)| *severity).map(|(reaching, ..)| *reaching)
    }

    /// Returns the difference that adds or removes a reference to a component.
    fn of_use(&self, pointer: &str, is_removal: bool) -> Option<&'f Reaching<'t>> {
        let document = if is_removal { self.old } else { self.new };
        let target = format!("#{pointer}");
        let references = document.references().iter().filter(|it| it.target == target);
        let uses: Vec<String> = references.map(|it| it.node.pointer()).collect();
        let is_use = |it: &str| !it.is_empty() && uses.iter().any(|used| used.starts_with(it));
        self.heaviest(Severity::Compatible, &is_use)
    }
}
