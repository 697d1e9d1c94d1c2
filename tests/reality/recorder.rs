//! Does a recording by `Recorder` yield the same report as the original traffic?

use std::collections::BTreeSet;

use ::document::integers::Width;
use partner_center_client::{
    Client, Recorder, RetryPolicy,
    mock::{MockTransport, Quirk},
};
use reality::Report;
use serde_json::{Number, Value, json};

use super::recording::{PROJECT, entry, har, header, survey};
use support::{
    collection,
    document::{self, Operation},
    generated,
    mutation::{Change, pointers},
    requests,
};

/// A response of the service: its status, its headers and its body.
struct Response {
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: Vec<u8>,
}

impl Response {
    fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type", "application/json; charset=utf-8")];
        Self { status, headers, body: body.into() }
    }

    /// Returns the bytes of the response.
    fn raw(&self) -> Vec<u8> {
        let headers = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
        let (status, length) = (self.status, self.body.len());
        let headers: String = headers.collect();
        let head = format!("HTTP/1.1 {status} Any\r\n{headers}Content-Length: {length}\r\n\r\n");
        [head.into_bytes(), self.body.clone()].concat()
    }

    /// Returns the response as a proxy records it.
    fn recorded(&self) -> Value {
        let headers = self.headers.iter().map(|(name, value)| header(name, value));
        let text = String::from_utf8_lossy(&self.body);
        let content = json!({ "size": self.body.len(), "text": text });
        json!({ "status": self.status, "headers": headers.collect::<Vec<_>>(), "content": content })
    }
}

/// A service whose traffic is recorded.
struct Service {
    transport: MockTransport,
    recorder: Recorder,
    client: Client,
}

impl Service {
    fn new() -> Self {
        let (transport, recorder) = (MockTransport::new(), Recorder::new());
        let builder = transport.builder().retry(RetryPolicy::off()).recorder(&recorder);
        let client = builder.build().unwrap();
        Self { transport, recorder, client }
    }

    /// Calls an operation, and returns the reports about the original traffic and about the recording.
    async fn reports(&self, operation: &Operation, response: &Response) -> [Report; 2] {
        self.recorder.clear();
        self.transport.quirk(Quirk::raw(response.raw()));
        let body = requests::bodies(operation).remove(0);
        requests::call(&self.client, operation, body.as_ref()).await.ok();
        let sent = self.transport.requests().pop().unwrap();
        let id = header("MS-RequestId", sent.header("ms-requestid").unwrap());
        let mut request = json!({ "headers": [id] });
        if let Some(body) = body {
            request["postData"] = json!({ "mimeType": "application/json", "text": body.json });
        }
        let url = format!("https://api.partnercenter.microsoft.com{}", requests::path(operation));
        let raw = har(&[entry(&operation.method, &url, request, response.recorded())]);
        let hars = [raw, self.recorder.to_har()];
        hars.map(|har| survey(&PROJECT, har.as_bytes()).unwrap())
    }

    /// Asserts that both reports have the same observations, and returns the rules that the traffic breaks.
    async fn assert_same(
        &self,
        operation: &Operation,
        response: &Response,
    ) -> BTreeSet<&'static str> {
        let [raw, recorded] = self.reports(operation, response).await.map(|it| seen(&it));
        assert_eq!(recorded, raw, "{}: {}", operation.id, String::from_utf8_lossy(&response.body));
        raw.into_iter().map(|(rule, ..)| rule).collect()
    }
}

/// The rule, pointer, message part, subject and value kinds of each observation.
type Seen = BTreeSet<(&'static str, String, String, String, Vec<&'static str>)>;

/// Returns the observations of a report without the names of undeclared members. The recorder keeps such a name only if
/// the same object has a declared member.
fn seen(report: &Report) -> Seen {
    let facts = report.observations().map(|it| {
        let (rule, location) = (it.diagnostic.rule, it.diagnostic.pointer.clone());
        let subject = match (rule, it.subject.rsplit_once('/')) {
            ("undeclared-member", Some((object, _))) => object,
            _ => &it.subject,
        };
        (rule, location, it.part.clone(), subject.to_owned(), it.kinds.clone())
    });
    facts.collect()
}

/// Returns the status and value of each example response of an operation.
fn examples(operation: &Operation) -> Vec<(u16, Value)> {
    let examples = operation.examples().into_iter().filter(|it| it.part != "request");
    let examples = examples
        .filter_map(|it| Some((it.part.parse().ok()?, serde_json::from_str(&it.json).unwrap())));
    examples.collect()
}

