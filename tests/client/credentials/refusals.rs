//! Every response from the authority without a token becomes a one-line error with a remedy.

use std::{error::Error as _, time::Duration};

use partner_center_client::{CredentialError, CredentialErrorKind, ErrorKind};
use serde_json::json;
use wiremock::{MockServer, ResponseTemplate};

use super::authority::{app, builder, count, granting, refusing, responding_in_turn};
use support::{
    operation,
    server::{example_server, server},
};

const PAGE: &str = "<!DOCTYPE html><html><head><title>Bad Gateway</title></head></html>";

/// Returns the error of a call to which the authority responds with this response.
async fn error(response: ResponseTemplate) -> CredentialError {
    error_at(&responding_in_turn([response]).await).await
}

async fn error_at(authority: &MockServer) -> CredentialError {
    let service = example_server().await;
    let client = builder(&service).credential(app(authority)).build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!(count(&service).await, 0);
    assert_eq!(error.kind(), ErrorKind::Credential);
    let line = error.to_string();
    let id = operation::id();
    assert!(
        line.starts_with(&id) && line.contains(": could not acquire an access token"),
        "{line}"
    );
    error.credential_error().unwrap().clone()
}

/// Asserts that an error says that sign-in failed and how many seconds the pause takes.
fn assert_sign_in(error: &CredentialError, pause: u32) {
    let line = error.to_string();
    let end = format!("(no further token request for {pause} s)");
    assert!(line.starts_with("sign-in: ") && line.ends_with(&end), "{line}");
}

/// Compares the errors with a snapshot, which shows each in one line below the name of its case.
async fn assert_printed(name: &str, cases: Vec<(String, ResponseTemplate)>) {
    let mut lines = Vec::new();
    for (case, response) in cases {
        lines.push(format!("{case}\n    {}", error(response).await));
    }
    let page = "https://learn.microsoft.com/entra/identity-platform/reference-error-codes";
    insta::with_settings!({ description => page, omit_expression => true }, {
        insta::assert_snapshot!(name, lines.join("\n"));
    });
}

#[tokio::test]
async fn refusals_with_a_code() {
    let cases = [
        (401, "invalid_client", 7_000_215, "Invalid client secret provided."),
        (401, "invalid_client", 7_000_222, "The provided client secret keys are expired."),
        (400, "unauthorized_client", 700_016, "Application was not found in the directory."),
        (400, "invalid_request", 90_002, "Tenant 'contoso.onmicrosoft.com' not found."),
        (400, "invalid_resource", 500_011, "The resource principal was not found."),
        (400, "invalid_grant", 65_001, "The user or administrator has not consented."),
        (400, "invalid_grant", 50_076, "You must use multi-factor authentication."),
        (400, "invalid_grant", 70_008, "The provided refresh token has expired."),
        (400, "invalid_grant", 50_173, "The provided grant has expired."),
        (400, "invalid_grant", 53_003, "Blocked by Conditional Access."),
        (400, "invalid_scope", 70_011, "The provided value for scope is not valid."),
    ];
    let cases = cases
        .map(|(status, error, code, text)| (code.to_string(), refusing(status, error, code, text)));
    assert_printed("refusals_with_a_code", cases.into()).await;
}

