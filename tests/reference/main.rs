//! Are the pages about the document correct: the errata page, the list of the evidence and the HTML page?

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod errata;
mod folder;
mod freshness;
mod hostile;
mod html;
mod mutants;
mod page;
mod readme;

use std::sync::LazyLock;

use document::Document;
use evidence::documented::{Erratum, Evidence, Message};

use folder::evidence;

/// The evidence for the fixed document.
static FIXED: LazyLock<Evidence> = LazyLock::new(|| evidence("tests/documents/fixed"));

/// The evidence for the document of this project.
static SPEC: LazyLock<Evidence> = LazyLock::new(|| evidence("spec"));

/// Parses a document, and calls a function with it.
fn with_document<T>(text: &str, call: impl FnOnce(&Document<'_>) -> T) -> T {
    let tree = document::read(text.as_bytes()).unwrap();
    call(&Document::new(&tree))
}

/// Returns a recorded request whose file has this name.
fn message(file: &str, text: &str) -> Message {
    Message {
        file: file.to_owned(),
        operation: Some("getThing".to_owned()),
        status: None,
        example: "documented".to_owned(),
        schema: None,
        page: "https://example.com/things".to_owned(),
        title: "Get a thing".to_owned(),
        sha256: String::new(),
        bytes: text.as_bytes().to_vec(),
    }
}

/// Returns an erratum for the request `get-thing.request.http`.
fn erratum(id: &str, found: &str, repair: &str) -> Erratum {
    Erratum {
        id: id.to_owned(),
        message: "get-thing.request.http".to_owned(),
        found: found.to_owned(),
        repair: repair.to_owned(),
        reason: "It is wrong.".to_owned(),
        evidence: "page: the table says so".to_owned(),
        page: "https://example.com/things".to_owned(),
        is_left_out: false,
    }
}

/// Returns evidence that consists of one request and its errata.
fn ledger(text: &str, errata: Vec<Erratum>) -> Evidence {
    let messages = vec![message("get-thing.request.http", text)];
    Evidence { messages, errata, ..Evidence::default() }
}
