//! Does the client send the right headers and read the parts of a response that all operations share?

use std::{env, process::Command};

use wiremock::ResponseTemplate;

use support::{
    operation,
    server::{
        CORRELATION_ID, REQUEST_ID, builder, client, client_with_everything_set, example,
        example_server, header, only_request, requests, server,
    },
};

#[tokio::test]
async fn a_client_with_everything_set() {
    let server = example_server().await;
    operation::call(&client_with_everything_set(&server)).await.unwrap();
    let request = only_request(&server).await.replace(&operation::path(), "<path>");
    let page = "https://learn.microsoft.com/partner-center/developer/headers";
    insta::with_settings!({ description => page, omit_expression => true }, {
        insta::assert_snapshot!(request);
    });
}

#[tokio::test]
async fn a_clone_does_not_change_its_original() {
    let server = example_server().await;
    let client = builder(&server).build().unwrap();
    let _ = client.with_request_id(REQUEST_ID).with_correlation_id(CORRELATION_ID);
    let _ = client.with_locale("de-DE").unwrap();
    operation::call(&client).await.unwrap();
    let requests = requests(&server).await;
    assert_ne!(header(&requests[0], "ms-requestid"), Some(REQUEST_ID.to_string().as_str()));
    assert_ne!(header(&requests[0], "ms-correlationid"), Some(CORRELATION_ID.to_string().as_str()));
    assert_eq!(header(&requests[0], "x-locale"), Some("en-US"));
}

#[tokio::test]
async fn a_base_url_with_a_path_and_trailing_slashes() {
    for end in ["", "/", "//"] {
        let server = example_server().await;
        let client = builder(&server).base_url(format!("{}/proxy{end}", server.uri()));
        operation::call(&client.build().unwrap()).await.unwrap();
        let expected = format!("/proxy{}", operation::path());
        assert_eq!(requests(&server).await[0].url.path(), expected);
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = example_server().await;
        let response = ResponseTemplate::new(status).insert_header("location", elsewhere.uri());
        let server = server(response).await;
        let error = operation::call(&client(&server)).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(requests(&elsewhere).await.is_empty(), "{status} was followed");
    }
}

/// A proxy would see the token and the secret, because `http` does not encrypt them. The environment variable applies
/// to a whole process, so the test starts another process.
#[test]
fn no_proxy_is_used_for_the_local_machine() {
    let sign_in_and_call = "mock::a_mock_server_can_act_as_the_authority";
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", sign_in_and_call])
        .env("http_proxy", "http://127.0.0.1:9")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    let output = String::from_utf8(output.stdout).unwrap();
    assert!(output.contains("1 passed"), "{output}");
}

#[tokio::test]
async fn a_byte_order_mark_is_tolerated() {
    let body = format!("\u{feff}{}\r\n", operation::example());
    let server = server(ResponseTemplate::new(200).set_body_raw(body, "application/json")).await;
    let response = operation::call(&client(&server)).await.unwrap();
    operation::assert_example(&response);
}

#[tokio::test]
async fn a_value_has_the_status_headers_and_ids() {
    let response = example()
        .insert_header("MS-RequestId", "be82a8ba-4a53-49f7-8313-b033c058687e")
        .insert_header("MS-CV", "UGInjBojP0y0mAqo.0");
    let server = server(response).await;
    let response = operation::call(&client(&server)).await.unwrap();
    assert_eq!(response.status, 200);
    assert_eq!(response.headers["MS-CV"], "UGInjBojP0y0mAqo.0");
    assert_eq!(response.request_id, "be82a8ba-4a53-49f7-8313-b033c058687e");
    assert_eq!(response.correlation_id, CORRELATION_ID.to_string());
    assert_eq!(response.is_mfa_compliant, None);
    operation::assert_example(&response);
}

#[tokio::test]
async fn is_mfa_compliant_reads_the_header() {
    for (text, expected) in
        [("true", Some(true)), ("True", Some(true)), ("false", Some(false)), ("maybe", None)]
    {
        let server = server(example().insert_header("isMfaCompliant", text)).await;
        let response = operation::call(&client(&server)).await.unwrap();
        assert_eq!(response.is_mfa_compliant, expected, "{text}");
    }
}

#[tokio::test]
async fn debug_output_of_a_value_has_its_ids() {
    let server = example_server().await;
    let response = operation::call(&client(&server)).await.unwrap();
    let (head, value) = response.debug.split_once("value: ").unwrap();
    assert!(value.len() > "{}, .. }".len() && value.ends_with(", .. }"), "{value}");
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("debug_output_of_a_value", head);
    });
}
