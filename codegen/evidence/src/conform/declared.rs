//! The parts of the document that messages are compared with.

use document::{Node, exact, pointer};
use serde_json::{Value, json};

use super::validity::Validators;
use crate::documented::Message;

/// The document, and its schemas for the validation of bodies and headers.
pub(super) struct Document<'t> {
    model: &'t document::Document<'t>,
    /// The schemas of the document, as a separate JSON document.
    pub(super) components: Value,
    pub(super) validators: Validators,
}

/// An operation with an ID.
#[derive(Clone, Copy)]
pub(super) struct Operation<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) id: &'a str,
    pub(super) path: &'a str,
    operation: document::Operation<'a>,
}

/// The declaration of a request body or a response.
#[derive(Clone, Copy)]
pub(super) struct Declared<'a> {
    pub(super) document: &'a Document<'a>,
    node: Node<'a>,
}

/// The declaration of a header.
pub(super) struct Header<'a> {
    pub(super) name: &'a str,
    pub(super) required: bool,
    pub(super) schema: Option<Node<'a>>,
}

impl<'t> Document<'t> {
    pub(super) fn new(model: &'t document::Document<'t>) -> Self {
        let schemas = model.tree.at("/components/schemas").map(Node::json);
        Self {
            model,
            components: json!({ "components": { "schemas": schemas } }),
            validators: Validators::default(),
        }
    }

    /// Returns the operations that have an ID.
    pub(super) fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        self.model.operations().filter_map(|operation| {
            let id = operation.node.get("operationId")?.as_str()?;
            Some(Operation { document: self, id, path: operation.path, operation })
        })
    }

    /// Returns the operations to which a message belongs.
    pub(super) fn operations_with(&self, message: &Message) -> impl Iterator<Item = Operation<'_>> {
        self.operations().filter(|operation| operation.has(message))
    }

    /// Returns the base URLs of the API.
    pub(super) fn servers(&self) -> impl Iterator<Item = &str> {
        let servers = self.model.root().get("servers").into_iter().flat_map(Node::items);
        servers.filter_map(|server| server.get("url")?.as_str())
    }

    /// Resolves a reference.
    pub(super) fn resolve<'a>(&'a self, schema: Node<'a>) -> Option<Node<'a>> {
        self.model.resolve(schema)
    }

    fn declared<'a>(&'a self, node: Node<'a>) -> Option<Declared<'a>> {
        Some(Declared { document: self, node: self.model.resolve(node)? })
    }
}

impl<'a> Operation<'a> {
    /// Returns true if a message belongs to this operation according to the index.
    pub(super) fn has(&self, message: &Message) -> bool {
        match (&message.operation, message.status) {
            (None, None) => false,
            (Some(id), None) => id == self.id,
            (id, Some(status)) => {
                id.as_ref().is_none_or(|id| id == self.id) && self.response(status).is_some()
            }
        }
    }

    /// Returns the method in upper case.
    pub(super) fn method(&self) -> String {
        self.operation.method.to_uppercase()
    }

    /// Returns the JSON pointer of the operation.
    pub(super) fn pointer(&self) -> String {
        self.operation.node.pointer()
    }

    /// Returns the JSON pointer of the operation's ID.
    pub(super) fn id_pointer(&self) -> String {
        format!("{}/operationId", self.pointer())
    }

    /// Returns the JSON pointer of the path item.
    pub(super) fn path_pointer(&self) -> String {
        format!("/paths{}", pointer::step(self.path))
    }

    /// Returns the JSON pointer of the resolved request body, or that of the operation if it has none.
    pub(super) fn request_body_pointer(&self) -> String {
        self.request_body().map_or_else(|| self.pointer(), |body| body.pointer())
    }

    /// Returns the JSON pointer of the resolved response.
    pub(super) fn response_pointer(&self, status: u16) -> String {
        let undeclared = || format!("{}/responses/{status}", self.pointer());
        self.response(status).map_or_else(undeclared, |response| response.pointer())
    }

