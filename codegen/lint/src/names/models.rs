//! The schemas of which the generator makes types, and the names of these.

use std::collections::{HashMap, HashSet};

use document::{
    DiagnosticBuilder, Document, Kind, Node, NodeId, Operation, Report, status::is_success,
};

use super::{
    COLLIDING_MODELS, TAKEN_MODEL_NAME, equality,
    parameters::{is_managed, listed},
    rust,
};
use crate::generator::read_schema;

/// Every schema that becomes a type, or a part of one.
#[derive(Default)]
pub(super) struct Models<'t> {
    /// The schemas.
    pub(super) schemas: Vec<Node<'t>>,
    /// Those with names, in the order in which the generator comes to them.
    named: Vec<Model<'t>>,
    visited: HashSet<NodeId>,
}

/// A schema that becomes a type with a name.
struct Model<'t> {
    name: String,
    schema: Node<'t>,
    /// What gives it the name: the key of a component, a title, or where it stands.
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
        let Some(id) = operation.node.get("operationId").and_then(Node::as_str) else { return };
        let shared = listed(document, operation.item);
        for parameter in shared.into_iter().chain(listed(document, operation.node)) {
            let Some(schema) = parameter.parameter.get("schema") else { continue };
            if !is_managed(parameter.parameter) {
                self.inline(schema, Some(&rust::item_of_operation(id, parameter.name)));
            }
        }
        for schema in
            operation.node.get("requestBody").into_iter().flat_map(|it| bodies(document, it))
        {
            self.inline(schema, Some(&rust::item_of_operation(id, "body")));
        }
        // The runtime reads all other answers, and those for success must have the same schema.
        let responses = operation.node.get("responses").into_iter().flat_map(Node::entries);
        let mut successes = responses.filter(|response| is_success(response.name()));
        let answer = successes.find_map(|response| read_schema(document.resolve(response.value)?));
        if let Some(schema) = answer {
            self.inline(schema, Some(&rust::item_of_operation(id, "response")));
        }
    }

    /// A schema that is no component. Its title names it, or else the place at which it stands.
    fn inline(&mut self, schema: Node<'t>, place: Option<&str>) {
        if schema.get("$ref").is_some() {
            return;
        }
        let title = schema.get("title");
        let titled = title.and_then(Node::as_str).map(rust::item);
        let name = titled.as_deref().or(place);
        if let Some(name) = name.filter(|_| becomes_type(schema)) {
            let at = title.filter(|_| titled.is_some()).unwrap_or(schema);
            self.named.push(Model { name: name.to_owned(), schema, at, is_component: false });
        }
        self.parts(schema, name);
    }

    /// A schema's own parts, which the generator names after it. The tree's limited depth limits the recursion.
    fn parts(&mut self, schema: Node<'t>, name: Option<&str>) {
        if !self.visited.insert(schema.id()) {
            return;
        }
        self.schemas.push(schema);
        let part = |part: &str| name.map(|name| rust::item(&format!("{name}_{part}")));
        for property in schema.get("properties").into_iter().flat_map(Node::entries) {
            self.inline(property.value, part(property.name()).as_deref());
        }
        if let Some(items) = schema.get("items") {
            self.inline(items, part("item").as_deref());
        }
        for member in schema.get("allOf").into_iter().flat_map(Node::items) {
            if member.get("$ref").is_none() {
                self.parts(member, name);
            }
        }
        let alternatives = ["oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key));
        for other in alternatives.flat_map(Node::items).chain(schema.get("additionalProperties")) {
            self.inline(other, None);
        }
    }
}

/// The schemas of what a request or an answer carries.
fn bodies<'t>(
    document: &Document<'t>,
    carrier: Node<'t>,
) -> impl Iterator<Item = Node<'t>> + use<'t> {
    let content = document.resolve(carrier).and_then(|carrier| carrier.get("content"));
    content.into_iter().flat_map(Node::entries).filter_map(|media| media.value.get("schema"))
}

fn becomes_type(schema: Node<'_>) -> bool {
    let has = |key: &str| schema.get(key).is_some_and(|value| value.entries().next().is_some());
    let lists_two = |key: &str| {
        let parts = schema.get(key).into_iter().flat_map(Node::items);
        parts.filter(|part| key != "allOf" || !is_prose(*part)).nth(1).is_some()
    };
    has("properties") || is_enum(schema) || ["oneOf", "anyOf", "allOf"].into_iter().any(lists_two)
}

/// Whether a part of an `allOf` says nothing of the values, so that the other part alone is the type.
fn is_prose(part: Node<'_>) -> bool {
    const PROSE: [&str; 8] = [
        "deprecated",
        "description",
        "example",
        "externalDocs",
        "readOnly",
        "title",
        "writeOnly",
        "xml",
    ];
    part.is_object() && part.entries().all(|entry| PROSE.contains(&entry.name()))
}

fn is_enum(schema: Node<'_>) -> bool {
    let is_string = schema.get("type").and_then(Node::as_str).is_none_or(|kind| kind == "string");
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
    /// A schema within another takes the type that is there already, which is right if both say the same;
    /// a component always makes one.
    fn collides_with(&self, earlier: &Self) -> bool {
        self.schema != earlier.schema
            && (self.is_component || !equality::of_types(self.schema, earlier.schema))
    }

    fn colliding(&self, earlier: &Self) -> DiagnosticBuilder<'t> {
        let (later, earlier) =
            if self.at.id() < earlier.at.id() { (earlier, self) } else { (self, earlier) };
        let message = format!("another schema becomes the type `{}`, too", self.name);
        let diagnostic =
            COLLIDING_MODELS.at(later.at, message).related(earlier.at, "the other one");
        diagnostic.help(match later.is_component || later.at != later.schema {
            true => "rename one of them",
            false => "make it a component with a name of its own, and refer to that",
        })
    }

    fn taken(&self) -> Option<DiagnosticBuilder<'t>> {
        /// Traits and types that generated code names without their paths.
        const TYPES: [&str; 5] = ["Default", "From", "Into", "Option", "String"];
        /// Values that it names so; a type without members is made by a function of its own name.
        const VALUES: [&str; 4] = ["Err", "None", "Ok", "Some"];
        let name = self.name.as_str();
        let is_taken =
            TYPES.contains(&name) || (VALUES.contains(&name) && !becomes_type(self.schema));
        is_taken.then(|| {
            let message =
                format!("a type `{name}` hides that of Rust's library, which the client needs");
            TAKEN_MODEL_NAME.at(self.at, message).help("call the schema something else")
        })
    }
}