#[tokio::test]
async fn documented_traffic_causes_no_observation() {
    let service = Service::new();
    for operation in document::operations() {
        for (status, value) in examples(&operation) {
            let response = Response::json(status, value.to_string());
            let rules = service.assert_same(&operation, &response).await;
            assert_eq!(rules, BTreeSet::new(), "{}: {value}", operation.id);
        }
    }
}

#[tokio::test]
async fn each_kind_of_change_to_a_body() {
    let service = Service::new();
    let mut rules = BTreeSet::new();
    for operation in document::operations() {
        let (status, value) = examples(&operation).remove(0);
        for pointer in pointers(&value) {
            for change in [Change::Drop, Change::Extend, Change::Rename, Change::Null]
                .into_iter()
                .chain([Change::Number, Change::Text, Change::Flag, Change::List, Change::Object])
            {
                let mut changed = value.clone();
                change.apply(&mut changed, &pointer);
                let response = Response::json(status, changed.to_string());
                rules.extend(service.assert_same(&operation, &response).await);
            }
        }
    }
    let expected =
        ["absent-member", "other-type", "undeclared-member", "undeclared-null", "undeclared-value"];
    for rule in expected {
        assert!(rules.contains(rule), "{rule}: {rules:?}");
    }
}

#[tokio::test]
async fn an_undeclared_member_next_to_a_declared_one_keeps_its_name() {
    let service = Service::new();
    for operation in document::operations() {
        let (status, mut value) = examples(&operation).remove(0);
        value["newMember"] = json!({ "unknown": 1 });
        let response = Response::json(status, value.to_string());
        let reports = service.reports(&operation, &response).await;
        let subjects = reports
            .each_ref()
            .map(|report| report.observations().map(|it| it.subject.as_str()).collect::<Vec<_>>());
        assert_eq!(subjects, [["/newMember"], ["/newMember"]]);
    }
}

#[tokio::test]
async fn letter_case_of_members_and_values() {
    let service = Service::new();
    let mut rules = BTreeSet::new();
    for operation in document::operations() {
        for (status, value) in examples(&operation) {
            for text in [value.to_string().to_uppercase(), value.to_string().to_lowercase()] {
                rules.extend(service.assert_same(&operation, &Response::json(status, text)).await);
            }
        }
    }
    assert!(rules.contains("other-letter-case"), "{rules:?}");
}

#[tokio::test]
async fn a_byte_order_mark() {
    let service = Service::new();
    for operation in document::operations() {
        let (status, value) = examples(&operation).remove(0);
        let response = Response::json(status, format!("\u{feff}{value}"));
        let rules = service.assert_same(&operation, &response).await;
        assert_eq!(rules, ["byte-order-mark-in-body"].into());
    }
}

/// Replaces each value of each operation's example with each of these JSON values, and asserts that the reports are the
/// same.
async fn assert_same_with(values: &[impl AsRef<str>]) {
    let service = Service::new();
    for operation in document::operations() {
        let (status, value) = examples(&operation).remove(0);
        for pointer in pointers(&value) {
            let mut changed = value.clone();
            *changed.pointer_mut(&pointer).unwrap() = "$".into();
            for value in values {
                let body = changed.to_string().replace("\"$\"", value.as_ref());
                service.assert_same(&operation, &Response::json(status, body)).await;
            }
        }
    }
}

#[tokio::test]
async fn numbers_of_each_width() {
    assert_same_with(&[
        "-9223372036854775808",
        "-2147483649",
        "-2147483648",
        "-1",
        "0",
        "2147483647",
        "2147483648",
        "4294967296",
        "9223372036854775808",
        "18446744073709551616",
        "1.0",
        "1e3",
    ])
    .await;
}

#[tokio::test]
async fn a_recorded_integer_is_within_the_same_formats() {
    let service = Service::new();
    let operation = document::operations().remove(0);
    let formats = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"];
    let widths = formats.map(|format| Width::named(format).unwrap());
    let edges = widths.iter().flat_map(|it| [it.least - 1, it.least, it.most, it.most + 1]);
    for number in edges {
        service.reports(&operation, &Response::json(200, number.to_string())).await;
        let har: Value = serde_json::from_str(&service.recorder.to_har()).unwrap();
        let body = har["log"]["entries"][0]["response"]["content"]["text"].as_str().unwrap();
        let recorded: Value = serde_json::from_str(body).unwrap();
        for width in widths {
            let contains = |number: i128| width.contains(number, number);
            let is_recorded = recorded.as_number().and_then(Number::as_i128).is_some_and(contains);
            assert_eq!(is_recorded, contains(number), "{number} as {recorded} in {}", width.format);
        }
    }
}

