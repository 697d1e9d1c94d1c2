//! Does each call send the right IDs, and are they available afterward?

use partner_center_client::{ErrorKind, uuid::Uuid};
use wiremock::ResponseTemplate;

use support::{
    operation,
    script::{Script, Turn, hang_up},
    server::{
        CORRELATION_ID, REQUEST_ID, builder, client, example, example_server, header, requests,
        server,
    },
};

#[tokio::test]
async fn ids_are_new_for_each_call() {
    let server = example_server().await;
    let client = builder(&server).build().unwrap();
    operation::call(&client).await.unwrap();
    operation::call(&client).await.unwrap();
    let requests = requests(&server).await;
    let ids = requests.iter().flat_map(|request| {
        ["ms-requestid", "ms-correlationid"].map(|name| header(request, name).unwrap())
    });
    let mut ids: Vec<Uuid> = ids.map(|id| id.parse().unwrap()).collect();
    assert!(ids.iter().all(|id| id.get_version_num() == 4), "{ids:?}");
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 4);
}

#[tokio::test]
async fn a_request_id_is_valid_for_one_call() {
    let server = example_server().await;
    let client = builder(&server).build().unwrap().with_request_id(REQUEST_ID);
    let clone = client.with_correlation_id(CORRELATION_ID);
    operation::call(&client).await.unwrap();
    for client in [client, clone] {
        let error = operation::call(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Configuration, 0));
        let expected = "the request ID belongs to an earlier call";
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert_eq!(requests(&server).await.len(), 1);
}

#[tokio::test]
async fn a_request_id_can_be_set_again() {
    let server = example_server().await;
    let client = builder(&server).build().unwrap();
    for _ in 0..2 {
        operation::call(&client.with_request_id(REQUEST_ID)).await.unwrap();
    }
    let requests = requests(&server).await;
    let ids: Vec<_> = requests.iter().map(|request| header(request, "ms-requestid")).collect();
    assert_eq!(ids, [Some(REQUEST_ID.to_string().as_str()); 2]);
}

#[tokio::test]
async fn a_correlation_id_is_sent_with_every_call() {
    let server = example_server().await;
    let client = builder(&server).build().unwrap().with_correlation_id(CORRELATION_ID);
    for _ in 0..2 {
        operation::call(&client).await.unwrap();
    }
    for request in requests(&server).await {
        assert_eq!(header(&request, "ms-correlationid"), Some(CORRELATION_ID.to_string().as_str()));
    }
}

#[tokio::test]
async fn a_value_has_the_sent_ids_and_the_ids_from_the_response() {
    let response =
        example().insert_header("MS-RequestId", "1").insert_header("MS-CorrelationId", "2");
    let server = server(response).await;
    let response = operation::call(&client(&server)).await.unwrap();
    assert_eq!(
        (response.sent_request_id, response.sent_correlation_id),
        (REQUEST_ID, CORRELATION_ID)
    );
    assert_eq!(response.response_request_id.as_deref(), Some("1"));
    assert_eq!(response.response_correlation_id.as_deref(), Some("2"));
}

#[tokio::test]
async fn a_value_has_the_sent_ids_if_the_response_has_none() {
    let server = example_server().await;
    let response = operation::call(&client(&server)).await.unwrap();
    assert_eq!(
        (response.sent_request_id, response.sent_correlation_id),
        (REQUEST_ID, CORRELATION_ID)
    );
    assert_eq!((response.response_request_id, response.response_correlation_id), (None, None));
}

#[tokio::test]
async fn an_error_has_the_sent_ids_and_the_ids_from_the_response() {
    let response = ResponseTemplate::new(403);
    let response =
        response.insert_header("MS-RequestId", "1").insert_header("MS-CorrelationId", "2");
    let server = server(response).await;
    let error = operation::call(&client(&server)).await.unwrap_err();
    assert_eq!(error.sent_request_id(), Some(REQUEST_ID));
    assert_eq!(error.sent_correlation_id(), Some(CORRELATION_ID));
    assert_eq!(error.response_request_id(), Some("1"));
    assert_eq!(error.response_correlation_id(), Some("2"));
}

#[tokio::test(start_paused = true)]
async fn an_error_without_a_response_has_the_sent_ids() {
    for failure in [Turn::Ignore, hang_up()] {
        let script = Script::of([failure]).await;
        let client = script.builder().build().unwrap().with_correlation_id(CORRELATION_ID);
        let error = operation::call(&client).await.unwrap_err();
        let sent = script.seen()[0].header("MS-RequestId").parse::<Uuid>().unwrap();
        assert_eq!(error.sent_request_id(), Some(sent));
        assert_eq!(error.sent_correlation_id(), Some(CORRELATION_ID));
        assert_eq!((error.response_request_id(), error.response_correlation_id()), (None, None));
    }
}
