//! Tests of the problems that are reported for messages that do not conform to the document.

use evidence::documented::{Evidence, Message};
use insta::assert_snapshot;

use super::{EVIDENCE, edit, problems_with};

/// Returns the problems after replacing a string in a message.
fn problems_after(message: &str, found: &str, repair: &str) -> String {
    problems_with(|evidence| evidence.errata.push(edit(message, found, repair)))
}

/// Returns the problems after a change to the index entry of one message.
fn problems_of_entry(file: &str, change: impl Fn(&mut Message)) -> String {
    problems_with(|evidence| {
        evidence.messages.iter_mut().filter(|message| message.file == file).for_each(change);
    })
}

#[test]
fn a_wrong_method() {
    assert_snapshot!(problems_after("update-overage.request.http", "PUT ", "POST "), @"spec/documented/update-overage.request.http: `updateOverage` is a PUT; correct the document, or write an erratum");
}

#[test]
fn a_wrong_path() {
    let file = "get-overage.request.http";
    assert_snapshot!(problems_after(file, "/subscriptions/overage", "/overage"), @"spec/documented/get-overage.request.http: the URL of `getOverage` is a server URL followed by `/v1/customers/{customer-tenant-id}/subscriptions/overage`; correct the document, or write an erratum");
}

#[test]
fn a_wrong_host() {
    let file = "get-overage.request.http";
    assert_snapshot!(problems_after(file, "api.partnercenter", "partnercenter"), @"spec/documented/get-overage.request.http: the URL of `getOverage` is a server URL followed by `/v1/customers/{customer-tenant-id}/subscriptions/overage`; correct the document, or write an erratum");
}

#[test]
fn a_path_parameter_with_the_wrong_name() {
    let file = "get-overage.request.http";
    assert_snapshot!(problems_after(file, "{customer-tenant-id}", "{customer-id}"), @"spec/documented/get-overage.request.http: the URL of `getOverage` is a server URL followed by `/v1/customers/{customer-tenant-id}/subscriptions/overage`; correct the document, or write an erratum");
}

#[test]
fn a_request_line_that_is_not_http() {
    let file = "get-overage.request.http";
    assert_snapshot!(problems_after(file, " HTTP/1.1", " HTTP/eleven"), @"spec/documented/get-overage.request.http: the head is not HTTP: invalid HTTP version; write an erratum");
}

#[test]
fn a_request_without_a_token() {
    let file = "get-overage.request.http";
    assert_snapshot!(problems_after(file, "Authorization: Bearer <token>\n", ""), @"spec/documented/get-overage.request.http: `Authorization` has no bearer token; write an erratum");
}

#[test]
fn a_request_header_that_is_not_declared() {
    let file = "get-overage.request.http";
    assert_snapshot!(problems_after(file, "X-Locale", "Locale"), @"spec/documented/get-overage.request.http: `Locale` is not declared; declare it, or write an erratum");
}

#[test]
fn a_duplicate_request_header() {
    let file = "get-overage.request.http";
    let twice = "X-Locale: en-US\nx-locale: en-US";
    assert_snapshot!(problems_after(file, "X-Locale: en-US", twice), @"spec/documented/get-overage.request.http: `x-locale` is present more than once; write an erratum");
}

#[test]
fn a_locale_in_quotes() {
    let file = "get-overage.request.http";
    assert_snapshot!(problems_after(file, "X-Locale: en-US", "X-Locale: \"en-US\""), @"spec/documented/get-overage.request.http: `X-Locale` does not match the pattern `^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`; correct the document, or write an erratum");
}

