//! Collects the schemas that become types, and checks the names of the types.

use std::collections::{HashMap, HashSet};

use document::{
    DiagnosticBuilder, Document, Kind, Node, NodeId, Operation, Report,
    integers::Bounds,
    parts::{alternatives, is_managed},
    status::is_success,
};

use super::{COLLIDING_MODELS, TAKEN_MODEL_NAME, parameters::listed, rust};
use crate::generator::read_schema;

/// The schemas that become types or parts of types.
#[derive(Default)]
pub(super) struct Models<'t> {
    pub(super) schemas: Vec<Node<'t>>,
    /// The types, in the order in which the generator creates them.
    named: Vec<Model<'t>>,
    visited: HashSet<NodeId>,
}

/// A schema that becomes a type.
struct Model<'t> {
    name: String,
    schema: Node<'t>,
    /// The node that determines the name: the key of a component, a title, or the schema itself.
    at: Node<'t>,
    is_component: bool,
}

impl<'t> Models<'t> {
    pub(super) fn of(document: &Document<'t>) -> Self {
        let mut models = Self::default();
        for component in document.components(Kind::Schema) {
            let name = rust::item(component.name());
            let (schema, at) = (component.value, component.key);
            models.parts(schema, Some(&name));
            models.named.push(Model { name, schema, at, is_component: true });
        }
        for operation in document.operations() {
            models.operation(document, &operation);
        }
        models
    }

    fn operation(&mut self, document: &Document<'t>, operation: &Operation<'t>) {
        let Some(id) = operation.id() else { return };
        let shared = listed(document, operation.item);
        for parameter in shared.into_iter().chain(listed(document, operation.node)) {
            let Some(schema) = parameter.parameter.get("schema") else { continue };
            if !is_managed(parameter.parameter) {
                self.inline(schema, Some(&rust::item_of_operation(id, parameter.name)));
            }
        }
        let body = operation.node.get("requestBody").and_then(|body| document.resolve(body));
        let media_types = body.into_iter().flat_map(|body| body.entries_of("content"));
        for schema in media_types.filter_map(|media| media.value.get("schema")) {
            self.inline(schema, Some(&rust::item_of_operation(id, "body")));
        }
        // The generator creates no types for errors, and all success responses must have the same schema.
        let responses = operation.node.entries_of("responses");
        let mut successes = responses.filter(|response| is_success(response.name()));
        let success = successes.find_map(|response| read_schema(document.resolve(response.value)?));
        if let Some(schema) = success {
            self.inline(schema, Some(&rust::item_of_operation(id, "response")));
        }
    }

    /// Adds a schema that is not a component. Its type is named after its title, or else has the default name.
    fn inline(&mut self, schema: Node<'t>, default: Option<&str>) {
        if schema.get("$ref").is_some() {
            return;
        }
        let title = schema.get("title");
        let titled = title.and_then(Node::as_str).map(rust::item);
        let name = titled.as_deref().or(default);
        if let Some(name) = name.filter(|_| becomes_type(schema)) {
            let at = title.filter(|_| titled.is_some()).unwrap_or(schema);
            self.named.push(Model { name: name.to_owned(), schema, at, is_component: false });
        }
        self.parts(schema, name);
    }

    /// Adds a schema and its parts, whose types are named after it. The recursion is limited by the depth of the tree.
    fn parts(&mut self, schema: Node<'t>, name: Option<&str>) {
        if !self.visited.insert(schema.id()) {
            return;
        }
        self.schemas.push(schema);
        let part = |part: &str| name.map(|name| rust::item(&format!("{name}_{part}")));
        for property in schema.entries_of("properties") {
            self.inline(property.value, part(property.name()).as_deref());
        }
        if let Some(items) = schema.get("items") {
            self.inline(items, part("item").as_deref());
        }
        for member in schema.items_of("allOf") {
            if member.get("$ref").is_none() {
                self.parts(member, name);
            }
        }
        for other in alternatives(schema).chain(schema.get("additionalProperties")) {
            self.inline(other, None);
        }
    }
}

/// Returns true if typify creates a separate type for an inline schema.
fn becomes_type(schema: Node<'_>) -> bool {
    let has = |key: &str| schema.get(key).is_some_and(|value| value.entries().next().is_some());
    let lists_two = |key: &str| {
        let parts = schema.items_of(key);
        parts.filter(|part| key != "allOf" || !is_annotation(*part)).nth(1).is_some()
    };
    has("properties") || is_enum(schema) || ["oneOf", "anyOf", "allOf"].into_iter().any(lists_two)
}

/// Returns true if a part of an `allOf` does not constrain values, so the other part alone determines the type.
fn is_annotation(part: Node<'_>) -> bool {
    const ANNOTATIONS: [&str; 8] = [
        "deprecated",
        "description",
        "example",
        "externalDocs",
        "readOnly",
        "title",
        "writeOnly",
        "xml",
    ];
    part.is_object() && part.entries().all(|entry| ANNOTATIONS.contains(&entry.name()))
}

