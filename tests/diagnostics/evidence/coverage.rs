//! Tests of the messages that the evidence must contain for each operation.

use evidence::documented::{Evidence, Message};
use insta::assert_snapshot;

use super::problems;

const DOCUMENT: &str = "
openapi: 3.0.3
servers: [{ url: 'https://localhost' }]
paths:
  /orders:
    post:
      operationId: createOrder
      responses:
        '200': { $ref: '#/components/responses/Order' }
        '201': { $ref: '#/components/responses/Order' }
  /orders/last:
    delete:
      operationId: deleteOrder
      responses:
        '204': { description: The order was deleted. }
components:
  responses:
    Order:
      description: The order.
      content:
        application/json:
          schema: { type: object, properties: { id: { type: string } } }
          examples:
            documented: { value: { id: '1' } }
            withoutId: { value: {} }
";

const CREATE: &str = "POST https://localhost/orders HTTP/1.1\n";
const DELETE: &str = "DELETE https://localhost/orders/last HTTP/1.1\n";
/// The status, the example name and the text of a response.
type Response = (u16, &'static str, &'static str);

const OK: Response =
    (200, "documented", "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"id\":\"1\"}\n");
const CREATED: Response =
    (201, "documented", "HTTP/1.1 201 Created\nContent-Type: application/json\n\n{\"id\":\"1\"}\n");
const WITHOUT_ID: Response =
    (201, "withoutId", "HTTP/1.1 201 Created\nContent-Type: application/json\n\n{}\n");
const NO_CONTENT: &str = "HTTP/1.1 204 No Content\nContent-Length: 0\n";

/// Returns a message of an operation, with a file name that consists of its operation, status and example.
fn message(operation: &str, status: Option<u16>, example: &str, text: &str) -> Message {
    let kind = status.map_or("request".to_owned(), |status| status.to_string());
    let mut message = Message {
        file: format!("{operation}.{kind}.{example}.http"),
        operation: Some(operation.to_owned()),
        status,
        example: example.to_owned(),
        schema: None,
        page: "https://example.com/".to_owned(),
        title: "Orders".to_owned(),
        sha256: String::new(),
        bytes: text.as_bytes().to_vec(),
    };
    message.sha256 = message.digest();
    message
}

/// Returns the requests of both operations, and these responses of `createOrder`.
fn messages(responses: &[Response]) -> Vec<Message> {
    let requests = [
        message("createOrder", None, "documented", CREATE),
        message("deleteOrder", None, "documented", DELETE),
    ];
    let responses = responses
        .iter()
        .map(|&(status, example, text)| message("createOrder", Some(status), example, text));
    requests.into_iter().chain(responses).collect()
}

fn problems_of(messages: Vec<Message>) -> String {
    problems(DOCUMENT, &Evidence { messages, ..Evidence::default() })
}

#[test]
fn a_response_of_each_status() {
    assert_eq!(problems_of(messages(&[OK, CREATED])), "");
}

#[test]
fn a_response_whose_status_is_in_a_declared_range() {
    let document = DOCUMENT.replace("'201'", "'2XX'");
    let evidence = Evidence { messages: messages(&[OK, CREATED]), ..Evidence::default() };
    assert_eq!(problems(&document, &evidence), "");
}

#[test]
fn no_successful_response() {
    assert_snapshot!(problems_of(messages(&[])), @"the document: /paths/~1orders/post/operationId: no successful response of `createOrder` is documented; copy the page's example to spec/documented/create-order.response.http, and list it in spec/documented/index.toml");
}

#[test]
fn a_documented_example_without_a_message_for_one_of_its_statuses() {
    assert_snapshot!(problems_of(messages(&[CREATED])), @"the document: /components/responses/Order/content/application~1json/examples/documented: no message documents this example `documented`; copy the page's message to spec/documented and list it in spec/documented/index.toml, or rename the example");
}

#[test]
fn a_second_response_with_its_own_example() {
    assert_eq!(problems_of(messages(&[OK, CREATED, WITHOUT_ID])), "");
}

#[test]
fn a_second_response_with_the_same_example() {
    let mut messages = messages(&[OK, CREATED, CREATED]);
    messages.last_mut().unwrap().file = "another.http".to_owned();
    assert_snapshot!(problems_of(messages), @"spec/documented/index.toml: `another.http` has the same operation, status and example as another message; set `example` to the document's example that it equals, or keep only one of them");
}

#[test]
fn a_response_that_differs_from_its_example() {
    let other = (201, "withoutId", CREATED.2);
    assert_snapshot!(problems_of(messages(&[OK, CREATED, other])), @r#"spec/documented/createOrder.201.withoutId.http: `/id` is `"1"`, but absent in the example `withoutId`; correct the example, or write an erratum"#);
}

#[test]
fn a_response_with_an_unknown_example() {
    let unknown = (201, "unknown", CREATED.2);
    assert_snapshot!(problems_of(messages(&[OK, CREATED, unknown])), @"spec/documented/createOrder.201.unknown.http: the document has no example `unknown` of the body; add it to the document, or specify another one in the index");
}

#[test]
fn a_response_without_content() {
    let mut messages = messages(&[OK, CREATED]);
    messages.push(message("deleteOrder", Some(204), "documented", NO_CONTENT));
    assert_eq!(problems_of(messages), "");
}

#[test]
fn example_names_in_the_index() {
    let index = "[[message]]\nfile = 'a.http'\npage = ''\ntitle = ''\nsha256 = ''\n";
    let example = |index: &str| {
        let evidence = Evidence::parse(index, "", |_| Some(Vec::new())).unwrap();
        evidence.messages[0].example.clone()
    };
    assert_eq!(example(index), "documented");
    assert_eq!(example(&format!("{index}example = 'withoutId'\n")), "withoutId");
}
