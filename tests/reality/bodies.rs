//! Which differences between a body and its schema are found?

use serde_json::json;

use super::recording::{GUID, body, entry, observed, of_body, order, report};

/// Returns a body with an ID and additional members.
fn with(members: &str) -> String {
    format!(r#"{{"id":"{GUID}",{members}}}"#)
}

#[track_caller]
fn assert_observed(members: &str, expected: &[&str]) {
    assert_eq!(of_body(&with(members)), expected, "{members}");
}

#[test]
fn a_body_that_matches_its_schema() {
    assert_observed(
        r#""total":1,"count":2147483647,"placed":"2026-01-31T12:00:00.1234567+02:00","note":null,
           "state":"open","currency":"USD","lines":[],"tags":{"a@b.c":"x"},"address":null,
           "payment":{"account":"1"},"extras":{"anything":1}"#,
        &[],
    );
}

#[test]
fn an_undeclared_member_at_each_depth() {
    assert_observed(r#""discount":1"#, &["undeclared-member /discount"]);
    assert_observed(
        r#""lines":[{"product":"a"},{"product":"b","size":1},{"product":"c","size":"L"}]"#,
        &["undeclared-member /lines/*/size"],
    );
    assert_observed(
        r#""parent":{"id":"11111111-1111-1111-1111-111111111111","discount":1}"#,
        &["undeclared-member /parent/discount"],
    );
}

#[test]
fn parts_of_an_object_declare_its_members_together() {
    assert_observed(r#""address":{"city":"Bonn","floor":3}"#, &[]);
    assert_observed(r#""address":{"zip":"1"}"#, &["undeclared-member /address/zip"]);
}

#[test]
fn an_object_is_compared_with_the_nearest_alternative() {
    assert_observed(
        r#""payment":{"account":"1","bank":"b"}"#,
        &["undeclared-member /payment/bank"],
    );
}

#[test]
fn values_of_undeclared_types() {
    assert_observed(r#""total":"1.5""#, &["other-type /total"]);
    assert_observed(r#""count":1.5"#, &["other-type /count"]);
    assert_observed(r#""lines":{}"#, &["other-type /lines"]);
    assert_observed(r#""lines":[1,2]"#, &["other-type /lines/*"]);
    assert_observed(r#""tags":{"alice@contoso.com":1}"#, &["other-type /tags/*"]);
    assert_eq!(of_body("[]"), ["other-type the body"]);
}

#[test]
fn values_in_undeclared_formats() {
    assert_eq!(of_body(r#"{"id":"7"}"#), ["other-format /id"]);
    assert_observed(r#""count":2147483648"#, &["other-format /count"]);
    assert_observed(r#""rating":300"#, &["other-format /rating"]);
    assert_observed(r#""rating":-1"#, &["other-format /rating"]);
    assert_observed(r#""weight":99999"#, &["other-format /weight"]);
    assert_observed(r#""placed":"2026-01-31T12:00:00""#, &["other-format /placed"]);
}

#[test]
fn dates_that_do_not_exist() {
    assert_observed(r#""placed":"2026-99-99T99:99:99Z""#, &["other-format /placed"]);
    assert_observed(r#""placed":"2026-02-29T00:00:00Z""#, &["other-format /placed"]);
    assert_observed(r#""due":"2026-99-99""#, &["other-format /due"]);
    assert_observed(r#""due":"2028-02-29""#, &[]);
}

#[test]
fn undeclared_values() {
    assert_observed(r#""state":"paused""#, &["undeclared-value /state"]);
    assert_observed(r#""state":"Open""#, &["other-letter-case /state"]);
    assert_observed(r#""currency":"GBP""#, &["undeclared-value /currency"]);
}

#[test]
fn a_member_that_differs_in_letter_case_and_type() {
    let expected = ["other-letter-case /Total", "other-type /Total"];
    let mut found = of_body(&with(r#""Total":"1""#));
    found.sort();
    assert_eq!(found, expected);
    assert_eq!(of_body(&format!(r#"{{"ID":"{GUID}"}}"#)), ["other-letter-case /ID"]);
}

#[test]
fn undeclared_nulls_and_absent_members() {
    assert_observed(r#""total":null"#, &["undeclared-null /total"]);
    assert_eq!(of_body("{}"), ["absent-member /id"]);
    assert_eq!(of_body("null"), ["undeclared-null the body"]);
}

#[test]
fn no_value_is_reported() {
    let secrets =
        r#""total":"alice@contoso.com","state":"Contoso Ltd","alice@contoso.com":"5357563""#;
    let observed = observed(&report(&[order(body(200, &with(secrets)))])).join("\n");
    for secret in ["alice", "Contoso", "5357563"] {
        assert!(!observed.contains(secret), "{observed}");
    }
    assert!(observed.contains("/(name withheld)"), "{observed}");
}

#[test]
fn an_observation_has_the_kinds_of_its_values_and_the_number_of_entries() {
    let entries = [r#""size":1"#, r#""note":"a""#, r#""size":null"#, r#""size":2"#];
    let entries = entries.map(|members| order(body(200, &with(members))));
    let report = report(&entries);
    let [observation] = report.observations().collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(observation.kinds, ["an integer", "null"]);
    assert_eq!((observation.entries, observation.first_entry), (3, 0));
}

#[test]
fn a_request_with_an_undeclared_member() {
    let sent = |text: &str| {
        let post = json!({ "postData": { "mimeType": "application/json", "text": text } });
        let url = "https://orders.example.com/v1/orders/7";
        report(&[entry("PUT", url, post, json!({ "status": 204 }))])
    };
    assert_eq!(observed(&sent(r#"{"note":"a"}"#)), [""; 0], "a readOnly member is not required");
    let rules = |text| sent(text).observations().map(|it| it.diagnostic.rule).collect::<Vec<_>>();
    assert_eq!(rules(r#"{"note":"a","size":1}"#), ["undeclared-member"]);
    assert_eq!(rules("{}"), ["absent-member"]);
    assert_eq!(rules("note=a"), ["unreadable-body"]);
}

#[test]
fn a_request_without_its_body() {
    let url = "https://orders.example.com/v1/orders/7";
    let report = report(&[entry("PUT", url, json!({}), json!({ "status": 204 }))]);
    let rules: Vec<_> = report.observations().map(|it| it.diagnostic.rule).collect();
    assert_eq!(rules, ["absent-body"]);
}

#[test]
fn a_byte_order_mark_in_each_form() {
    let json = format!(r#"{{"id":"{GUID}"}}"#);
    let marked = body(200, &format!("\u{feff}{json}"));
    let misread = body(200, &format!("ï»¿{json}"));
    let mut encoded = body(200, "77u/eyJpZCI6IjExMTExMTExLTExMTEtMTExMS0xMTExLTExMTExMTExMTExMSJ9");
    encoded["content"]["encoding"] = "base64".into();
    for response in [marked, misread, encoded] {
        let url = "https://orders.example.com/v1/orders/latest";
        let described = entry("GET", url, json!({}), response.clone());
        let observed = observed(&report(&[described])).concat();
        assert!(!observed.contains("byte-order-mark-in-body"), "{observed}");
        let report = report(&[order(response)]);
        let rules: Vec<_> = report.observations().map(|it| it.diagnostic.rule).collect();
        assert_eq!(rules, ["byte-order-mark-in-body"]);
    }
}

#[test]
fn a_body_that_was_not_recorded_is_counted() {
    let cut_off = json!({ "size": 99, "mimeType": "application/json", "text": "{\"id\":" });
    let left_out = json!({ "size": 99, "mimeType": "application/json" });
    let invalid = json!({ "size": 9, "text": "%", "encoding": "base64" });
    for (content, reason) in [
        (cut_off, "cut off in the recording"),
        (left_out, "not recorded"),
        (invalid, "not valid base64"),
    ] {
        let mut response = body(200, "{}");
        response["content"] = content;
        let report = report(&[order(response)]);
        assert_eq!(observed(&report), [""; 0]);
        assert_eq!(report.operations[0].unknown_bodies.keys().collect::<Vec<_>>(), [&reason]);
    }
}