    pub(super) fn request_body(&self) -> Option<Declared<'a>> {
        self.document.declared(self.operation.node.get("requestBody")?)
    }

    pub(super) fn response(&self, status: u16) -> Option<Declared<'a>> {
        let responses = self.operation.node.get("responses")?;
        self.document.declared(responses.get(&status.to_string())?)
    }

    /// Returns the statuses of the declared responses.
    pub(super) fn statuses(&self) -> impl Iterator<Item = u16> + use<'a> {
        let responses = self.operation.node.get("responses").into_iter().flat_map(Node::entries);
        responses.filter_map(|entry| entry.name().parse().ok())
    }

    /// Returns the header parameters, including those of the path item.
    pub(super) fn headers(&self) -> impl Iterator<Item = Header<'a>> + use<'a> {
        let parameters = self.document.model.parameters(&self.operation).into_iter();
        parameters
            .filter(|parameter| parameter.get("in").and_then(Node::as_str) == Some("header"))
            .filter_map(|parameter| Some(Header::new(parameter.get("name")?.as_str()?, parameter)))
    }

    /// Returns the names of the query parameters.
    pub(super) fn query_names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let parameters = self.document.model.parameters(&self.operation).into_iter();
        parameters
            .filter(|parameter| parameter.get("in").and_then(Node::as_str) == Some("query"))
            .filter_map(|parameter| parameter.get("name")?.as_str())
    }

    /// Returns the URL and the title of the page that describes the operation.
    pub(super) fn page(&self) -> Option<(&'a str, Option<&'a str>)> {
        let page = self.operation.node.get("externalDocs")?;
        Some((page.get("url")?.as_str()?, page.get("description").and_then(Node::as_str)))
    }

    /// Returns the description of the operation.
    pub(super) fn description(&self) -> Option<&'a str> {
        self.operation.node.get("description")?.as_str()
    }

    /// Returns true if a request needs a token.
    pub(super) fn needs_token(&self) -> bool {
        let global = || self.document.model.root().get("security");
        let security = self.operation.node.get("security").or_else(global);
        security.is_some_and(|security| security.items().next().is_some())
    }
}

impl<'a> Declared<'a> {
    /// Returns the JSON pointer of the declaration.
    fn pointer(&self) -> String {
        self.node.pointer()
    }

    /// Returns true if both are the same declaration, such as a shared component.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.node == other.node
    }

    /// Returns the description.
    pub(super) fn description(&self) -> Option<&'a str> {
        self.node.get("description")?.as_str()
    }

    /// Returns the media types, in the document's order.
    pub(super) fn media_types(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let content = self.node.get("content").into_iter().flat_map(Node::entries);
        content.map(|entry| entry.name())
    }

    fn media_type(&self, name: &str) -> Option<Node<'a>> {
        self.node.get("content")?.get(name)
    }

    /// Returns the schema of a media type.
    pub(super) fn schema(&self, media_type: &str) -> Option<Node<'a>> {
        self.media_type(media_type)?.get("schema")
    }

    /// Returns the name of the component that is the schema of a media type.
    pub(super) fn component(&self, media_type: &str) -> Option<&'a str> {
        self.schema(media_type)?.get("$ref")?.as_str()?.rsplit('/').next()
    }

    /// Returns the value of a named example of a media type, with the exact digits of its numbers.
    pub(super) fn example(&self, media_type: &str, name: &str) -> Option<Value> {
        let example = self.document.model.resolve(self.named_example(media_type, name)?)?;
        example.get("value").map(exact::value)
    }

    /// Returns the JSON pointer of a named example of a media type.
    pub(super) fn example_pointer(&self, media_type: &str, name: &str) -> Option<String> {
        self.named_example(media_type, name).map(Node::pointer)
    }

    fn named_example(&self, media_type: &str, name: &str) -> Option<Node<'a>> {
        self.media_type(media_type)?.get("examples")?.get(name)
    }

    /// Returns the headers of a response.
    pub(super) fn headers(&self) -> impl Iterator<Item = Header<'a>> + use<'a> {
        let document = self.document;
        let headers = self.node.get("headers").into_iter().flat_map(Node::entries);
        headers
            .filter_map(|header| Some(Header::new(header.name(), document.resolve(header.value)?)))
    }
}

impl<'a> Header<'a> {
    fn new(name: &'a str, node: Node<'a>) -> Self {
        let required = node.get("required").and_then(Node::as_bool).unwrap_or_default();
        Self { name, required, schema: node.get("schema") }
    }
}
