//! Is the operation of each entry found, and are the other entries counted?

use reality::{BaseUrl, Report, Survey};
use serde_json::json;

use super::recording::{GUID, ORDERS, body, entry, har, observed, report};

/// Compares a request, with an order as its response, with the document.
fn of(method: &str, url: &str, base_url: Option<&str>) -> Report {
    let base_url = base_url.map(|url| url.parse::<BaseUrl>().unwrap());
    let mut survey = Survey::new(&ORDERS, base_url);
    let response = body(200, &format!(r#"{{"id":"{GUID}"}}"#));
    survey.add(har(&[entry(method, url, json!({}), response)]).as_bytes()).unwrap();
    survey.finish()
}

/// Returns the name of a request's operation.
fn found(method: &str, url: &str, base_url: Option<&str>) -> Option<String> {
    let report = of(method, url, base_url);
    let operation = report.operations.iter().find(|operation| operation.entries > 0);
    let undeclared: usize = report.undeclared.iter().map(|call| call.entries).sum();
    assert_eq!(report.other + undeclared, usize::from(operation.is_none()));
    operation.map(|operation| operation.name.clone())
}

/// Returns the undeclared calls, each with its number of entries.
fn undeclared(report: &Report) -> Vec<(&str, usize)> {
    report.undeclared.iter().map(|call| (call.name.as_str(), call.entries)).collect()
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
        ("https://gateway.example.com/orders-api2/v1/orders/7", None),
        ("https://orders.example.com/v1/orders/7", None),
    ] {
        assert_eq!(found("GET", url, base).as_deref(), expected, "{url}");
    }
    assert!("gateway.example.com".parse::<BaseUrl>().is_err());
}

#[test]
fn an_undeclared_method_of_a_declared_path() {
    let report = of("DELETE", "https://orders.example.com/v1/orders/7", None);
    let expected = "undeclared-method at /paths/~1v1~1orders~1{order-id}: DELETE /v1/orders/{order-id}: request: \
                    the method is not declared for this path (1 entry)";
    assert_eq!(observed(&report), [expected]);
    assert_eq!(undeclared(&report), [("DELETE /v1/orders/{order-id}", 1)]);
}

#[test]
fn undeclared_paths_of_the_service_are_listed_without_their_values() {
    for (url, path) in [
        ("https://orders.example.com/v1/orders/7/lines", "/v1/orders/*/*"),
        ("https://orders.example.com/V1/Orders/Latest/", "/v1/orders/latest"),
        ("https://orders.example.com/v2/orders/alice%40contoso.com", "/*/orders/*"),
        ("https://orders.example.com/?user=alice", "/"),
    ] {
        let method = if path.ends_with("latest") { "PATCH" } else { "GET" };
        let report = of(method, url, None);
        assert_eq!(undeclared(&report), [(format!("{method} {path}").as_str(), 1)], "{url}");
    }
    let report = of("GET", "https://orders.example.com/v1/orders/7/lines", None);
    assert_eq!(observed(&report), [""; 0], "a document may describe only a part of a service");
}

#[test]
fn undeclared_calls_are_counted_by_method_and_path() {
    let call = |path: &str| {
        let url = format!("https://orders.example.com/v1/customers/{path}");
        entry("GET", &url, json!({}), body(200, "{}"))
    };
    let report = report(&[call("7"), call("8"), call("8/orders")]);
    assert_eq!(undeclared(&report), [("GET /v1/*/*", 2), ("GET /v1/*/*/orders", 1)]);
    assert_eq!((report.undeclared[1].file, report.undeclared[1].first_entry), (0, 2));
}

#[test]
fn undeclared_calls_below_the_base_url_belong_to_the_service() {
    let base = Some("https://gateway.example.com/orders-api/");
    let report = of("GET", "https://gateway.example.com/orders-api/v1/customers/7", base);
    assert_eq!(undeclared(&report), [("GET /v1/*/*", 1)]);
    for url in ["https://gateway.example.com/v1/customers", "https://orders.example.com/v1/items"] {
        assert_eq!(of("GET", url, base).other, 1, "{url}");
    }
}

#[test]
fn calls_that_need_no_declaration_are_other_entries() {
    for (method, path, status) in [
        ("OPTIONS", "orders/7", 200),
        ("OPTIONS", "items", 200),
        ("HEAD", "orders/7", 200),
        ("DELETE", "orders/7", 405),
        ("DELETE", "orders/7", 501),
        ("GET", "items", 404),
    ] {
        let url = format!("https://orders.example.com/v1/{path}");
        let report = report(&[entry(method, &url, json!({}), body(status, "{}"))]);
        assert_eq!((report.other, undeclared(&report)), (1, vec![]), "{method} {path} {status}");
    }
}

#[test]
fn calls_to_other_hosts_are_other_entries() {
    for url in ["https://gateway.example.com/v1/orders/7", "http://orders.example.com/v1/items"] {
        assert_eq!(of("DELETE", url, None).other, 1, "{url}");
    }
}

#[test]
fn a_path_in_different_letter_case() {
    let report = of("GET", "https://orders.example.com/v1/Orders/7", None);
    let expected = "other-letter-case at /paths/~1v1~1orders~1{order-id}: getOrder: request: \
                    the path is declared with different letter case (1 entry)";
    assert_eq!(observed(&report), [expected]);
}

#[test]
fn an_entry_without_a_response_is_counted() {
    let url = "https://orders.example.com/v1/orders/7";
    for status in [json!(0), json!(null), json!(-1), json!("")] {
        for method in ["GET", "DELETE"] {
            let report = report(&[entry(method, url, json!({}), json!({ "status": status }))]);
            assert_eq!((report.compared(), report.without_response), (0, 1), "{status}");
            assert_eq!(undeclared(&report), []);
        }
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
fn a_status_range_declares_its_statuses() {
    let url = "https://orders.example.com/v1/orders/7";
    let rules = |status| {
        let report = report(&[entry("GET", url, json!({}), body(status, r#"{"code":1}"#))]);
        report.observations().map(|it| it.diagnostic.rule).collect::<Vec<_>>()
    };
    assert_eq!(rules(404), ["undeclared-header"], "the response 404 declares no `MS-RequestId`");
    assert_eq!(rules(503), ["undeclared-header"]);
    assert_eq!(rules(429), ["undeclared-status"]);
}
