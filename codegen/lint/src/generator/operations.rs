//! Reports operations that cannot become methods, and members of operations that the client ignores.

use document::{DiagnosticBuilder, Document, Node, Operation, Report};

use super::{DROPSHOT_EXTENSION, IGNORED_MEMBER, MISSING_OPERATION_ID, UNSUPPORTED_METHOD};

pub(super) fn check(document: &Document<'_>, operation: &Operation<'_>, report: &mut Report) {
    report.extend(missing_operation_id(document, operation));
    report.extend(unsupported_method(operation));
    report.extend(dropshot_extensions(operation.node));
    report.extend(callbacks(operation.node));
    report.extend(servers(operation.node));
}

fn missing_operation_id<'t>(
    document: &Document<'t>,
    Operation { node, method, path, .. }: &Operation<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let message = format!("`{}` of `{path}` has no operationId", method.to_uppercase());
    let help = "add one in camelCase, such as `getOrders`";
    document.lacks(*node, "operationId").then(|| MISSING_OPERATION_ID.at(*node, message).help(help))
}

fn unsupported_method<'t>(operation: &Operation<'t>) -> Option<DiagnosticBuilder<'t>> {
    let message = format!("the client cannot send `{}`", operation.method.to_uppercase());
    let diagnostic = UNSUPPORTED_METHOD.at(operation.node, message);
    matches!(operation.method, "options" | "trace").then(|| diagnostic.help("remove the operation"))
}

/// Reports extensions of the Dropshot framework, for which progenitor generates different methods.
fn dropshot_extensions<'t>(operation: Node<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    let names = ["x-dropshot-pagination", "x-dropshot-websocket"].into_iter();
    names.filter_map(move |name| operation.entry(name)).map(|entry| {
        let message = format!("the client does not support `{}`", entry.name());
        DROPSHOT_EXTENSION.at(entry.key, message).help("remove it")
    })
}

fn callbacks(operation: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let callbacks = operation.entry("callbacks")?;
    let diagnostic = IGNORED_MEMBER.at(callbacks.key, "the client does not receive callbacks");
    callbacks.value.entries().next().map(|_| diagnostic)
}

/// Reports the servers of a path item or an operation.
pub(super) fn servers(object: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let servers = object.entry("servers")?;
    let message = "the client sends each request to its base URL";
    let diagnostic = IGNORED_MEMBER.at(servers.key, message);
    let help = "remove `servers`, and omit operations of other servers";
    servers.value.items().next().map(|_| diagnostic.help(help))
}
