//! Does the table that is generated for the tests clone arguments that are not `Copy`?

use crate::compile;

/// An operation whose arguments are an extensible enum, a closed enum and an integer.
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

/// `wait_until` calls an operation several times, so each call needs its own copy of the arguments.
#[test]
fn arguments_that_are_not_copy_are_cloned() {
    let generated = codegen::generate("document.yaml", &compile::document_with(ADDITIONS)).unwrap();
    let table = generated.support.unwrap().table;
    let line = table.lines().find(|line| line.contains("list_things(")).unwrap();
    insta::assert_snapshot!(line.trim(), @"list_things(kind: types::ListThingsKind => kind.clone(), order: Option<types::ListThingsOrder> => order.clone(), size: Option<i32> => size),");
}
