//! Which operations get methods that return their pages and items?

use crate::compile;

/// Returns a document with one operation whose response has the given properties.
fn document(method: &str, properties: &str) -> String {
    format!(
        "
openapi: 3.0.3
info: {{title: A document, version: 1.0.0}}
paths:
  /v1/shelf:
    {method}:
      operationId: readShelf
      responses:
        '200':
          description: Done.
          content:
            application/json:
              schema: {{type: object, properties: {{{properties}}}}}
components:
  schemas:
    Links: {{type: object, properties: {{next: {{allOf: [{{$ref: '#/components/schemas/Link'}}]}}}}}}
    Link: {{type: object, properties: {{uri: {{type: string}}}}}}
"
    )
}

const ITEMS: &str = "items: {type: array, items: {type: string}}";
const LINKS: &str = "links: {$ref: '#/components/schemas/Links'}";

fn is_paged(method: &str, properties: &str) -> bool {
    let client = compile::client(&document(method, properties));
    let methods = ["pub fn read_shelf_items", "pub fn read_shelf_pages"];
    let [items, pages] = methods.map(|method| client.contains(method));
    assert_eq!(items, pages);
    items
}

#[test]
fn a_response_with_a_list_and_a_next_link_is_paged() {
    assert!(is_paged("get", &format!("{ITEMS}, {LINKS}")));
    let inline = "links: {type: object, properties: {next: {type: object, properties: {uri: {type: string}}}}}";
    assert!(is_paged("get", &format!("{ITEMS}, {inline}")));
}

#[test]
fn a_response_without_a_list_or_a_next_link_is_not_paged() {
    for properties in [
        ITEMS,
        LINKS,
        &format!("items: {{type: string}}, {LINKS}"),
        &format!(
            "{ITEMS}, links: {{type: object, properties: {{self: {{$ref: '#/components/schemas/Link'}}}}}}"
        ),
        &format!("{ITEMS}, links: {{type: object, properties: {{next: {{type: string}}}}}}"),
    ] {
        assert!(!is_paged("get", properties), "{properties}");
    }
}

#[test]
fn only_get_operations_are_paged() {
    for method in ["put", "delete"] {
        assert!(!is_paged(method, &format!("{ITEMS}, {LINKS}")), "{method}");
    }
}
