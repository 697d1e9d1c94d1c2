//! Operations: what each must have, and what of it the client leaves out.

use document::{DiagnosticBuilder, Document, Node, Operation, Report};

use super::{DROPSHOT_EXTENSION, IGNORED_MEMBER, MISSING_OPERATION_ID, UNSUPPORTED_METHOD};

/// Reports what of an operation cannot become a method, or does not.
pub(super) fn check(document: &Document<'_>, operation: &Operation<'_>, report: &mut Report) {
    report.extend(missing_operation_id(document, operation));
    report.extend(unsupported_method(operation));
    report.extend(dropshot_extensions(operation.node));
    report.extend(callbacks(operation.node));
}

fn missing_operation_id<'t>(
    document: &Document<'t>,
    operation: &Operation<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    document.lacks(operation.node, "operationId").then(|| {
        let Operation { node, method, path, .. } = operation;
        MISSING_OPERATION_ID
            .at(*node, format!("`{}` of `{path}` has no operationId", method.to_uppercase()))
            .help("add one in camelCase, such as `getOrders`")
    })
}

fn unsupported_method<'t>(operation: &Operation<'t>) -> Option<DiagnosticBuilder<'t>> {
    matches!(operation.method, "options" | "trace").then(|| {
        let method = operation.method.to_uppercase();
        UNSUPPORTED_METHOD
            .at(operation.node, format!("the client cannot send `{method}`"))
            .help("leave the operation out")
    })
}

fn dropshot_extensions<'t>(operation: Node<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    let names = ["x-dropshot-pagination", "x-dropshot-websocket"].into_iter();
    names.filter_map(move |name| operation.entry(name)).map(|entry| {
        let name = entry.name();
        DROPSHOT_EXTENSION
            .at(entry.key, format!("the client cannot do what `{name}` asks for"))
            .help("remove it")
    })
}

fn callbacks(operation: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let callbacks = operation.entry("callbacks")?;
    let diagnostic = IGNORED_MEMBER.at(callbacks.key, "the client does not listen for callbacks");
    callbacks.value.entries().next().map(|_| diagnostic)
}
