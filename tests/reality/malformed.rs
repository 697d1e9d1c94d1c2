//! Which error is reported for a file that is not a HAR?

use serde_json::json;

use super::recording::{ORDERS, body, entry, har, order, report, survey};

fn error(text: &[u8]) -> String {
    survey(&ORDERS, text).unwrap_err().to_string()
}

#[test]
fn a_file_that_is_not_json() {
    let advice = "record or export it again";
    assert_eq!(error(b""), format!("1:1: not JSON: EOF while parsing a value; {advice}"));
    assert_eq!(error(b"<html>"), format!("1:1: not JSON: expected value; {advice}"));
    let cut_off = &har(&[order(body(200, "{}"))])[..90];
    assert!(error(cut_off.as_bytes()).contains("not JSON: EOF while parsing"));
    assert!(error(b"{\"log\":{\"entries\":[]}} {}").contains("not JSON: trailing characters"));
    assert!(error(b"{\"log\":{\"entries\":[\"\xff\"]}}").contains("not JSON: invalid unicode"));
}

#[test]
fn a_file_in_utf_16() {
    let har = har(&[order(body(200, "{}"))]);
    let units = || har.encode_utf16();
    let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
    for text in
        [&[&b"\xff\xfe"[..], &little].concat(), &[&b"\xfe\xff"[..], &big].concat(), &little, &big]
    {
        assert_eq!(error(text), "the file is UTF-16; save it as UTF-8");
    }
}

#[test]
fn a_file_with_deep_nesting() {
    let deep = format!("{{\"log\":{{\"entries\":[{}", "[".repeat(100_000));
    assert!(error(deep.as_bytes()).contains("not JSON: recursion limit exceeded"));
}

#[test]
fn a_file_without_entries() {
    let expected = "not a HAR: it has no list `log.entries`; export the traffic as a HAR 1.2 file";
    for text in
        ["{}", "[]", "1", r#"{"log":{}}"#, r#"{"log":[]}"#, r#"{"log":{"entries":"token"}}"#]
    {
        assert_eq!(error(text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn a_byte_order_mark_is_ignored() {
    let text = format!("\u{feff}{}", har(&[order(body(200, "{}"))]));
    let report = survey(&ORDERS, text.as_bytes()).unwrap();
    assert_eq!(report.compared(), 1);
}

#[test]
fn malformed_entries_are_listed() {
    let entries = [
        json!(null),
        json!({ "request": { "method": "GET" } }),
        json!({ "request": { "url": "https://orders.example.com/v1/orders/7" } }),
        entry("GET", "/v1/orders/7", json!({}), json!({})),
        order(body(200, r#"{"id":"11111111-1111-1111-1111-111111111111"}"#)),
    ];
    let report = report(&entries);
    let problems: Vec<_> = report.malformed.iter().map(|(_, index, it)| (*index, *it)).collect();
    assert_eq!(
        problems,
        [
            (0, "it has no `request.method`"),
            (1, "it has no `request.url`"),
            (2, "it has no `request.method`"),
            (3, "its `request.url` is not a URL"),
        ]
    );
    assert_eq!(report.compared(), 1);
}
