//! Which operations have methods for pages and items?

use crate::compile;

/// Returns a document with one operation, whose response has these properties.
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
fn a_list_of_items_and_a_link_to_the_next_page() {
    assert!(is_paged("get", &format!("{ITEMS}, {LINKS}")));
    let inline = "links: {type: object, properties: {next: {type: object, properties: {uri: {type: string}}}}}";
    assert!(is_paged("get", &format!("{ITEMS}, {inline}")));
}

#[test]
fn a_response_that_lacks_a_part_of_that() {
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
fn another_method_than_get() {
    for method in ["put", "delete"] {
        assert!(!is_paged(method, &format!("{ITEMS}, {LINKS}")), "{method}");
    }
}
