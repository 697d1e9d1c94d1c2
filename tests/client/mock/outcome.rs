//! Are values and errors that a test constructs the same as those that a call returns?

use std::{error::Error as _, time::Duration};

use partner_center_client::{
    ErrorKind,
    mock::{OPERATIONS, Outcome},
};

use support::operation;

fn outcome() -> Outcome {
    Outcome::of(&operation::id())
}

#[test]
fn an_error_of_each_kind() {
    let kinds = [
        ErrorKind::Configuration,
        ErrorKind::InvalidRequest,
        ErrorKind::UnsupportedToken,
        ErrorKind::Credential,
        ErrorKind::Connection,
        ErrorKind::Timeout,
        ErrorKind::Throttled,
        ErrorKind::IncompleteResponse,
        ErrorKind::ErrorResponse,
        ErrorKind::InvalidResponse,
        ErrorKind::NotConfirmed,
        ErrorKind::UnexpectedResponse,
        ErrorKind::NotSettled,
    ];
    let lines = kinds.map(|kind| {
        let error =
            outcome().header("ms-requestid", "1").header("ms-correlationid", "2").error(kind);
        assert_eq!(error.kind(), kind);
        let status = error.status().map(|status| status.as_u16());
        let line = format!("{kind:?}: {status:?}, retryable: {}", error.is_retryable());
        line.replace("Some(", "").replace(')', "")
    });
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(lines.join("\n"));
    });
}

#[test]
fn an_error_response_has_its_fault_and_headers() {
    let outcome = outcome().status(429).header("Retry-After", "57").attempts(4);
    let error = outcome
        .header("MS-RequestId", "request")
        .body(r#"{"code": 800002, "description": "Wait."}"#)
        .error(ErrorKind::ErrorResponse);
    assert_eq!(error.code().as_deref(), Some("800002"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(57)));
    assert_eq!((error.request_id(), error.attempts()), (Some("request"), 4));
    assert_eq!(error.operation_id(), Some(operation::id().as_str()));
}

#[test]
fn a_throttled_call_has_the_wait_from_the_header() {
    let error = outcome().header("Retry-After", "57").error(ErrorKind::Throttled);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(57)));
}

#[test]
fn a_credential_error_has_a_source() {
    let error = outcome().error(ErrorKind::Credential);
    assert!(error.credential_error().is_some() && error.source().is_some());
}

#[test]
fn a_value_has_the_status_of_its_operation() {
    for operation in OPERATIONS {
        let value = Outcome::of(operation.id).header("isMfaCompliant", "true").value("value");
        let statuses: Vec<u16> = operation.responses.iter().map(|it| it.status).collect();
        assert!(statuses.contains(&value.status().as_u16()) && value.status().is_success());
        assert_eq!((*value, value.is_mfa_compliant(), value.attempts()), ("value", Some(true), 1));
    }
}
