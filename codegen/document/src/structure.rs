//! Rules about the structure that OpenAPI 3.0 gives to a document.

use super::{
    language,
    model::Kind,
    rule::{Finding, Rule},
    spelling,
    tree::Tree,
};
use crate::diagnostic::{Diagnostic, Severity};

/// A file is an OpenAPI document.
pub static NOT_OPENAPI: Rule = Rule {
    id: "not-openapi",
    severity: Severity::Error,
    summary: "the file is an OpenAPI document",
    why: "A file of another kind, such as a configuration, has nothing of which a client can be made.",
    wrong: "\
name: orders
services: []
",
    right: "\
openapi: 3.0.3
",
};

/// A document is OpenAPI 3.0.
pub static UNSUPPORTED_VERSION: Rule = Rule {
    id: "unsupported-version",
    severity: Severity::Error,
    summary: "the document is OpenAPI 3.0",
    why: "The generator reads OpenAPI 3.0 only. Swagger 2 and OpenAPI 3.1 say things in other ways, so \
          that a document must be converted as a whole.",
    wrong: "\
openapi: 3.1.0
",
    right: "\
openapi: 3.0.3
",
};

/// What makes a document another than OpenAPI 3.0, so that its other rules do not apply.
pub(super) fn foreign(tree: &Tree) -> Option<Finding<'_>> {
    let root = tree.root();
    if let Some(entry) = root.entry("swagger") {
        let version = entry.value.text().unwrap_or_default();
        let message = format!("this is Swagger {version}, and the generator reads OpenAPI 3.0");
        return Some(
            UNSUPPORTED_VERSION.at(entry.value, message).help("convert the document to 3.0.3"),
        );
    }
    let Some(version) = root.get("openapi") else {
        let is_other = !spelling::has_misspelling(root, Some(Kind::Document), "openapi")
            && root.get("paths").is_none();
        let (message, help) = not_openapi(tree.text());
        return is_other.then(|| NOT_OPENAPI.at(root, message).help(help));
    };
    let text =
        version.as_str().or_else(|| version.as_number()).filter(|text| !is_supported(text))?;
    let message = format!("the generator reads OpenAPI 3.0, and this is `{text}`");
    let help = match text.starts_with("3.0") {
        true => "write `3.0.3`",
        false => "convert the document to 3.0.3",
    };
    Some(UNSUPPORTED_VERSION.at(version, message).help(help))
}

/// What makes a text that cannot be read a file of another kind, so that its syntax is none of our business.
pub(super) fn foreign_text(text: &str) -> Option<Diagnostic> {
    if language::of(text).is_none() && language::mentions_openapi(text) {
        return None;
    }
    let first = language::first_line(text);
    let start = text.find(first)?;
    let (message, help) = not_openapi(text);
    Some(NOT_OPENAPI.spanning(start..start + first.len(), message, Some(help)))
}

/// What to say of a text that is no OpenAPI document.
fn not_openapi(text: &str) -> (String, &'static str) {
    let (reason, help) = match language::of(text) {
        Some(language) => (format!("it looks like {language}"), "give one in YAML or JSON"),
        None => (
            "it does not begin with `openapi`".to_owned(),
            "begin it with `openapi: 3.0.3`, or give another file",
        ),
    };
    (format!("this is no OpenAPI document: {reason}"), help)
}

fn is_supported(version: &str) -> bool {
    let patch = version.strip_prefix("3.0.").map(|rest| rest.split('-').next().unwrap_or(rest));
    patch.is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Objects have only the members that OpenAPI gives them.
pub static UNKNOWN_KEY: Rule = Rule {
    id: "unknown-key",
    severity: Severity::Error,
    summary: "objects have the members that OpenAPI 3.0 gives them",
    why: "A misspelt key has no effect: it is skipped in silence, and what it says is lost. Members of \
          your own begin with `x-`.",
    wrong: "\
components:
  schemas:
    Amount: { type: number, nulable: true }
",
    right: "\
components:
  schemas:
    Amount: { type: number, nullable: true }
",
};

/// Objects have the members that OpenAPI requires.
pub static MISSING_KEY: Rule = Rule {
    id: "missing-key",
    severity: Severity::Error,
    summary: "objects have the members that OpenAPI 3.0 requires",
    why: "Other tools refuse a document without them, and the generator cannot guess what they would say.",
    wrong: "\
components:
  responses:
    NotFound: {}
",
    right: "\
components:
  responses:
    NotFound: { description: There is no such customer. }
",
};

/// Members have the type that OpenAPI gives them.
pub static WRONG_TYPE: Rule = Rule {
    id: "wrong-type",
    severity: Severity::Error,
    summary: "members have the type that OpenAPI 3.0 gives them",
    why: "A value of another type is not understood. Often YAML has read a text as something else: \
          `1.0` is a number, and only `'1.0'` a string.",
    wrong: "\
info:
  title: Orders
  version: 1.0
",
    right: "\
info:
  title: Orders
  version: '1.0'
",
};

/// Members have a value that OpenAPI allows.
pub static INVALID_VALUE: Rule = Rule {
    id: "invalid-value",
    severity: Severity::Error,
    summary: "members have one of the values that OpenAPI 3.0 allows",
    why: "A value that OpenAPI does not know says nothing, and the generator stops at it.",
    wrong: "\
components:
  schemas:
    Amount: { type: decimal }
",
    right: "\
components:
  schemas:
    Amount: { type: number, format: decimal }
",
};

/// Keys have the form that OpenAPI requires.
pub static INVALID_KEY: Rule = Rule {
    id: "invalid-key",
    severity: Severity::Error,
    summary: "paths begin with a slash, statuses and media types are such, and components have plain names",
    why: "What stands under another key is skipped in silence: the operations of a path without its slash \
          are not in the client.",
    wrong: "\
paths:
  v1/orders: {}
",
    right: "\
paths:
  /v1/orders: {}
",
};

/// Members that exclude each other do not occur together.
pub static CONFLICTING_KEYS: Rule = Rule {
    id: "conflicting-keys",
    severity: Severity::Error,
    summary: "of members that exclude each other only one is there",
    why: "OpenAPI does not say which of them holds, so that each tool decides for itself.",
    wrong: "\
components:
  parameters:
    Page:
      name: page
      in: query
      schema: { type: integer }
      example: 1
      examples:
        first: { value: 1 }
",
    right: "\
components:
  parameters:
    Page:
      name: page
      in: query
      schema: { type: integer }
      example: 1
",
};

/// A reference has no siblings.
pub static IGNORED_BESIDE_REFERENCE: Rule = Rule {
    id: "ignored-beside-reference",
    severity: Severity::Warning,
    summary: "nothing stands beside `$ref`",
    why: "OpenAPI 3.0 ignores the siblings of a reference, so that a description or `nullable` there has \
          no effect.",
    wrong: "\
components:
  schemas:
    Amount: { type: number }
    Budget:
      type: object
      properties:
        amount:
          $ref: '#/components/schemas/Amount'
          nullable: true
",
    right: "\
components:
  schemas:
    Amount: { type: number }
    Budget:
      type: object
      properties:
        amount:
          nullable: true
          allOf:
            - $ref: '#/components/schemas/Amount'
",
};
