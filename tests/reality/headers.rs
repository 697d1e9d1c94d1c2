//! Which differences between the headers of a message and their declarations are found?

use serde_json::{Value, json};

use super::recording::{GUID, body, entry, header, order, report};

/// Returns the rule and subject of each observation about a response with additional headers.
fn of_headers(headers: &[(&str, &str)]) -> Vec<String> {
    let mut response = body(200, &format!(r#"{{"id":"{GUID}"}}"#));
    let list = response["headers"].as_array_mut().unwrap();
    list.extend(headers.iter().map(|(name, value)| header(name, value)));
    let report = report(&[order(response)]);
    let observations = report.observations();
    observations.map(|it| format!("{} {}", it.diagnostic.rule, it.subject)).collect()
}

#[test]
fn standard_headers_and_http_2_pseudo_headers_need_no_declaration() {
    let headers = [(":status", "200"), ("vary", "*"), ("Via", "1.1 a"), ("set-cookie", "a=b")];
    assert_eq!(of_headers(&headers), [""; 0]);
}

#[test]
fn letter_case_of_names_does_not_matter() {
    assert_eq!(of_headers(&[("ISCACHED", "true"), ("attempts", "3")]), [""; 0]);
}

#[test]
fn an_undeclared_header_is_reported_once_whatever_its_letter_case() {
    let headers = [("X-Region", "a"), ("x-region", "b")];
    assert_eq!(of_headers(&headers), ["undeclared-header the header `x-region`"]);
}

#[test]
fn values_of_undeclared_types() {
    let boolean = of_headers(&[("isCached", "True")]);
    assert_eq!(boolean, ["other-letter-case the header `isCached`"]);
    assert_eq!(of_headers(&[("isCached", "1")]), ["other-type the header `isCached`"]);
    assert_eq!(of_headers(&[("Attempts", "1.5")]), ["other-type the header `Attempts`"]);
    assert_eq!(of_headers(&[("MS-RequestId", "7")]), ["other-format the header `MS-RequestId`"]);
}

#[test]
fn a_name_that_might_be_a_secret_is_withheld() {
    let found = of_headers(&[(GUID, "1")]);
    assert_eq!(found, ["undeclared-header the header `(name withheld)`"]);
}

#[test]
fn headers_that_were_not_recorded_are_not_absent() {
    let mut response = body(200, &format!(r#"{{"id":"{GUID}"}}"#));
    response["headers"] = Value::Null;
    assert_eq!(report(&[order(response)]).observations().count(), 0);
}

#[test]
fn an_undeclared_header_of_a_request() {
    let headers = [header("X-Tenant", "a"), header("ms-requestid", GUID), header("cookie", "a")];
    let request = json!({ "headers": headers });
    let response = body(200, &format!(r#"{{"id":"{GUID}"}}"#));
    let url = "https://orders.example.com/v1/orders/7?expand=items&page=2";
    let report = report(&[entry("GET", url, request, response)]);
    let found: Vec<_> = report.observations().map(|it| (&*it.part, &*it.subject)).collect();
    assert_eq!(
        found,
        [("request", "the header `x-tenant`"), ("request", "the query parameter `page`")]
    );
}
