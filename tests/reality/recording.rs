//! Builds recordings, and compares them with `orders.yaml`.

use std::sync::LazyLock;

use ::document::{Document, Tree, read};
use reality::{Malformed, Report, Survey};
use serde_json::{Value, json};

use support::document;

pub(crate) const DOCUMENT: &str = "tests/documents/reality/orders.yaml";

/// Returns an entry: a request with its response.
pub(crate) fn entry(method: &str, url: &str, request: Value, response: Value) -> Value {
    let mut entry = json!({
        "request": { "method": method, "url": url, "headers": [], "bodySize": 0 },
        "response": { "status": 200, "headers": [], "content": { "size": -1 } },
    });
    merge(&mut entry["request"], request);
    merge(&mut entry["response"], response);
    entry
}

fn merge(value: &mut Value, more: Value) {
    let Value::Object(more) = more else { unreachable!("the parts of an entry are objects") };
    value.as_object_mut().unwrap().extend(more);
}

/// Returns an entry of the operation `getOrder`.
pub(crate) fn order(response: Value) -> Value {
    entry("GET", "https://orders.example.com/v1/orders/7", json!({}), response)
}

/// Returns a response with a JSON body.
pub(crate) fn body(status: u16, text: &str) -> Value {
    json!({
        "status": status,
        "headers": [header("Content-Type", "application/json"), header("MS-RequestId", GUID)],
        "content": { "size": text.len(), "mimeType": "application/json", "text": text },
    })
}

pub(crate) const GUID: &str = "11111111-1111-1111-1111-111111111111";

pub(crate) fn header(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}

/// Returns the text of a HAR with these entries.
pub(crate) fn har(entries: &[Value]) -> String {
    json!({ "log": { "version": "1.2", "entries": entries } }).to_string()
}

/// The document `orders.yaml`. It is read once for all tests, because reading it takes longer than a comparison.
pub(crate) static ORDERS: LazyLock<Document<'static>> =
    LazyLock::new(|| parsed(document::read(DOCUMENT)));

/// The document of this project.
pub(crate) static PROJECT: LazyLock<Document<'static>> =
    LazyLock::new(|| parsed(document::TEXT.clone()));

fn parsed(text: String) -> Document<'static> {
    let tree: &'static Tree = Box::leak(Box::new(read(text.as_bytes()).unwrap()));
    Document::new(tree)
}

/// Compares the text of a HAR with a document.
pub(crate) fn survey(document: &Document<'static>, har: &[u8]) -> Result<Report, Malformed> {
    let mut survey = Survey::new(document, None);
    survey.add(har)?;
    Ok(survey.finish())
}

/// Compares entries with `orders.yaml`.
pub(crate) fn report(entries: &[Value]) -> Report {
    survey(&ORDERS, har(entries).as_bytes()).unwrap()
}

/// Returns the rule, the message and the pointer of each observation.
pub(crate) fn observed(report: &Report) -> Vec<String> {
    let observations = report.observations().map(|observation| &observation.diagnostic);
    observations.map(|it| format!("{} at {}: {}", it.rule, it.pointer, it.message)).collect()
}

/// Returns the rule and the subject of each observation about a response of `getOrder` with this body.
pub(crate) fn of_body(text: &str) -> Vec<String> {
    let report = report(&[order(body(200, text))]);
    let observations = report.observations();
    observations.map(|it| format!("{} {}", it.diagnostic.rule, it.subject)).collect()
}
