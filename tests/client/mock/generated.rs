//! Does the generated mock reflect the document's responses, parameters and writes?

const DOCUMENT: &str = r##"
openapi: 3.0.3
info: {title: A document, version: 1.0.0}
paths:
  /v1/things/{thing-id}:
    parameters:
      - {name: thing-id, in: path, required: true, schema: {type: string}}
    get:
      operationId: getThing
      parameters:
        - {name: size, in: query, schema: {type: integer}}
        - {name: tags, in: query, schema: {type: array, items: {type: string}}}
        - {name: If-Match, in: header, required: true, schema: {type: string}}
      responses:
        '203':
          description: Done.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Thing'}
              examples:
                none: {value: {}}
                documented: {$ref: '#/components/examples/Priced'}
        '403': {$ref: '#/components/responses/NotYours'}
        default: {$ref: '#/components/responses/NotYours'}
    patch:
      operationId: changeThing
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/ThingUpdate'}}}
      responses:
        '203': {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
    delete:
      operationId: deleteThing
      responses:
        '204': {description: Gone.}
        '403': {$ref: '#/components/responses/NotYours'}
        '404': {description: None., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
  /v1/things:
    get:
      operationId: listThings
      responses:
        '200': {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/ThingList'}}}}
    put:
      operationId: replaceThing
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/ThingUpdate'}}}
      responses:
        '200': {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
components:
  schemas:
    ThingList:
      type: object
      required: [things]
      properties:
        things: {type: array, items: {$ref: '#/components/schemas/Thing'}}
    ThingUpdate:
      type: object
      properties:
        price: {type: number, format: decimal}
        comment: {type: string}
    Thing:
      type: object
      properties:
        total: {type: number, format: decimal, readOnly: true}
        price: {type: number, format: decimal}
        kind: {type: string, x-extensible-enum: [small, large]}
  examples:
    Priced: {value: {price: 100.10, kind: 'a "#quoted"# kind', sizes: [1, 2.50]}}
  responses:
    NotYours:
      description: Not yours.
      content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}, example: {code: 1}}}
"##;

/// Generates everything that the document yields apart from the client.
fn support() -> codegen::Support {
    codegen::generate("document.yaml", DOCUMENT).unwrap().support.unwrap()
}

/// Returns the source of the mock, without its table of examples, from `begin` to just before `end`.
fn source(begin: &str, end: &str) -> String {
    let mock = support().mock;
    let start = mock.find(begin).unwrap_or_else(|| panic!("no {begin} in {mock}"));
    let length = mock[start..].find(end).unwrap();
    mock[start..start + length].trim_end().to_owned()
}

/// Compares a part of the generated source with its snapshot.
fn assert_generated(name: &str, generated: String) {
    insta::with_settings!({ description => "no page; the document is in the test", omit_expression => true }, {
        insta::assert_snapshot!(name, generated);
    });
}

#[test]
fn the_table_of_examples() {
    let examples = support().examples;
    let start = examples.find("/// Every operation").unwrap();
    assert_generated("the_table_of_examples", examples[start..].trim_end().to_owned());
}

#[test]
fn the_expectations_of_an_operation() {
    let source = source("/// The expected calls of", "/// The expected calls of [`Client::delete");
    assert_generated("the_expectations_of_an_operation", source);
}

#[test]
fn the_constructors_of_models_in_responses() {
    let source = source("mod models {", "\n}\n");
    assert_generated("the_constructors_of_models_in_responses", source);
}
