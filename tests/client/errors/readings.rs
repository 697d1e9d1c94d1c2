//! Is a fault read in each of its forms?

use partner_center_client::types::FaultCode;

use super::{error, response};

#[tokio::test]
async fn a_member_of_another_type_does_not_hide_the_others() {
    let body = r#"{"code":4711,"description":"No.","isRetryable":"maybe","data":"none","new":1}"#;
    let error = error(response("400 Bad Request", &[], body)).await;
    let fault = error.fault().unwrap();
    assert_eq!(fault.code, Some(FaultCode::Integer(4711)));
    assert_eq!(fault.description.as_deref(), Some("No."));
    let extra: Vec<&String> = fault.extra.keys().collect();
    assert_eq!(extra, ["data", "isRetryable", "new"]);
}

#[tokio::test]
async fn an_invalid_byte_in_a_description_does_not_hide_the_code() {
    let body = b"{\"code\":3000,\"description\":\"Stra\xdfe\"}";
    let error = error(response("400 Bad Request", &[], body)).await;
    assert_eq!(error.fault().unwrap().code, Some(FaultCode::Integer(3000)));
    assert_eq!(error.body(), Some(body.as_slice()));
}

#[tokio::test]
async fn a_fault_with_many_members_is_read_partially() {
    let members: String = (0..300_000).map(|number| format!(r#","m{number}":{number}"#)).collect();
    let body = format!(r#"{{"code":3000,"description":"No."{members}}}"#);
    let error = error(response("400 Bad Request", &[], body)).await;
    let fault = error.fault().unwrap();
    assert_eq!(
        (error.code().as_deref(), fault.description.as_deref()),
        (Some("3000"), Some("No."))
    );
    assert_eq!(fault.extra.len(), 98);
    assert_eq!(error.body().unwrap().len(), 1 << 20);
}

#[tokio::test]
async fn a_long_description_does_not_hide_the_code() {
    let body = format!(r#"{{"code":3000,"description":"{}"}}"#, "e".repeat(100_000));
    let error = error(response("400 Bad Request", &[], &body)).await;
    assert_eq!(error.code().as_deref(), Some("3000"));
    assert_eq!(error.body(), Some(body.as_bytes()));
}

#[tokio::test]
async fn a_fault_can_declare_itself_retryable() {
    let body = r#"{"code":1,"isRetryable":true}"#;
    assert!(error(response("409 Conflict", &[], body)).await.is_retryable());
}

#[tokio::test]
async fn json_without_a_code_or_text_is_not_a_fault() {
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
        let error = error(response("500 Internal Server Error", &[], body)).await;
        assert_eq!(error.fault(), None, "{body}");
        assert!(error.to_string().contains(body), "{error}");
    }
}
