//! Which answers an operation lists.

use document::{Document, Entry, Finding, Node, Operation, Report, Rule, Severity};

use super::operations::called;

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for operation in document.operations() {
        report.extend(statuses(&operation).filter_map(vague_status));
        report.extend(no_error_status(&operation));
    }
}

pub(super) static VAGUE_STATUS: Rule = Rule {
    id: "vague-status",
    severity: Severity::Warning,
    summary: "answers are listed by their statuses, neither as `default` nor as `4XX`",
    why: "The list becomes part of the method's documentation, where a caller looks for what can happen to \
          him. `default` says only that something may.",
    wrong: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      responses:
        '200': { description: The orders. }
        default: { description: An error. }
",
    right: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      responses:
        '200': { description: The orders. }
        '404': { description: There is no such customer. }
",
};

fn vague_status(entry: Entry<'_>) -> Option<Finding<'_>> {
    let name = entry.name();
    let is_vague = name == "default" || name.to_ascii_uppercase().ends_with("XX");
    is_vague.then(|| {
        VAGUE_STATUS
            .at(entry.key, format!("`{name}` stands for many statuses"))
            .help("list each status that the page names, such as `'404'`")
    })
}

pub(super) static NO_ERROR_STATUS: Rule = Rule {
    id: "no-error-status",
    severity: Severity::Warning,
    summary: "each operation lists the statuses of its errors",
    why: "Every operation can fail, if only for want of a token. A status that is not listed is missing in \
          the method's documentation.",
    wrong: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      responses:
        '200': { description: The orders. }
",
    right: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      responses:
        '200': { description: The orders. }
        '401': { description: The token is missing or has expired. }
",
};

fn no_error_status<'t>(operation: &Operation<'t>) -> Option<Finding<'t>> {
    let responses = operation.node.get("responses").filter(|responses| responses.is_object())?;
    let is_error = |entry: Entry<'_>| entry.name().starts_with(['4', '5', 'd']);
    (!statuses(operation).any(is_error)).then(|| {
        NO_ERROR_STATUS
            .at(responses, format!("{} lists no error", called(operation)))
            .help("list the statuses with which it can fail")
    })
}

fn statuses<'t>(operation: &Operation<'t>) -> impl Iterator<Item = Entry<'t>> + use<'t> {
    let responses = operation.node.get("responses").into_iter().flat_map(Node::entries);
    responses.filter(|entry| !entry.name().starts_with("x-"))
}
