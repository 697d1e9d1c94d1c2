//! Is what a fault says read in whatever form it says it?

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
