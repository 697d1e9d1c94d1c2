//! The document, as far as messages are checked against it.

use document::{exact, pointer, syntax::SYNTAX, text::without_bom};
use serde_json::Value;

use crate::documented::{Flaw, Message, Place};

/// The methods that a path item can have.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A bound on a chain of references, which keeps a circular one from hanging.
const HOPS: usize = 16;

/// A document, read once as values and once with the digits of its numbers.
pub(super) struct Document {
    pub(super) root: Value,
    exact: Value,
}

/// An operation, and where it stands.
pub(super) struct Operation<'a> {
    pub(super) document: &'a Document,
    pub(super) id: &'a str,
    /// In capitals.
    pub(super) method: String,
    pub(super) path: &'a str,
    pub(super) pointer: String,
    path_item: &'a Value,
    value: &'a Value,
}

/// A request body or a response, as the document declares it.
#[derive(Clone, Copy)]
pub(super) struct Declared<'a> {
    pub(super) document: &'a Document,
    value: &'a Value,
    exact: &'a Value,
}

/// A header, as the document declares it.
pub(super) struct Header<'a> {
    pub(super) name: &'a str,
    pub(super) required: bool,
    pub(super) schema: &'a Value,
}

impl Document {
    pub(super) fn parse(text: &str) -> Result<Self, Flaw> {
        let text = without_bom(text);
        let root = serde_yaml::from_str(text).map_err(|error| unreadable(&error))?;
        let exact = exact::yaml(text).map_err(|error| unreadable(&error))?;
        Ok(Self { root, exact })
    }

    /// Every operation that has an id.
    pub(super) fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        members(&self.root["paths"]).flat_map(move |(path, path_item)| {
            METHODS.iter().filter_map(move |method| self.operation(path, path_item, method))
        })
    }

    /// The operations that have a message.
    pub(super) fn operations_with(&self, message: &Message) -> impl Iterator<Item = Operation<'_>> {
        self.operations().filter(|operation| operation.has(message))
    }

    fn operation<'a>(
        &'a self,
        path: &'a str,
        path_item: &'a Value,
        method: &str,
    ) -> Option<Operation<'a>> {
        let value = path_item.get(method)?;
        let id = value["operationId"].as_str()?;
        let pointer = format!("/paths/{}/{method}", pointer::escape(path));
        let (document, method) = (self, method.to_uppercase());
        Some(Operation { document, id, method, path, pointer, path_item, value })
    }

    /// The addresses at which the API is served.
    pub(super) fn servers(&self) -> impl Iterator<Item = &str> {
        items(&self.root["servers"]).filter_map(|server| server["url"].as_str())
    }

    fn declared(&self, pointer: &str) -> Option<Declared<'_>> {
        let value = resolve(&self.root, self.root.pointer(pointer)?);
        let exact = resolve(&self.exact, self.exact.pointer(pointer)?);
        Some(Declared { document: self, value, exact })
    }
}

fn unreadable(error: &serde_yaml::Error) -> Flaw {
    let what = (error.to_string(), "correct its YAML");
    Flaw::new(&SYNTAX, Place::Document(String::new()), what)
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

    pub(super) fn request_body(&self) -> Option<Declared<'a>> {
        self.document.declared(&format!("{}/requestBody", self.pointer))
    }

    pub(super) fn response(&self, status: u16) -> Option<Declared<'a>> {
        self.document.declared(&format!("{}/responses/{status}", self.pointer))
    }

    /// Where a response stands, itself or what it refers to.
    pub(super) fn response_pointer(&self, status: u16) -> String {
        let pointer = format!("{}/responses/{status}", self.pointer);
        let response = self.document.root.pointer(&pointer);
        let target = response.and_then(|response| response["$ref"].as_str()?.strip_prefix('#'));
        target.map_or(pointer, ToOwned::to_owned)
    }

    /// The statuses of the declared responses.
    pub(super) fn statuses(&self) -> impl Iterator<Item = u16> {
        members(&self.value["responses"]).filter_map(|(status, _)| status.parse().ok())
    }

    /// The header parameters, those of the path item included.
    pub(super) fn headers(&self) -> impl Iterator<Item = Header<'a>> {
        let root = &self.document.root;
        items(&self.value["parameters"])
            .chain(items(&self.path_item["parameters"]))
            .map(|parameter| resolve(root, parameter))
            .filter(|parameter| parameter["in"] == "header")
            .filter_map(|parameter| Some(Header::new(parameter["name"].as_str()?, parameter)))
    }

    /// Whether a request must carry a token.
    pub(super) fn secured(&self) -> bool {
        let security = self.value.get("security").or_else(|| self.document.root.get("security"));
        security.is_some_and(|security| items(security).next().is_some())
    }
}

impl<'a> Declared<'a> {
    /// Whether both are the same component, or the same place.
    pub(super) fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self.value, other.value)
    }

    /// The media types, in the order of their names.
    pub(super) fn media_types(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        members(&self.value["content"]).map(|(name, _)| name)
    }

    /// The schema of a media type.
    pub(super) fn schema(&self, media_type: &str) -> Option<&'a Value> {
        self.value["content"][media_type].get("schema")
    }

    /// The name of the component that is the schema of a media type.
    pub(super) fn component(&self, media_type: &str) -> Option<&'a str> {
        self.schema(media_type)?["$ref"].as_str()?.rsplit('/').next()
    }

    /// An inline example of a media type, with the digits of its numbers.
    pub(super) fn example(&self, media_type: &str, name: &str) -> Option<&'a Value> {
        self.exact["content"][media_type]["examples"][name].get("value")
    }

    /// The headers of a response.
    pub(super) fn headers(&self) -> impl Iterator<Item = Header<'a>> {
        let root = &self.document.root;
        members(&self.value["headers"])
            .map(|(name, header)| Header::new(name, resolve(root, header)))
    }
}

impl<'a> Header<'a> {
    fn new(name: &'a str, value: &'a Value) -> Self {
        Self { name, required: value["required"] == true, schema: &value["schema"] }
    }
}

/// What a reference within the document refers to; what is no reference stands for itself.
pub(super) fn resolve<'a>(root: &'a Value, mut value: &'a Value) -> &'a Value {
    for _ in 0..HOPS {
        let Some(reference) = value["$ref"].as_str() else { break };
        let target = reference.strip_prefix('#').and_then(|pointer| root.pointer(pointer));
        value = target.unwrap_or(&Value::Null);
    }
    value
}

/// The members of an object; none of anything else.
pub(super) fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
