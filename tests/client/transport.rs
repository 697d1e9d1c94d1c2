//! Which settings of the HTTP client can a program change, and which ones are fixed?

mod guards;
mod sign_in;
mod tls;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use partner_center_client::{
    AccessToken, Client, ErrorKind, HeaderMap, RetryPolicy, reqwest::Proxy,
};
use tokio::time::Instant;

use support::{
    operation,
    script::{Script, Turn, respond_with},
    server::TOKEN,
};

fn success() -> Turn {
    respond_with("200 OK", &[], operation::example())
}

fn header(name: &'static str, value: &'static str) -> HeaderMap {
    HeaderMap::from_iter([(name.parse().unwrap(), value.parse().unwrap())])
}

#[tokio::test]
async fn a_proxy_is_used() {
    let proxy = Script::of([respond_with("502 Bad Gateway", &[], "")]).await;
    let intercept = Proxy::https(proxy.url()).unwrap();
    let client = Client::builder()
        .base_url("https://partner-center.example")
        .access_token(TOKEN)
        .configure_http(move |http| http.proxy(intercept.clone()))
        .build()
        .unwrap();
    let error = operation::call(&client).await.unwrap_err();
    assert!(error.to_string().contains(": the proxy refused"), "{error}");
    assert_eq!(proxy.seen()[0].path, "partner-center.example:443");
}

#[tokio::test]
async fn a_default_header_is_sent() {
    let script = Script::of([success()]).await;
    let headers = header("x-gateway-key", "a value");
    let builder =
        script.builder().configure_http(move |http| http.default_headers(headers.clone()));
    operation::call(&builder.build().unwrap()).await.unwrap();
    assert_eq!(script.seen()[0].header("X-Gateway-Key"), "a value");
}

#[tokio::test]
async fn connection_pooling_can_be_turned_off() {
    for (idle, expected) in [(None, 1), (Some(0), 2)] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let count = tls::count_connections(listener, |stream| async { Ok(stream) });
        let builder = Client::builder().base_url(url).access_token(TOKEN);
        let client = match idle {
            Some(idle) => builder.configure_http(move |http| http.pool_max_idle_per_host(idle)),
            None => builder,
        };
        let client = client.build().unwrap();
        operation::call(&client).await.unwrap();
        operation::call(&client).await.unwrap();
        assert_eq!(count.load(Ordering::Relaxed), expected);
    }
}

#[tokio::test]
async fn the_user_agent_ends_with_the_suffix_of_the_program() {
    let script = Script::of([success()]).await;
    let client = script.builder().user_agent_suffix("contoso-billing/2.1").build().unwrap();
    operation::call(&client).await.unwrap();
    let expected =
        concat!("partner-center-client/", env!("CARGO_PKG_VERSION"), " contoso-billing/2.1");
    assert_eq!(script.seen()[0].header("User-Agent"), expected);
}

#[test]
fn rejected_user_agent_suffixes() {
    for suffix in ["", "  ", "Bücher/1", "a\nb"] {
        let builder = Client::builder().access_token(TOKEN).user_agent_suffix(suffix);
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{suffix:?}");
        let expected = "user agent suffix: empty or not printable ASCII; write it like contoso/2.1";
        assert_eq!(error.to_string(), expected, "{suffix:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_clone_can_have_another_retry_policy() {
    let script = Script::of([respond_with("503 Service Unavailable", &[], "")]).await;
    let client = script.builder().build().unwrap();
    let once = client.with_retry(RetryPolicy::off());
    assert_eq!(operation::call(&once).await.unwrap_err().attempts(), 1);
    assert_eq!(operation::call(&client).await.unwrap_err().attempts(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_clone_can_have_another_timeout() {
    let script = Script::of([Turn::Ignore]).await;
    let client = script.builder().build().unwrap().with_retry(RetryPolicy::off());
    for (client, seconds) in [(client.with_timeout(Duration::from_secs(7)), 7), (client, 60)] {
        let error = operation::call(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.elapsed().as_secs()), (ErrorKind::Timeout, seconds));
    }
}

/// There is only one exchange for a token, and the second request waits for the pace that both clients share.
#[tokio::test(start_paused = true)]
async fn a_clone_with_other_settings_shares_the_token_and_the_limits() {
    let script = Script::of([success()]).await;
    let exchanges = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&exchanges);
    let credential = move || {
        counter.fetch_add(1, Ordering::Relaxed);
        async { Ok(AccessToken::new(TOKEN)) }
    };
    let builder = script.builder().credential(credential).requests_per_minute(1);
    let client = builder.build().unwrap();
    let began = Instant::now();
    operation::call(&client).await.unwrap();
    let clone = client.with_retry(RetryPolicy::off()).with_timeout(Duration::from_secs(3600));
    operation::call(&clone).await.unwrap();
    assert_eq!(exchanges.load(Ordering::Relaxed), 1);
    assert_eq!(began.elapsed().as_secs(), 60);
}
