//! Is the operation of each entry found, and are the other entries counted?

use reality::{BaseUrl, Report, Survey};
use serde_json::json;

use super::recording::{GUID, ORDERS, body, entry, har, observed, report};

/// Compares a request of an order with the document.
fn of(method: &str, url: &str, base_url: Option<&str>) -> Report {
    let base_url = base_url.map(|url| url.parse::<BaseUrl>().unwrap());
    let mut survey = Survey::new(&ORDERS, base_url);
    let response = body(200, &format!(r#"{{"id":"{GUID}"}}"#));
    survey.add(har(&[entry(method, url, json!({}), response)]).as_bytes()).unwrap();
    survey.finish()
}

/// Returns the name of the operation of a request.
fn found(method: &str, url: &str, base_url: Option<&str>) -> Option<String> {
    let report = of(method, url, base_url);
    let operation = report.operations.iter().find(|operation| operation.entries > 0);
    assert_eq!(report.other, usize::from(operation.is_none()));
    operation.map(|operation| operation.name.clone())
}

#[test]
fn the_operation_of_a_request() {
    for (method, url, expected) in [
        ("GET", "https://orders.example.com/v1/orders/7", Some("getOrder")),
        ("get", "https://orders.example.com/v1/orders/%7Border-id%7D", Some("getOrder")),
        ("GET", "http://127.0.0.1:8080/v1/orders/7/?expand=items", Some("getOrder")),
        ("GET", "https://gateway.example.com/orders/7", Some("getOrder")),
        ("GET", "https://orders.example.com/v1/orders/latest", Some("getLatestOrder")),
        ("PUT", "https://orders.example.com/v1/orders/latest", Some("updateOrder")),
        ("DELETE", "https://orders.example.com/v1/orders/7", None),
        ("OPTIONS", "https://orders.example.com/v1/orders/7", None),
        ("GET", "https://orders.example.com/v2/orders/7", None),
        ("GET", "https://orders.example.com/v1/orders/7/lines", None),
        ("GET", "https://orders.example.com/v1/orders/", None),
        ("GET", "data:text/plain,a", None),
    ] {
        assert_eq!(found(method, url, None).as_deref(), expected, "{method} {url}");
    }
}

#[test]
fn a_base_url_restricts_the_entries() {
    let base = Some("https://gateway.example.com/orders-api/");
    for (url, expected) in [
        ("https://gateway.example.com/orders-api/v1/orders/7", Some("getOrder")),
        ("https://gateway.example.com/orders-api/orders/7", Some("getOrder")),
        ("https://gateway.example.com/v1/orders/7", None),
        ("http://gateway.example.com/orders-api/v1/orders/7", None),
        ("https://orders.example.com/v1/orders/7", None),
    ] {
        assert_eq!(found("GET", url, base).as_deref(), expected, "{url}");
    }
    assert!("gateway.example.com".parse::<BaseUrl>().is_err());
}

#[test]
fn a_path_in_another_letter_case() {
    let report = of("GET", "https://orders.example.com/v1/Orders/7", None);
    let expected = "other-letter-case at /paths/~1v1~1orders~1{order-id}: getOrder: request: \
                    the path is declared in another letter case (1 entry)";
    assert_eq!(observed(&report), [expected]);
}

#[test]
fn an_entry_without_a_response_is_counted() {
    let url = "https://orders.example.com/v1/orders/7";
    for status in [json!(0), json!(null), json!(-1), json!("")] {
        let report = report(&[entry("GET", url, json!({}), json!({ "status": status }))]);
        assert_eq!((report.compared(), report.without_response), (0, 1), "{status}");
    }
}

#[test]
fn statements_that_traffic_confirms_are_counted_once() {
    let url = "https://orders.example.com/v1/orders/7";
    let response =
        body(200, &format!(r#"{{"id":"{GUID}","total":1,"note":5,"tags":{{"a":"b"}}}}"#));
    let entries = [response.clone(), response].map(|it| entry("GET", url, json!({}), it));
    let report = report(&entries);
    let confirmed = report.operations[0].confirmed;
    assert_eq!((confirmed.statuses, confirmed.headers, confirmed.members), (1, 1, 3));
}

#[test]
fn a_range_declares_its_statuses() {
    let url = "https://orders.example.com/v1/orders/7";
    let rules = |status| {
        let report = report(&[entry("GET", url, json!({}), body(status, r#"{"code":1}"#))]);
        report.observations().map(|it| it.diagnostic.rule).collect::<Vec<_>>()
    };
    assert_eq!(rules(404), ["undeclared-header"], "the response 404 declares no `MS-RequestId`");
    assert_eq!(rules(503), ["undeclared-header"]);
    assert_eq!(rules(429), ["undeclared-status"]);
}
