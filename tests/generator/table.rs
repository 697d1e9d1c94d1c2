//! Does the tests' table of a client compile for any arguments?

use crate::compile;

/// Known values of an open enum and of a closed one, as arguments.
const ADDITIONS: &str = "
paths:
  /v1/things/{kind}:
    get:
      operationId: listThings
      parameters:
        - {name: kind, in: path, required: true, schema: {type: string, x-extensible-enum: [small, large]}}
        - {name: order, in: query, schema: {type: string, enum: [up, down]}}
        - {name: size, in: query, schema: {type: integer, format: int32}}
      responses:
        '204': {description: Done.}
components:
  schemas: {}
";

/// `wait_until` calls an operation several times with the same arguments.
#[test]
fn an_argument_that_is_not_copy() {
    let generated = codegen::generate("document.yaml", &compile::document_with(ADDITIONS)).unwrap();
    let table = generated.support.unwrap().table;
    let line = table.lines().find(|line| line.contains("list_things(")).unwrap();
    insta::assert_snapshot!(line.trim(), @"list_things(kind: types::ListThingsKind => kind.clone(), order: Option<types::ListThingsOrder> => order.clone(), size: Option<i32> => size),");
}