fn is_enum(schema: Node<'_>) -> bool {
    let is_string = schema.get_str("type").is_none_or(|kind| kind == "string");
    is_string && ["enum", "x-extensible-enum"].iter().any(|key| schema.get(key).is_some())
}

impl<'t> Models<'t> {
    pub(super) fn check(&self, report: &mut Report) {
        let mut first: HashMap<&str, &Model<'t>> = HashMap::new();
        for model in &self.named {
            report.extend(model.taken());
            let earlier = *first.entry(&model.name).or_insert(model);
            if model.collides_with(earlier) {
                report.add(model.colliding(earlier));
            }
        }
    }
}

impl<'t> Model<'t> {
    /// Returns true if two different types would have the same name.
    ///
    /// For an inline schema, typify reuses an existing type with the same name, which is correct if both types are
    /// equal. For a component, it always generates a type.
    fn collides_with(&self, earlier: &Self) -> bool {
        self.schema != earlier.schema
            && (self.is_component || !are_types_equal(self.schema, earlier.schema))
    }

    fn colliding(&self, earlier: &Self) -> DiagnosticBuilder<'t> {
        let (later, earlier) =
            if self.at.id() < earlier.at.id() { (earlier, self) } else { (self, earlier) };
        let message = format!("another schema also becomes the type `{}`", self.name);
        let diagnostic =
            COLLIDING_MODELS.at(later.at, message).related(earlier.at, "the other schema");
        diagnostic.help(match later.is_component || later.at != later.schema {
            true => "rename one of them",
            false => "make it a component with a different name, and refer to that",
        })
    }

    fn taken(&self) -> Option<DiagnosticBuilder<'t>> {
        /// Traits and types that the generated code uses without a path.
        const TYPES: [&str; 5] = ["Default", "From", "Into", "Option", "String"];
        /// Values that the generated code uses without a path. A newtype has a constructor of the same name.
        const VALUES: [&str; 4] = ["Err", "None", "Ok", "Some"];
        let name = self.name.as_str();
        let is_taken =
            TYPES.contains(&name) || (VALUES.contains(&name) && !becomes_type(self.schema));
        is_taken.then(|| {
            let message =
                format!("`{name}` would hide the item of the same name in Rust's standard library, which the generated code uses");
            TAKEN_MODEL_NAME.at(self.at, message).help("rename the schema")
        })
    }
}

/// The keywords that determine the type of a schema, unlike descriptions, bounds and examples.
const KEYWORDS: [&str; 11] = [
    "$ref",
    "type",
    "enum",
    "x-extensible-enum",
    "required",
    "properties",
    "items",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
];

/// Returns true if two schemas become the same type, apart from whether it is optional.
fn are_types_equal(one: Node<'_>, other: Node<'_>) -> bool {
    one == other || shape(one) == shape(other)
}

/// Returns a string that is equal for schemas that become the same type.
fn shape(schema: Node<'_>) -> String {
    let keywords = KEYWORDS.iter().filter_map(|keyword| Some((keyword, schema.get(keyword)?)));
    let parts = keywords.map(|(keyword, value)| format!("{keyword}: {}", part(keyword, value)));
    let parts: Vec<String> = parts.chain(format(schema).map(str::to_owned)).collect();
    format!("{{{}}}", parts.join(", "))
}

/// Returns the shape of a keyword's value, regardless of the order of sets and members.
fn part(keyword: &str, value: Node<'_>) -> String {
    let texts = value.items().map(|item| format!("{:?}", item.text()));
    let schemas = value.items().map(nested);
    let members = value.entries().map(|it| format!("{:?}: {}", it.name(), nested(it.value)));
    let list: Vec<String> = match keyword {
        "required" | "enum" => sorted(texts),
        "properties" => sorted(members),
        "allOf" | "oneOf" | "anyOf" => schemas.collect(),
        "items" | "additionalProperties" if value.is_object() => vec![nested(value)],
        _ => texts.chain(value.text().map(|text| format!("{text:?}"))).collect(),
    };
    format!("[{}]", list.join(", "))
}

/// Returns the shape of a nested schema. Two shapes differ even if the only difference is `nullable`.
fn nested(schema: Node<'_>) -> String {
    format!("{} {:?}", shape(schema), schema.get("nullable").and_then(Node::text))
}

fn sorted(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut texts: Vec<String> = texts.collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// Returns the format, if the client has a type for it or it replaces `type`.
fn format<'t>(schema: Node<'t>) -> Option<&'t str> {
    const KNOWN: [&str; 3] = ["date-time", "decimal", "uuid"];
    let kind = schema.get_str("type");
    if kind.is_none_or(|kind| matches!(kind, "integer" | "number"))
        && let Some(width) = Bounds::of(schema).width()
    {
        return Some(width.format);
    }
    schema.get_str("format").filter(|format| kind.is_none() || KNOWN.contains(format))
}
