//! Is what a fault and `Retry-After` say read in whatever form they say it?

use std::time::Duration;

use partner_center_client::types::FaultCode;

use super::{answer, error};

#[tokio::test]
async fn a_member_of_another_type_hides_no_other() {
    let body = r#"{"code":4711,"description":"No.","isRetryable":"maybe","data":"none","new":1}"#;
    let error = error(answer("400 Bad Request", &[], body)).await;
    let fault = error.fault().unwrap();
    assert_eq!(fault.code, Some(FaultCode::Integer(4711)));
    assert_eq!(fault.description.as_deref(), Some("No."));
    let extra: Vec<&String> = fault.extra.keys().collect();
    assert_eq!(extra, ["data", "isRetryable", "new"]);
}

#[tokio::test]
async fn a_wrong_byte_in_a_description_hides_no_code() {
    let body = b"{\"code\":3000,\"description\":\"Stra\xdfe\"}";
    let error = error(answer("400 Bad Request", &[], body)).await;
    assert_eq!(error.fault().unwrap().code, Some(FaultCode::Integer(3000)));
    assert_eq!(error.body(), Some(body.as_slice()));
}

#[tokio::test]
async fn a_fault_may_say_that_it_is_retryable() {
    let body = r#"{"code":1,"isRetryable":true}"#;
    assert!(error(answer("409 Conflict", &[], body)).await.is_retryable());
}

#[tokio::test]
async fn json_that_says_nothing_is_no_fault() {
    for body in [
        "{}",
        "[]",
        "null",
        "\"text\"",
        "{\"code\":null}",
        "{\"code\":\" \"}",
        "{\"statusCode\":500}",
        "{\"description\":\" \"}",
    ] {
        let error = error(answer("500 Internal Server Error", &[], body)).await;
        assert_eq!(error.fault(), None, "{body}");
        assert!(error.to_string().contains(body), "{error}");
    }
}

#[tokio::test]
async fn retry_after_in_each_form() {
    let date = "Date: Tue, 21 Jul 2020 04:10:58 GMT";
    let cases: [(&[&str], Option<u64>); 11] = [
        (&["Retry-After: 57"], Some(57)),
        (&["Retry-After:  0 "], Some(0)),
        (&["Retry-After: Tue, 21 Jul 2020 04:11:28 GMT", date], Some(30)),
        (&["Retry-After: Tuesday, 21-Jul-20 04:12:58 GMT", date], Some(120)),
        (&["Retry-After: Tue, 21 Jul 2020 04:00:00 GMT", date], Some(0)),
        (&["Retry-After: Tue, 21 Jul 2020 04:11:28 GMT"], Some(0)),
        (&["Retry-After: soon"], None),
        (&["Retry-After: -1"], None),
        (&["Retry-After: 18446744073709551615"], Some(u64::MAX)),
        (&["Retry-After: 18446744073709551616"], Some(u64::MAX)),
        (&[], None),
    ];
    for (headers, seconds) in cases {
        let error = error(answer("429 Too Many Requests", headers, "")).await;
        assert_eq!(error.retry_after(), seconds.map(Duration::from_secs), "{headers:?}");
    }
}

#[tokio::test]
async fn retry_after_a_date_without_a_date_counts_from_now() {
    let headers = ["Retry-After: Fri, 31 Dec 9999 23:59:59 GMT"];
    let error = error(answer("503 Service Unavailable", &headers, "")).await;
    assert!(error.retry_after().unwrap() > Duration::from_secs(1_000_000_000));
}
