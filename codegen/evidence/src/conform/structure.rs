//! Compares the structure of printed messages with the document: everything except values.

use std::collections::{BTreeMap, BTreeSet};

use document::codes;

use super::{
    Aspect,
    declared::{Document, Operation},
    mismatch::Mismatch,
    request, response, template, unparsable,
};
use crate::documented::{Part, http};

/// A document, prepared for comparisons with many messages.
pub struct Structure<'t> {
    document: Document<'t>,
}

/// An operation with the page that describes it.
#[derive(Clone, Copy, Debug)]
pub struct DocumentedOperation<'a> {
    pub id: &'a str,
    pub path: &'a str,
    pub page: Option<&'a str>,
    pub title: Option<&'a str>,
}

/// A difference between the structure of a message and the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub aspect: Aspect,
    pub part: Part,
    pub message: String,
    /// The location in the document that the message differs from: a JSON pointer and a label.
    pub related: Option<(String, &'static str)>,
}

impl<'t> Structure<'t> {
    /// Prepares a document.
    pub fn new(document: &'t document::Document<'t>) -> Self {
        Self { document: Document::new(document) }
    }

    /// Returns the operations, in document order.
    pub fn operations(&self) -> impl Iterator<Item = DocumentedOperation<'_>> {
        self.document.operations().map(|operation| {
            let (page, title) = operation.page().unzip();
            DocumentedOperation {
                id: operation.id,
                path: operation.path,
                page,
                title: title.flatten(),
            }
        })
    }

    /// Returns the method of an operation in uppercase.
    pub fn method(&self, id: &str) -> Option<String> {
        self.operation(id).map(|operation| operation.method())
    }

    /// Returns the JSON pointer of an operation.
    pub fn pointer(&self, id: &str) -> Option<String> {
        self.operation(id).map(|operation| operation.pointer())
    }

    /// Returns the IDs of the operations that declare a response.
    pub fn operations_with_response(&self, status: u16) -> impl Iterator<Item = &str> {
        let operations = self.document.operations();
        operations.filter(move |it| it.response(status).is_some()).map(|operation| operation.id)
    }

    /// Returns true if an operation has this method and target.
    pub fn is_request_of(&self, id: &str, method: &str, target: &str) -> bool {
        self.operation(id).is_some_and(|operation| {
            operation.method().eq_ignore_ascii_case(method) && template::is_at(&operation, target)
        })
    }

    /// Returns true if a target matches the path of an operation.
    pub fn is_at(&self, id: &str, target: &str) -> bool {
        self.operation(id).is_some_and(|operation| template::is_at(&operation, target))
    }

    /// Compares the text of a request with an operation.
    pub fn request(&self, id: &str, text: &str) -> Vec<Difference> {
        let Some(operation) = self.operation(id) else { return Vec::new() };
        let mismatches =
            http::request(text).map(|request| request::structure(&operation, &request));
        differences(mismatches.unwrap_or_else(|error| vec![unparsable(text, &error)]))
    }

    /// Compares the text of a response with the responses that operations declare.
    ///
    /// `expected` is the status of the recorded message that the page prints, if there is one.
    pub fn response(&self, ids: &[&str], expected: Option<u16>, text: &str) -> Vec<Difference> {
        let operations: Vec<Operation<'_>> =
            ids.iter().filter_map(|id| self.operation(id)).collect();
        let mismatches = http::response(text)
            .map(|response| response::structure(&operations, expected, &response));
        differences(mismatches.unwrap_or_else(|error| vec![unparsable(text, &error)]))
    }

    /// Returns the fault codes that the descriptions of operations and error responses explain, with their statuses.
    pub fn codes(&self) -> BTreeMap<u64, BTreeSet<u16>> {
        let mut statuses: BTreeMap<u64, BTreeSet<u16>> = BTreeMap::new();
        let mut add = |text: Option<&str>, default: Option<u16>| {
            let words: Vec<&str> = text.unwrap_or_default().split_whitespace().collect();
            for explanation in codes::explanations(&words.join(" ")) {
                for code in explanation.codes {
                    let statuses = statuses.entry(code.number).or_default();
                    statuses.extend(explanation.status.or(default));
                }
            }
        };
        for operation in self.document.operations() {
            add(operation.operation.node.get_str("description"), None);
            for status in operation.statuses() {
                let response = operation.response(status);
                add(
                    response.and_then(|response| response.node.get_str("description")),
                    Some(status),
                );
            }
        }
        statuses.retain(|_, statuses| !statuses.is_empty());
        statuses
    }

    /// Returns the JSON pointer of the response that operations declare for a status.
    pub fn response_pointer(&self, status: u16) -> Option<String> {
        let mut responses = self.document.operations().filter_map(|it| it.response(status));
        responses.next().map(|response| response.node.pointer())
    }

    fn operation(&self, id: &str) -> Option<Operation<'_>> {
        self.document.operations().find(|operation| operation.id == id)
    }
}

/// Keeps only the differences in structure.
fn differences(mismatches: Vec<Mismatch>) -> Vec<Difference> {
    mismatches
        .into_iter()
        .filter(|mismatch| mismatch.aspect != Aspect::Value)
        .map(|Mismatch { aspect, part, message, related, .. }| Difference {
            aspect,
            part,
            message,
            related,
        })
        .collect()
}
