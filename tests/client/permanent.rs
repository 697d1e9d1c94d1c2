//! Does the client send a call only once if its failure is permanent, and retry it if the failure is transient?

use std::{
    env,
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use partner_center_client::{Client, Error, ErrorKind, RetryPolicy};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    },
};

use support::{
    document, operation,
    script::{Script, Turn, respond_with},
    server::{TOKEN, builder_for},
};

async fn error_of(script: &Script) -> Error {
    operation::call(&script.builder().build().unwrap()).await.unwrap_err()
}

fn headers(count: usize) -> String {
    (0..count).map(|n| format!("X-{n}: {n}\r\n")).collect()
}

#[tokio::test(start_paused = true)]
async fn a_response_head_that_is_not_valid_http_is_a_permanent_failure() {
    let heads = [
        "SSH-2.0-OpenSSH_9.6\r\n".to_owned(),
        "HTTP/1.1 abc\r\n\r\n".to_owned(),
        "HTTP/2.0 200 OK\r\n\r\n".to_owned(),
        "\r\n<html>200 OK</html>\r\n\r\n".to_owned(),
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n".to_owned(),
        "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n{}".to_owned(),
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}".to_owned(),
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}".to_owned(),
        format!("HTTP/1.1 200 OK\r\n{}\r\n{{}}", headers(5000)),
        format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n{{}}", "x".repeat(1_000_000)),
    ];
    for head in heads {
        let script = Script::of([Turn::Say(head.clone().into_bytes())]).await;
        let error = error_of(&script).await;
        let head = head.get(..60).unwrap_or(&head);
        assert_eq!((script.seen().len(), error.attempts()), (1, 1), "{head}");
        assert_eq!(error.kind(), ErrorKind::InvalidResponse, "{head}");
        assert!(!error.is_retryable(), "{head}");
        assert!(error.to_string().contains(": the response is not HTTP/1.1"), "{head}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_with_malformed_chunks_is_a_permanent_failure() {
    for body in [
        "xyz\r\n{}\r\n0\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}0\r\n\r\n",
        "f0000000000000003\r\n",
    ] {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let script = Script::of([Turn::Say(format!("{head}{body}").into_bytes())]).await;
        let error = error_of(&script).await;
        assert_eq!(script.seen().len(), 1, "{body}");
        assert_eq!(error.kind(), ErrorKind::InvalidResponse, "{body}");
        assert!(error.to_string().contains(": 200 OK: the body is malformed"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_response_with_the_maximum_number_of_headers_is_read() {
    let all = headers(254);
    let script =
        Script::of([respond_with("200 OK", &[all.trim_end()], operation::example())]).await;
    let response = operation::call(&script.builder().build().unwrap()).await.unwrap();
    assert_eq!(response.headers["x-253"], "253");
}

#[tokio::test(start_paused = true)]
async fn a_response_with_a_truncated_head_is_retried() {
    for head in ["", "HTTP/1.1 40", "HTTP/1.1 403 Forbidden\r\nX: y"] {
        let script = Script::of([Turn::Say(head.into())]).await;
        let error = error_of(&script).await;
        assert_eq!((error.kind(), script.seen().len()), (ErrorKind::Connection, 4), "{head}");
        let expected = ": the connection ended before the response was complete (";
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_url_that_is_too_long_is_not_sent() {
    let script = Script::of([respond_with("200 OK", &[], "{}")]).await;
    let builder = script.builder().base_url(format!("{}/{}", script.url(), "x".repeat(70_000)));
    let error = operation::call(&builder.build().unwrap()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidRequest, 0), "{error}");
    assert_eq!(script.seen().len(), 0);
}

/// Returns a client that does not wait before its three retries.
fn client(url: String) -> Client {
    let policy = RetryPolicy::default().base(Duration::ZERO);
    builder_for(url).access_token(TOKEN).retry(policy).build().unwrap()
}

/// Starts a server that sends these bytes on each connection, and returns its port and a counter of the connections.
fn serve(response: &'static [u8]) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (port, count) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
    let connections = Arc::clone(&count);
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            connections.fetch_add(1, Ordering::Relaxed);
            let mut reader = BufReader::new(stream);
            if !reader.fill_buf().unwrap_or_default().is_empty() {
                let _ = reader.get_mut().write_all(response);
            }
        }
    });
    (port, count)
}

fn assert_refused(error: &Error, connections: usize) {
    assert_eq!((error.kind(), error.attempts(), connections), (ErrorKind::Connection, 1, 1));
    assert!(!error.is_retryable());
    assert!(error.to_string().contains(": no secure connection"), "{error}");
}

#[tokio::test]
async fn a_server_that_rejects_tls_is_a_permanent_failure() {
    let handshake_failure = b"\x15\x03\x03\0\x02\x02\x28";
    for response in [b"HTTP/1.1 400 Bad Request\r\n\r\n".as_slice(), handshake_failure] {
        let (port, count) = serve(response);
        let client = client(format!("https://127.0.0.1:{port}"));
        let error = operation::call(&client).await.unwrap_err();
        assert_refused(&error, count.load(Ordering::Relaxed));
    }
}

#[tokio::test]
async fn a_connection_that_closes_during_the_handshake_is_retried() {
    let (port, count) = serve(b"");
    let client = client(format!("https://127.0.0.1:{port}"));
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!((error.kind(), count.load(Ordering::Relaxed)), (ErrorKind::Connection, 4));
}

#[tokio::test]
async fn an_untrusted_certificate_is_a_permanent_failure() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let count = Arc::new(AtomicUsize::new(0));
    let connections = Arc::clone(&count);
    tokio::spawn(async move {
        let acceptor = acceptor();
        while let Ok((stream, _)) = listener.accept().await {
            connections.fetch_add(1, Ordering::Relaxed);
            let _ = acceptor.accept(stream).await;
        }
    });
    let client = client(format!("https://127.0.0.1:{port}"));
    let error = operation::call(&client).await.unwrap_err();
    assert_refused(&error, count.load(Ordering::Relaxed));
}

fn acceptor() -> TlsAcceptor {
    let file = |name: &str| document::path(&format!("tests/documents/tls/{name}.pem"));
    let certificate = CertificateDer::from_pem_file(file("certificate")).unwrap();
    let key = PrivateKeyDer::from_pem_file(file("key")).unwrap();
    let config = ServerConfig::builder().with_no_client_auth();
    TlsAcceptor::from(Arc::new(config.with_single_cert(vec![certificate], key).unwrap()))
}

#[tokio::test]
async fn an_unknown_host_is_a_permanent_failure() {
    // The label is longer than DNS allows, so no name server is queried.
    let client = client(format!("https://{}.example", "x".repeat(64)));
    let error = operation::call(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1), "{error:?}");
    assert!(error.to_string().contains(": no such host"), "{error}");
}

/// Makes a call through the proxy in `HTTPS_PROXY`, and does nothing if the variable is not set. Other tests set it and
/// run this test in a separate process.
#[tokio::test]
async fn a_call_through_the_proxy_of_the_environment() {
    if env::var_os("HTTPS_PROXY").is_none() {
        return;
    }
    let client = client("https://partner-center.example".to_owned());
    let error = operation::call(&client).await.unwrap_err();
    println!("{:?}, {} attempts, {error}", error.kind(), error.attempts());
}

fn call_through_a_proxy_that_sends(response: &'static [u8]) -> (String, usize) {
    let (port, count) = serve(response);
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "permanent::a_call_through_the_proxy_of_the_environment"])
        .env("HTTPS_PROXY", format!("http://127.0.0.1:{port}"))
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    (String::from_utf8(output.stdout).unwrap(), count.load(Ordering::Relaxed))
}

#[test]
fn a_proxy_that_refuses_the_connection_is_a_permanent_failure() {
    let responses: [&[u8]; 4] = [
        b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n",
        b"HTTP/1.1 403 Forbidden\r\n\r\n",
        b"HTTP/1.1 502 Bad Gateway\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
    ];
    for response in responses {
        let (output, count) = call_through_a_proxy_that_sends(response);
        let expected = "Connection, 1 attempts";
        assert!(output.contains(expected) && output.contains(": the proxy refused"), "{output}");
        assert_eq!(count, 1);
    }
}

#[test]
fn a_proxy_that_closes_the_connection_is_retried() {
    let (output, count) = call_through_a_proxy_that_sends(b"");
    assert!(output.contains("Connection, 4 attempts"), "{output}");
    assert_eq!(count, 4);
}