/// Returns JSON strings with these texts.
fn strings<const N: usize>(texts: [&str; N]) -> [String; N] {
    texts.map(|text| format!("\"{text}\""))
}

#[tokio::test]
async fn strings_that_are_or_resemble_dates() {
    assert_same_with(&strings([
        "2026-01-31",
        "2026-02-29",
        "2026-01-31T12:00:00",
        "2026-01-31T24:00:00",
        "2026-01-31T12:00:00.5Z",
        "2026-01-31t12:00:00z",
        "2026-01-31 12:00:00Z",
        "2026-01-31T12:00:60Z",
        "2026-01-31T01:59:60+02:00",
        "2026-01-31T12:00:00+24:00",
        "2026-99-99T99:99:99Z",
    ]))
    .await;
}

#[tokio::test]
async fn other_strings_of_each_kind() {
    assert_same_with(&strings([
        "",
        "00000000-0000-4000-8000-00000000000A",
        "00000000000040008000000000000000",
        "-7",
        "0.5",
        "1e3",
        "True",
    ]))
    .await;
}

#[tokio::test]
async fn undeclared_statuses_headers_and_bodies() {
    let service = Service::new();
    let mut rules = BTreeSet::new();
    for operation in document::operations() {
        for status in [200, 202, 302, 404, 418, 503] {
            rules.extend(service.assert_same(&operation, &Response::json(status, "")).await);
            rules.extend(
                service.assert_same(&operation, &Response::json(status, "{\"cut\":")).await,
            );
            let headers = vec![
                ("Content-Type", "text/html"),
                ("MS-RequestId", "7"),
                ("isMfaCompliant", "True"),
                ("MS-Region", "westeurope"),
                ("11111111-1111-1111-1111-111111111111", "a"),
                ("Set-Cookie", "a=b"),
            ];
            let response = Response { status, headers, body: b"<html>".to_vec() };
            rules.extend(service.assert_same(&operation, &response).await);
        }
    }
    let expected = [
        "absent-body",
        "undeclared-header",
        "undeclared-media-type",
        "undeclared-status",
        "unreadable-body",
    ];
    for rule in expected {
        assert!(rules.contains(rule), "{rule}: {rules:?}");
    }
}

#[tokio::test]
async fn an_exchange_without_a_complete_response() {
    let operation = document::operations().remove(0);
    let Service { transport, recorder, client } = Service::new();
    transport.quirk(Quirk::disconnected());
    requests::call(&client, &operation, None).await.unwrap_err();
    assert!(recorder.is_empty());
    transport.quirk(Quirk::truncated());
    requests::call(&client, &operation, None).await.unwrap_err();
    assert_eq!(recorder.len(), 1);
    let report = survey(&PROJECT, recorder.to_har().as_bytes()).unwrap();
    assert_eq!(report.observations().count(), 0);
    let unknown: Vec<_> = report.operations.iter().flat_map(|it| &it.unknown_bodies).collect();
    assert_eq!(unknown, [(&"not recorded", &1)]);
}

#[tokio::test]
async fn each_attempt_is_recorded_and_clones_share_the_recording() {
    let operation = document::operations().remove(0);
    let (transport, recorder) = (MockTransport::new(), Recorder::new());
    transport.quirk(Quirk::throttled(std::time::Duration::from_secs(1)));
    tokio::time::pause();
    let client = transport.builder().recorder(&recorder.clone()).build().unwrap();
    requests::call(&client.with_retry(RetryPolicy::default()), &operation, None).await.unwrap();
    assert_eq!(recorder.len(), 2);
    recorder.clear();
    assert!(recorder.is_empty());
}

#[test]
fn a_recording_replaces_an_existing_file() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("recordings");
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("traffic.har");
    std::fs::write(&file, "old").unwrap();
    Recorder::new().write_har(&file).unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), Recorder::new().to_har());
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    assert!(Recorder::new().write_har(folder.join("missing/traffic.har")).is_err());
}

#[tokio::test]
async fn requests_for_further_pages_need_no_declaration() {
    let service = Service::new();
    let page = |number| serde_json::from_str::<Value>(&collection::page([number], json!({})));
    service.transport.pages(generated::PAGED[0], [page(1).unwrap(), page(2).unwrap()]);
    assert_eq!(collection::read(&service.client).await.0, [1, 2]);
    let report = survey(&PROJECT, service.recorder.to_har().as_bytes()).unwrap();
    let observations = report.observations().filter(|it| it.part == "request");
    assert_eq!(observations.map(|it| &*it.subject).collect::<Vec<_>>(), [""; 0]);
}
