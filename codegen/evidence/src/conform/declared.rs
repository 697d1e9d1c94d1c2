//! The parts of the document that messages are compared with.

use document::{
    Node,
    compositions::Compositions,
    exact,
    validation::{Role, Validator, Violation},
};
use serde_json::Value;

use crate::documented::Message;

/// The document, and its schemas for validating bodies and headers.
pub(super) struct Document<'t> {
    model: &'t document::Document<'t>,
    compositions: Compositions<'t>,
}

/// An operation with an ID.
#[derive(Clone, Copy)]
pub(super) struct Operation<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) id: &'a str,
    pub(super) path: &'a str,
    pub(super) operation: document::Operation<'a>,
}

/// The declaration of a request body or a response.
#[derive(Clone, Copy)]
pub(super) struct Declared<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) node: Node<'a>,
}

/// The declaration of a header.
pub(super) struct Header<'a> {
    pub(super) name: &'a str,
    pub(super) required: bool,
    pub(super) schema: Option<Node<'a>>,
}

impl<'t> Document<'t> {
    pub(super) fn new(model: &'t document::Document<'t>) -> Self {
        Self { model, compositions: Compositions::new(model) }
    }

    /// Returns the violations of a schema by a value from another tree.
    pub(super) fn violations<'v>(
        &'v self,
        schema: Node<'v>,
        value: Node<'v>,
        role: Role,
    ) -> Vec<Violation<'v>> {
        Validator::new(self.model, &self.compositions).violations(schema, value, role)
    }

    /// Returns the operations that have an ID.
    pub(super) fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        let operations = self.model.operations();
        operations.filter_map(|operation| {
            let (id, path) = (operation.id()?, operation.path);
            Some(Operation { document: self, id, path, operation })
        })
    }

    /// Returns the operations to which a message belongs.
    pub(super) fn operations_with(&self, message: &Message) -> impl Iterator<Item = Operation<'_>> {
        self.operations().filter(|operation| operation.has(message))
    }

    /// Returns the base URLs of the API.
    pub(super) fn servers(&self) -> impl Iterator<Item = &str> {
        let servers = self.model.root().items_of("servers");
        servers.filter_map(|server| server.get_str("url"))
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

    /// Returns the method in uppercase.
    pub(super) fn method(&self) -> String {
        self.operation.method.to_uppercase()
    }

    /// Returns the JSON pointer of the operation.
    pub(super) fn pointer(&self) -> String {
        self.operation.node.pointer()
    }

    /// Returns the JSON pointer of the resolved request body, or the operation's pointer if it has no body.
    pub(super) fn request_body_pointer(&self) -> String {
        self.request_body().map_or_else(|| self.pointer(), |body| body.node.pointer())
    }

    pub(super) fn request_body(&self) -> Option<Declared<'a>> {
        self.document.declared(self.operation.node.get("requestBody")?)
    }

    /// Returns the response that is declared for a status.
    pub(super) fn response(&self, status: u16) -> Option<Declared<'a>> {
        let node = self.document.model.response(&self.operation, status)?;
        Some(Declared { document: self.document, node })
    }

    /// Returns the statuses of the declared responses.
    pub(super) fn statuses(&self) -> impl Iterator<Item = u16> + use<'a> {
        let responses = self.operation.node.entries_of("responses");
        responses.filter_map(|entry| entry.name().parse().ok())
    }

    /// Returns the header parameters, including those of the path item.
    pub(super) fn headers(&self) -> impl Iterator<Item = Header<'a>> + use<'a> {
        self.parameters("header").map(|(name, parameter)| Header::new(name, parameter))
    }

    /// Returns the names of the query parameters.
    pub(super) fn query_names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.parameters("query").map(|(name, _)| name)
    }

    /// Returns the names and declarations of the parameters in a location, such as `query`.
    fn parameters(
        &self,
        location: &'static str,
    ) -> impl Iterator<Item = (&'a str, Node<'a>)> + use<'a> {
        let parameters = self.document.model.parameters(&self.operation).into_iter();
        parameters
            .filter(move |parameter| parameter.get_str("in") == Some(location))
            .filter_map(|parameter| Some((parameter.get_str("name")?, parameter)))
    }

    /// Returns the URL and the title of the page that describes the operation.
    pub(super) fn page(&self) -> Option<(&'a str, Option<&'a str>)> {
        let page = self.operation.node.get("externalDocs")?;
        Some((page.get_str("url")?, page.get_str("description")))
    }

    /// Returns true if a request needs a token.
    pub(super) fn needs_token(&self) -> bool {
        let global = || self.document.model.root().get("security");
        let security = self.operation.node.get("security").or_else(global);
        security.is_some_and(|security| security.items().next().is_some())
    }
}

impl<'a> Declared<'a> {
    /// Returns the media types, in document order.
    pub(super) fn media_types(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let content = self.node.entries_of("content");
        content.map(|entry| entry.name())
    }

    fn media_type(&self, name: &str) -> Option<Node<'a>> {
        self.node.get("content")?.get(name)
    }

    pub(super) fn schema(&self, media_type: &str) -> Option<Node<'a>> {
        self.media_type(media_type)?.get("schema")
    }

    /// Returns the name of the component that is the schema of a media type.
    pub(super) fn component(&self, media_type: &str) -> Option<&'a str> {
        self.schema(media_type)?.get_str("$ref")?.rsplit('/').next()
    }

    /// Returns the value of a named example of a media type, keeping the exact digits of its numbers.
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
        let headers = self.node.entries_of("headers");
        headers
            .filter_map(|header| Some(Header::new(header.name(), document.resolve(header.value)?)))
    }
}

impl<'a> Header<'a> {
    fn new(name: &'a str, node: Node<'a>) -> Self {
        Self { name, required: node.is_true("required"), schema: node.get("schema") }
    }
}
