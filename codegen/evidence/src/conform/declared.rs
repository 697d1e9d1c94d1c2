//! The document, as far as messages are checked against it.

use document::{Node, Tree, exact, pointer};
use serde_json::Value;

use crate::documented::Message;

/// A document, and its value for the validation of bodies.
pub(super) struct Document<'t> {
    model: document::Document<'t>,
    /// The document as schemas are validated with it.
    pub(super) value: Value,
}

/// An operation that has an id.
#[derive(Clone, Copy)]
pub(super) struct Operation<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) id: &'a str,
    pub(super) path: &'a str,
    operation: document::Operation<'a>,
}

/// A request body or a response, as the document declares it.
#[derive(Clone, Copy)]
pub(super) struct Declared<'a> {
    pub(super) document: &'a Document<'a>,
    node: Node<'a>,
}

/// A header, as the document declares it.
pub(super) struct Header<'a> {
    pub(super) name: &'a str,
    pub(super) required: bool,
    pub(super) schema: Option<Node<'a>>,
}

impl<'t> Document<'t> {
    pub(super) fn new(tree: &'t Tree) -> Self {
        Self { model: document::Document::new(tree), value: tree.root().json() }
    }

    /// Every operation that has an id.
    pub(super) fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        self.model.operations().filter_map(|operation| {
            let id = operation.node.get("operationId")?.as_str()?;
            Some(Operation { document: self, id, path: operation.path, operation })
        })
    }

    /// The operations that have a message.
    pub(super) fn operations_with(&self, message: &Message) -> impl Iterator<Item = Operation<'_>> {
        self.operations().filter(|operation| operation.has(message))
    }

    /// The addresses at which the API is served.
    pub(super) fn servers(&self) -> impl Iterator<Item = &str> {
        let servers = self.model.root().get("servers").into_iter().flat_map(Node::items);
        servers.filter_map(|server| server.get("url")?.as_str())
    }

    /// The schema itself, or that to which it refers.
    pub(super) fn resolve<'a>(&'a self, schema: Node<'a>) -> Option<Node<'a>> {
        self.model.resolve(schema)
    }

    fn declared<'a>(&'a self, node: Node<'a>) -> Option<Declared<'a>> {
        Some(Declared { document: self, node: self.model.resolve(node)? })
    }
}

impl<'a> Operation<'a> {
    /// Whether a message is one of this operation's, as the index has it.
    pub(super) fn has(&self, message: &Message) -> bool {
        match (&message.operation, message.status) {
            (None, None) => false,
            (Some(id), None) => id == self.id,
            (id, Some(status)) => {
                id.as_ref().is_none_or(|id| id == self.id) && self.response(status).is_some()
            }
        }
    }

    /// The method in capitals.
    pub(super) fn method(&self) -> String {
        self.operation.method.to_uppercase()
    }

    /// The JSON pointer of the operation.
    pub(super) fn pointer(&self) -> String {
        self.operation.node.pointer()
    }

    /// The JSON pointer of the id.
    pub(super) fn id_pointer(&self) -> String {
        format!("{}/operationId", self.pointer())
    }

    /// The JSON pointer of the path item.
    pub(super) fn path_pointer(&self) -> String {
        format!("/paths{}", pointer::step(self.path))
    }

    /// Where the request body stands, itself or what it refers to; the operation if it has none.
    pub(super) fn request_body_pointer(&self) -> String {
        self.request_body().map_or_else(|| self.pointer(), |body| body.pointer())
    }

    /// Where a response stands, itself or what it refers to.
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

    /// The statuses of the declared responses.
    pub(super) fn statuses(&self) -> impl Iterator<Item = u16> + use<'a> {
        let responses = self.operation.node.get("responses").into_iter().flat_map(Node::entries);
        responses.filter_map(|entry| entry.name().parse().ok())
    }

    /// The header parameters, those of the path item included.
    pub(super) fn headers(&self) -> impl Iterator<Item = Header<'a>> + use<'a> {
        let parameters = self.document.model.parameters(&self.operation).into_iter();
        parameters
            .filter(|parameter| parameter.get("in").and_then(Node::as_str) == Some("header"))
            .filter_map(|parameter| Some(Header::new(parameter.get("name")?.as_str()?, parameter)))
    }

    /// Whether a request must carry a token.
    pub(super) fn secured(&self) -> bool {
        let of_all = || self.document.model.root().get("security");
        let security = self.operation.node.get("security").or_else(of_all);
        security.is_some_and(|security| security.items().next().is_some())
    }
}

impl<'a> Declared<'a> {
    /// Where it stands, as a JSON pointer.
    fn pointer(&self) -> String {
        self.node.pointer()
    }

    /// Whether both are the same component, or the same place.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.node == other.node
    }

    /// The media types, in the order of the document.
    pub(super) fn media_types(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let content = self.node.get("content").into_iter().flat_map(Node::entries);
        content.map(|entry| entry.name())
    }

    fn media_type(&self, name: &str) -> Option<Node<'a>> {
        self.node.get("content")?.get(name)
    }

    /// The schema of a media type.
    pub(super) fn schema(&self, media_type: &str) -> Option<Node<'a>> {
        self.media_type(media_type)?.get("schema")
    }

    /// The name of the component that is the schema of a media type.
    pub(super) fn component(&self, media_type: &str) -> Option<&'a str> {
        self.schema(media_type)?.get("$ref")?.as_str()?.rsplit('/').next()
    }

    /// A named example of a media type, with the digits of its numbers.
    pub(super) fn example(&self, media_type: &str, name: &str) -> Option<Value> {
        let example = self.document.model.resolve(self.named_example(media_type, name)?)?;
        example.get("value").map(exact::value)
    }

    /// The JSON pointer of a named example of a media type.
    pub(super) fn example_pointer(&self, media_type: &str, name: &str) -> Option<String> {
        self.named_example(media_type, name).map(Node::pointer)
    }

    fn named_example(&self, media_type: &str, name: &str) -> Option<Node<'a>> {
        self.media_type(media_type)?.get("examples")?.get(name)
    }

    /// The headers of a response.
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
