//! Do the safeguards remain if a program configures the HTTP client?

use std::{env, process::Command, time::Duration};

use partner_center_client::{
    Client, RetryPolicy,
    reqwest::{Proxy, redirect},
};

use tokio::task::spawn_blocking;

use super::{header, success};
use support::{
    operation,
    script::{Script, Turn, respond_with},
    server::{CUSTOMER, TOKEN},
};

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Script::of([success()]).await;
    let location = format!("Location: {}", elsewhere.url());
    let script = Script::of([respond_with("307 Temporary Redirect", &[&location], "")]).await;
    let builder = script.builder();
    let builder = builder.configure_http(|http| http.redirect(redirect::Policy::limited(5)));
    let error = operation::call(&builder.build().unwrap()).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 307);
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn an_unencrypted_request_is_not_sent_through_a_proxy() {
    let (script, proxy) = (Script::of([success()]).await, Script::of([success()]).await);
    let intercept = Proxy::all(proxy.url()).unwrap();
    let builder = script.builder().configure_http(move |http| http.proxy(intercept.clone()));
    operation::call(&builder.build().unwrap()).await.unwrap();
    assert_eq!((script.seen().len(), proxy.seen().len()), (1, 0));
}

#[tokio::test]
async fn localhost_always_resolves_to_this_machine() {
    let script = Script::of([success()]).await;
    // An address that is reserved for documentation, which no host has.
    let elsewhere = format!("192.0.2.1:{}", script.port()).parse().unwrap();
    let url = script.url().replace("127.0.0.1", "localhost");
    let builder = script.builder().base_url(url);
    let builder = builder.configure_http(move |http| http.resolve("localhost", elsewhere));
    operation::call(&builder.build().unwrap()).await.unwrap();
    assert_eq!(script.seen().len(), 1);
}

#[tokio::test]
async fn headers_of_the_client_replace_default_headers() {
    let script = Script::of([success()]).await;
    let builder = script.builder().configure_http(|http| {
        http.user_agent("another")
            .default_headers(header("authorization", "Bearer another"))
            .default_headers(header("ms-requestid", "another"))
            .default_headers(header("accept-encoding", "gzip"))
    });
    operation::call(&builder.build().unwrap()).await.unwrap();
    let seen = &script.seen()[0];
    assert_eq!(seen.header("Authorization"), format!("Bearer {TOKEN}"));
    assert_eq!(seen.header("Accept-Encoding"), "identity");
    for name in ["MS-RequestId", "User-Agent"] {
        assert_ne!(seen.header(name), "another", "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_attempt_timeout_is_kept() {
    let script = Script::of([Turn::Ignore]).await;
    let builder = script.builder();
    let builder = builder.configure_http(|http| http.timeout(Duration::from_secs(600)));
    let client = builder.retry(RetryPolicy::off()).build().unwrap();
    assert_eq!(operation::call(&client).await.unwrap_err().elapsed().as_secs(), 60);
}

#[test]
fn debug_output_shows_no_setting_that_might_be_secret() {
    let intercept = Proxy::all("http://user:hunter2@proxy.example").unwrap();
    let builder = Client::builder().access_token(TOKEN).configure_http(move |http| {
        http.proxy(intercept.clone()).default_headers(header("x-gateway-key", "hunter2"))
    });
    let client = builder.clone().build().unwrap();
    for text in [format!("{builder:#?}"), format!("{client:#?}")] {
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[tokio::test]
async fn no_error_shows_a_default_header() {
    let script = Script::of([respond_with("403 Forbidden", &[], "")]).await;
    let builder = script
        .builder()
        .configure_http(|http| http.default_headers(header("x-gateway-key", "hunter2")));
    let error = operation::call(&builder.build().unwrap()).await.unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(!text.contains("hunter2") && !text.contains(&CUSTOMER.to_string()), "{text}");
}

/// Makes a call if another test runs this test in a separate process, whose environment sets a proxy.
#[tokio::test]
async fn a_call_to_this_machine() {
    if env::var_os("PROXY_OF_TEST").is_some() {
        let script = Script::of([success()]).await;
        operation::call(&script.builder().build().unwrap()).await.unwrap();
        println!("{} requests", script.seen().len());
    }
}

#[tokio::test]
async fn a_request_to_this_machine_bypasses_the_proxy_of_the_environment() {
    let proxy = Script::of([success()]).await;
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args(["--exact", "--nocapture", "transport::guards::a_call_to_this_machine"])
        .env("PROXY_OF_TEST", "")
        .envs(["HTTP_PROXY", "http_proxy", "ALL_PROXY"].map(|name| (name, proxy.url())))
        .env_remove("NO_PROXY")
        .env_remove("no_proxy");
    let output = spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let output = String::from_utf8(output.stdout).unwrap();
    assert!(output.contains("1 requests"), "{output}");
    assert!(proxy.seen().is_empty());
}
