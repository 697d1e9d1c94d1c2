//! Operations: what each must have, and what of it the client leaves out.

use document::{Document, Finding, Node, Operation, Report, Rule, Severity};

/// Reports what of an operation cannot become a method, or does not.
pub(super) fn check(document: &Document<'_>, operation: &Operation<'_>, report: &mut Report) {
    report.extend(missing_operation_id(document, operation));
    report.extend(unsupported_method(operation));
    report.extend(dropshot_extensions(operation.node));
    report.extend(callbacks(operation.node));
}

pub(super) static MISSING_OPERATION_ID: Rule = Rule {
    id: "missing-operation-id",
    severity: Severity::Error,
    summary: "each operation has an operationId",
    why: "The operationId becomes the name of the client's method; the generator makes up none.",
    wrong: "\
paths:
  /v1/orders:
    get: { responses: { '200': { description: The orders. } } }
",
    right: "\
paths:
  /v1/orders:
    get: { operationId: getOrders, responses: { '200': { description: The orders. } } }
",
};

fn missing_operation_id<'t>(
    document: &Document<'t>,
    operation: &Operation<'t>,
) -> Option<Finding<'t>> {
    document.lacks(operation.node, "operationId").then(|| {
        let Operation { node, method, path, .. } = operation;
        MISSING_OPERATION_ID
            .at(*node, format!("`{}` of `{path}` has no operationId", method.to_uppercase()))
            .help("add one in camelCase, such as `getOrders`")
    })
}

pub(super) static UNSUPPORTED_METHOD: Rule = Rule {
    id: "unsupported-method",
    severity: Severity::Error,
    summary: "no operation has the method OPTIONS or TRACE",
    why: "The HTTP client on which the generated code rests has no function for them, so that the code does \
          not compile.",
    wrong: "\
paths:
  /v1/orders:
    options: { operationId: askOrders, responses: { '200': { description: What is allowed. } } }
",
    right: "\
paths:
  /v1/orders:
    head: { operationId: askOrders, responses: { '200': { description: There are orders. } } }
",
};

fn unsupported_method<'t>(operation: &Operation<'t>) -> Option<Finding<'t>> {
    matches!(operation.method, "options" | "trace").then(|| {
        let method = operation.method.to_uppercase();
        UNSUPPORTED_METHOD
            .at(operation.node, format!("the client cannot send `{method}`"))
            .help("leave the operation out")
    })
}

pub(super) static DROPSHOT_EXTENSION: Rule = Rule {
    id: "dropshot-extension",
    severity: Severity::Error,
    summary: "no operation has an extension of Dropshot",
    why: "The generator knows the extensions of this framework, and writes code for them that needs crates \
          which the client does not have.",
    wrong: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      x-dropshot-pagination: { required: [] }
      responses: { '200': { description: The orders. } }
",
    right: "\
paths:
  /v1/orders:
    get: { operationId: getOrders, responses: { '200': { description: The orders. } } }
",
};

fn dropshot_extensions<'t>(operation: Node<'t>) -> impl Iterator<Item = Finding<'t>> {
    let names = ["x-dropshot-pagination", "x-dropshot-websocket"].into_iter();
    names.filter_map(move |name| operation.entry(name)).map(|entry| {
        let name = entry.name();
        DROPSHOT_EXTENSION
            .at(entry.key, format!("the client cannot do what `{name}` asks for"))
            .help("remove it")
    })
}

pub(super) static MEMBER_WITHOUT_EFFECT: Rule = Rule {
    id: "member-without-effect",
    severity: Severity::Warning,
    summary: "an operation describes nothing that the client leaves out",
    why: "The client sends requests and reads answers. It does not listen for callbacks, and it escapes \
          whatever stands in a query.",
    wrong: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      parameters: [{ name: filter, in: query, allowReserved: true, schema: { type: string } }]
      responses: { '200': { description: The orders. } }
",
    right: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      parameters: [{ name: filter, in: query, schema: { type: string } }]
      responses: { '200': { description: The orders. } }
",
};

fn callbacks(operation: Node<'_>) -> Option<Finding<'_>> {
    let callbacks = operation.entry("callbacks")?;
    let finding =
        MEMBER_WITHOUT_EFFECT.at(callbacks.key, "the client does not listen for callbacks");
    callbacks.value.entries().next().map(|_| finding)
}