#[tokio::test]
async fn responses_of_other_kinds() {
    let text = |status, text: &str| ResponseTemplate::new(status).set_body_string(text);
    let json = |status, text: &str| {
        ResponseTemplate::new(status).set_body_raw(text, "application/json; charset=utf-8")
    };
    let page = |status| ResponseTemplate::new(status).set_body_raw(PAGE, "text/html");
    let redirect =
        ResponseTemplate::new(302).insert_header("location", "https://elsewhere.example");
    let cases = [
        ("an HTML page of a gateway", page(502)),
        ("an HTML page with a success status", page(200)),
        ("an empty body", ResponseTemplate::new(503)),
        ("plain text", text(500, "upstream\nreset")),
        ("a redirect", redirect),
        ("an error without description", json(400, r#"{"error":"invalid_grant"}"#)),
        (
            "members of unexpected types",
            json(400, r#"{"error":7,"error_codes":"x","trace_id":[]}"#),
        ),
        ("no members", json(400, "{}")),
        ("truncated JSON", json(200, r#"{"access_token":"eyJ0eX"#)),
        ("JSON that is not an object", json(200, r#"["eyJ0eXAi"]"#)),
        ("no access token", json(200, r#"{"token_type":"Bearer","expires_in":1}"#)),
        ("an invalid token", json(200, r#"{"token_type":"Bearer","access_token":"a\nb"}"#)),
        ("an error with a success status", json(200, r#"{"error":"invalid_grant"}"#)),
        (
            "another success status",
            json(201, r#"{"token_type":"Bearer","access_token":"eyJ0eXAi"}"#),
        ),
        ("an empty body with a success status", json(200, "")),
    ];
    let cases = cases.map(|(case, response)| (case.to_owned(), response));
    assert_printed("responses_of_other_kinds", cases.into()).await;
}

#[tokio::test]
async fn a_response_in_utf_16_is_read() {
    let body = r#"{"error":"invalid_client","error_codes":[7000215]}"#;
    let body: Vec<u8> = body.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let response =
        ResponseTemplate::new(401).set_body_raw(body, "application/json; charset=utf-16");
    assert_eq!(error(response).await.codes(), [7_000_215]);
}

#[tokio::test]
async fn an_unsupported_encoding_is_named() {
    let body = b"\x1f\x8b\x08\0\0\0\0\0\0\x03";
    for status in [200, 401] {
        let response = |content_type: &str| {
            ResponseTemplate::new(status).set_body_raw(body.as_slice(), content_type)
        };
        let coded = response("application/json").insert_header("content-encoding", "gzip");
        let line = error(coded).await.to_string();
        assert!(line.contains("the content coding `gzip`"), "{line}");
        let line = error(response("application/json; charset=utf-7")).await.to_string();
        assert!(line.contains("the charset `utf-7`"), "{line}");
    }
}

#[tokio::test]
async fn an_authority_that_does_not_speak_http() {
    let service = example_server().await;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let _ = std::io::Read::read(&mut stream, &mut [0; 1024]);
            let _ = std::io::Write::write_all(&mut stream, b"SSH-2.0-OpenSSH_9.6\r\n");
        }
    });
    let app = app(&service).authority(url);
    let client = builder(&service).credential(app).build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    assert!(!error.is_retryable());
    let error = error.credential_error().unwrap();
    assert_eq!(error.kind(), CredentialErrorKind::InvalidResponse);
    assert_sign_in(error, 30);
}

#[tokio::test]
async fn an_error_has_the_details_of_the_response() {
    let response = refusing(401, "invalid_client", 7_000_215, "Invalid client secret provided.");
    let error = error(response.insert_header("retry-after", "30")).await;
    assert_eq!(error.kind(), CredentialErrorKind::ErrorResponse);
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(error.error(), Some("invalid_client"));
    assert_eq!(error.codes(), [7_000_215]);
    assert_eq!(error.trace_id(), Some("0f5c0000-0000-0000-0000-000000000000"));
    assert_eq!(error.correlation_id(), Some("1a6d0000-0000-0000-0000-000000000000"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn a_response_with_several_codes() {
    let body = json!({ "error": "invalid_grant", "error_codes": [50_058, 50_076] });
    let error = error(ResponseTemplate::new(400).set_body_json(body)).await;
    assert_eq!(error.codes(), [50_058, 50_076]);
    assert!(error.to_string().contains("multi-factor"), "{error}");
}

#[tokio::test]
async fn a_code_that_is_only_in_the_description() {
    let cases = [
        ("AADSTS7000222: The provided client secret keys are expired.", &[7_000_222][..]),
        ("Sign-in failed (AADSTS7000222)", &[7_000_222]),
        ("AADSTS7000222", &[7_000_222]),
        ("AADSTS: no number", &[]),
        ("AADSTS99999999999: not a 32-bit number", &[]),
        ("The client secret has expired.", &[]),
    ];
    for (description, codes) in cases {
        for error_codes in [json!(null), json!([])] {
            let body = json!({ "error_description": description, "error_codes": error_codes });
            let error = error(ResponseTemplate::new(401).set_body_json(body)).await;
            assert_eq!(error.codes(), codes, "{description}");
            let has_remedy = error.to_string().contains("add a new client secret");
            assert_eq!(has_remedy, !codes.is_empty(), "{error}");
        }
    }
}

#[tokio::test]
async fn retryable_statuses() {
    for status in [408, 429, 500, 502, 503, 504] {
        assert!(error(ResponseTemplate::new(status)).await.is_retryable(), "{status}");
    }
    for status in [301, 400, 401, 403, 404, 501] {
        assert!(!error(ResponseTemplate::new(status)).await.is_retryable(), "{status}");
    }
    assert!(!error(ResponseTemplate::new(200)).await.is_retryable());
}

#[tokio::test]
async fn an_error_prints_one_line() {
    let text = format!("a\r\nb\u{1b}[31m\u{202e}{}", "c".repeat(100_000));
    let body = json!({ "error": text, "error_description": text, "trace_id": text });
    let line = error(ResponseTemplate::new(400).set_body_json(body)).await.to_string();
    assert!(line.chars().count() < 1500, "{}", line.len());
    assert!(!line.contains(|character: char| character.is_control() || character == '\u{202e}'));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = server(granting(1)).await;
        let redirect = ResponseTemplate::new(status).insert_header("location", elsewhere.uri());
        assert_eq!(error(redirect).await.status().unwrap().as_u16(), status);
        assert_eq!(count(&elsewhere).await, 0);
    }
}

#[tokio::test]
async fn an_authority_that_refuses_connections() {
    let service = example_server().await;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let app = app(&service).authority(url);
    let client = builder(&service).credential(app).build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    assert!(error.is_retryable());
    let error = error.credential_error().unwrap();
    assert_eq!(error.kind(), CredentialErrorKind::Connection);
    assert_sign_in(error, 1);
    assert!(error.source().is_some());
}

#[tokio::test]
async fn an_authority_that_does_not_respond() {
    let (authority, service) = (
        responding_in_turn([granting(1).set_delay(Duration::from_secs(10))]).await,
        example_server().await,
    );
    let app = app(&authority).timeout(Duration::from_millis(200));
    let client = builder(&service).credential(app).build().unwrap();
    let error = operation::call(&client).await.unwrap_err();
    assert!(error.is_retryable());
    let error = error.credential_error().unwrap();
    assert_eq!(error.kind(), CredentialErrorKind::Timeout);
    assert_sign_in(error, 1);
}

#[tokio::test]
async fn a_response_that_is_too_long() {
    let body = vec![b'-'; (1 << 20) + 1];
    let error = error(ResponseTemplate::new(200).set_body_bytes(body)).await;
    assert_eq!(error.kind(), CredentialErrorKind::InvalidResponse);
    assert_eq!(
        error.to_string(),
        "sign-in: the response is not a valid token response (no further token request for 30 s)"
    );
    assert_eq!(
        error.source().unwrap().to_string(),
        "the body is longer than the limit of 1048576 bytes"
    );
}

#[tokio::test]
async fn faults_that_a_token_causes() {
    let faults = [
        (401, 900_420, "The token audience is not valid."),
        (401, 900_421, "Multi-factor authentication is required."),
        (403, 900_329, "App-only access is not supported"),
        (403, 900_150, "The role lacks rights."),
    ];
    let mut lines = Vec::new();
    for (status, code, description) in faults {
        let body = json!({ "code": code, "description": description, "data": [], "source": "" });
        let service = server(ResponseTemplate::new(status).set_body_json(body)).await;
        let error = operation::call(&support::server::client(&service)).await.unwrap_err();
        lines.push(operation::anonymous(&error.to_string()));
    }
    let page = "https://learn.microsoft.com/partner-center/developer/error-codes";
    insta::with_settings!({ description => page, omit_expression => true }, {
        insta::assert_snapshot!("faults_that_a_token_causes", lines.join("\n"));
    });
}
