//! Does each operation send the documented request?

use partner_center_client::{
    Client, ClientBuilder,
    mock::{MockServer, Quirk, Request},
};
use support::{
    document::{self, Example, Operation},
    requests::{bodies, call, path},
    server,
};

/// Calls an operation, and returns the only request that it sends.
async fn sent(operation: &Operation, body: Option<&Example>, make: Make) -> Request {
    let server = MockServer::start();
    let client = make(server.builder().access_token(server::TOKEN));
    call(&client, operation, body).await.unwrap();
    let [request] = <[Request; 1]>::try_from(server.requests()).unwrap();
    request
}

type Make = fn(ClientBuilder) -> Client;

#[tokio::test]
async fn the_request_of_each_operation_with_each_example() {
    for operation in document::operations() {
        for body in bodies(&operation) {
            let request = sent(&operation, body.as_ref(), server::with_ids).await;
            let Request { method, path, headers, body: content, .. } = &request;
            let request = server::as_sent(method, path, headers, content);
            let title = [Some(operation.id), body.map(|example| example.name)];
            let title = title.into_iter().flatten().collect::<Vec<_>>().join(".");
            insta::with_settings!({ description => operation.page, omit_expression => true }, {
                insta::assert_snapshot!(title, request);
            });
        }
    }
}

#[tokio::test]
async fn each_operation_uses_the_documented_method_and_path() {
    for operation in document::operations() {
        let request = sent(&operation, bodies(&operation)[0].as_ref(), server::with_ids).await;
        let sent = (request.method.as_str(), request.path.split('?').next().unwrap());
        assert_eq!(sent, (operation.method.as_str(), path(&operation).as_str()));
    }
}

#[tokio::test]
async fn each_header_that_the_client_manages_is_sent() {
    for operation in document::operations() {
        let body = bodies(&operation).remove(0);
        let request = sent(&operation, body.as_ref(), server::with_everything_set).await;
        let managed =
            operation.parameters().filter(|parameter| parameter["x-client-managed"] == true);
        let missing: Vec<&str> = managed
            .filter_map(|parameter| parameter["name"].as_str())
            .filter(|name| request.header(name).is_none())
            .collect();
        assert_eq!(missing, Vec::<&str>::new(), "{}", operation.id);
    }
}

#[tokio::test]
async fn no_undeclared_header_is_sent() {
    const OF_HTTP: [&str; 7] = [
        "accept",
        "accept-encoding",
        "authorization",
        "content-length",
        "content-type",
        "host",
        "user-agent",
    ];
    for operation in document::operations() {
        let body = bodies(&operation).remove(0);
        let request = sent(&operation, body.as_ref(), server::with_everything_set).await;
        let declared: Vec<String> = operation
            .parameters()
            .filter_map(|parameter| Some(parameter["name"].as_str()?.to_lowercase()))
            .collect();
        for name in request.headers.keys().map(|name| name.as_str()) {
            assert!(
                OF_HTTP.contains(&name) || declared.iter().any(|declared| declared == name),
                "{name}"
            );
        }
    }
}

#[tokio::test]
async fn each_operation_reads_a_response_with_a_byte_order_mark() {
    for operation in document::operations() {
        let server = MockServer::start();
        server.quirk(Quirk::byte_order_mark());
        let body = bodies(&operation).remove(0);
        call(&server.client(), &operation, body.as_ref()).await.unwrap();
    }
}