#[test]
fn a_request_id_that_is_not_a_guid() {
    let file = "get-overage.request.http";
    assert_snapshot!(problems_after(file, "MS-RequestId: 18752a69", "MS-RequestId: 1875"), @r#"
    spec/documented/get-overage.request.http: `MS-RequestId` does not have the format `uuid`; correct the document, or write an erratum
    spec/documented/get-overage.response.http: `MS-RequestId` is 18752a69-1aa1-4ef7-8f9d-eb3681b2d70a, but the request has 1875-1aa1-4ef7-8f9d-eb3681b2d70a; write an erratum
    "#);
}

#[test]
fn a_content_type_without_a_body() {
    let file = "get-overage.request.http";
    let both = "Accept: application/json\nContent-Type: application/json";
    assert_snapshot!(problems_after(file, "Accept: application/json", both), @"spec/documented/get-overage.request.http: `Content-Type` is present, although there is no body; write an erratum");
}

#[test]
fn a_body_without_a_content_type() {
    let file = "update-usage-budget.request.http";
    let line = "Content-Type: application/json;charset=utf-8\n";
    assert_snapshot!(problems_after(file, line, ""), @"spec/documented/update-usage-budget.request.http: `Content-Type` is missing, although there is a body; write an erratum");
}

#[test]
fn a_content_type_that_is_not_declared() {
    let file = "get-overage.response.http";
    assert_snapshot!(problems_after(file, "application/json", "text/json"), @"spec/documented/get-overage.response.http: `Content-Type` is `text/json`, which is not declared; declare it, or write an erratum");
}

#[test]
fn a_body_that_is_not_declared() {
    let file = "get-overage.request.http";
    let line = "X-Locale: en-US\n";
    let body = "X-Locale: en-US\nContent-Type: application/json\n\n{}\n";
    assert_snapshot!(problems_after(file, line, body), @"spec/documented/get-overage.request.http: the body is not declared; declare it, or write an erratum");
}

#[test]
fn a_content_length_that_differs_from_the_body() {
    let file = "get-overage.response.http";
    assert_snapshot!(problems_after(file, "Content-Length: 359", "Content-Length: 360"), @"spec/documented/get-overage.response.http: `Content-Length` is 360, but the body has 359 bytes (645 as printed); write an erratum");
}

#[test]
fn a_status_that_differs_from_the_index() {
    let file = "get-overage.response.http";
    assert_snapshot!(problems_after(file, "200 OK", "206 Partial Content"), @"spec/documented/get-overage.response.http: the status is 206, but 200 in the index; correct the index, or write an erratum");
}

#[test]
fn a_status_that_is_not_declared() {
    let file = "fault.response.http";
    assert_snapshot!(problems_of_entry(file, |message| message.status = Some(418)), @"spec/documented/index.toml: no operation has a response 418; correct the status, or add the response to the document");
}

#[test]
fn a_response_header_that_is_not_declared() {
    let file = "get-overage.response.http";
    assert_snapshot!(problems_after(file, "Date: ", "Expires: "), @"spec/documented/get-overage.response.http: `Expires` is not declared; declare it, or write an erratum");
}

#[test]
fn a_retry_after_that_is_not_a_number() {
    let file = "throttle.response.http";
    assert_snapshot!(problems_after(file, "Retry-After: 57", "Retry-After: soon"), @"spec/documented/throttle.response.http: `Retry-After` must be an integer, but is a string; correct the document, or write an erratum");
}

#[test]
fn a_response_to_another_request() {
    let file = "get-overage.response.http";
    assert_snapshot!(problems_after(file, "MS-RequestId: 1", "MS-RequestId: 2"), @"spec/documented/get-overage.response.http: `MS-RequestId` is 28752a69-1aa1-4ef7-8f9d-eb3681b2d70a, but the request has 18752a69-1aa1-4ef7-8f9d-eb3681b2d70a; write an erratum");
}

#[test]
fn a_body_that_is_not_json() {
    let file = "update-overage.response.http";
    assert_snapshot!(problems_after(file, "\"overageEnabled\": true,", "\"overageEnabled\": yes,"), @"
    spec/documented/update-overage.response.http: `Content-Length` is 294, but the body has 293 bytes (411 as printed); write an erratum
    spec/documented/update-overage.response.http: the body is not JSON: expected value; write an erratum
    ");
}

#[test]
fn a_missing_body() {
    let file = "update-usage-budget.response.http";
    let message = EVIDENCE.messages.iter().find(|message| message.file == file).unwrap();
    let text = EVIDENCE.repaired(message).unwrap();
    let (_, body) = text.split_once("\n\n").unwrap();
    assert_snapshot!(problems_after(file, body, ""), @"
    spec/documented/update-usage-budget.response.http: the body is missing, although it is declared; correct the document, or write an erratum
    spec/documented/update-usage-budget.response.http: `Content-Type` is present, although there is no body; write an erratum
    spec/documented/update-usage-budget.response.http: `Content-Length` is 85, but the body has 0 bytes (0 as printed); write an erratum
    ");
}

#[test]
fn a_member_of_the_wrong_type() {
    let file = "update-overage.response.http";
    let found = "\"overageEnabled\": true";
    assert_snapshot!(problems_after(file, found, "\"overageEnabled\": null"), @"spec/documented/update-overage.response.http: `/overageEnabled` is null, but its schema is not nullable; correct the document, or write an erratum");
}

#[test]
fn a_member_in_the_wrong_format() {
    let file = "update-overage.request.http";
    assert_snapshot!(problems_after(file, "ea1c26b7-", "ea1c26b7"), @"spec/documented/update-overage.request.http: `/azureEntitlementId` does not have the format `uuid`; correct the document, or write an erratum");
}

#[test]
fn a_missing_required_member() {
    let file = "update-overage.request.http";
    assert_snapshot!(problems_after(file, ",\n    \"overageEnabled\": true", ""), @"spec/documented/update-overage.request.http: the body is missing the required member `overageEnabled`; correct the document, or write an erratum");
}

#[test]
fn an_amount_with_different_digits() {
    let file = "update-usage-budget.request.http";
    assert_snapshot!(problems_after(file, "\"amount\": 100", "\"amount\": 100.0"), @"spec/documented/update-usage-budget.request.http: `/amount` is `100.0`, but `100` in the example `documented`; correct the example, or write an erratum");
}

#[test]
fn an_operation_without_messages() {
    let of = |evidence: &mut Evidence| {
        evidence.messages.retain(|message| message.operation.as_deref() != Some("getOverage"));
        evidence.errata.retain(|erratum| !erratum.message.starts_with("get-overage."));
    };
    assert_snapshot!(problems_with(of), @"
    the document: /paths/~1v1~1customers~1{customer-tenant-id}~1subscriptions~1overage/get/operationId: no request of `getOverage` is documented; copy the page's example to spec/documented/get-overage.request.http, and list it in spec/documented/index.toml
    the document: /paths/~1v1~1customers~1{customer-tenant-id}~1subscriptions~1overage/get/operationId: no successful response of `getOverage` is documented; copy the page's example to spec/documented/get-overage.response.http, and list it in spec/documented/index.toml
    ");
}

#[test]
fn a_message_that_is_listed_twice() {
    let twice = |evidence: &mut Evidence| evidence.messages.push(evidence.messages[0].clone());
    assert_snapshot!(problems_with(twice), @"spec/documented/index.toml: `get-overage.request.http` is listed twice; remove one of the two entries");
}

#[test]
fn a_message_of_an_unknown_operation() {
    let file = "get-overage.request.http";
    let rename = |message: &mut Message| message.operation = Some("listOverages".to_owned());
    assert_snapshot!(problems_of_entry(file, rename), @"spec/documented/index.toml: `get-overage.request.http` does not belong to any operation of the document; write `getOverage`");
}

#[test]
fn a_fault_with_the_wrong_schema() {
    let file = "fault.response.http";
    let rename = |message: &mut Message| message.schema = Some("FaultDetail".to_owned());
    assert_snapshot!(problems_of_entry(file, rename), @"spec/documented/index.toml: the body of `fault.response.http` does not have the schema `FaultDetail` in `getOverage`; write `Fault`, or correct the document");
}

#[test]
fn a_file_that_is_missing() {
    let index = "[[message]]\nfile = 'a.http'\npage = ''\ntitle = ''\nsha256 = ''\n";
    let problem = Evidence::parse(index, "", |_| None).unwrap_err();
    assert_snapshot!(problem, @"spec/documented/index.toml: there is no file `a.http`; restore it, or remove its entry from the index");
}
