//! Checks security requirements, which specify the tokens that an operation accepts.

use document::{DiagnosticBuilder, Document, Entry, Kind, Node, Operation, Report};

use super::{CALL_WITHOUT_TOKEN, MISSING_SCOPE, MISSING_SECURITY, texts::name};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for operation in document.operations() {
        report.extend(missing_security(document, &operation));
        report.extend(call_without_token(&operation));
    }
    let requirements = document.objects(Kind::SecurityRequirement).flat_map(Node::entries);
    report.extend(requirements.filter_map(|requirement| missing_scope(document, requirement)));
}

fn missing_security<'t>(
    document: &Document<'t>,
    operation: &Operation<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    if !document.lacks(operation.node, "security") {
        return None;
    }
    let diagnostic = MISSING_SECURITY
        .at(operation.node, format!("{} does not declare its `security`", name(operation)))
        .help("add `security` with an item for each kind of token that the vendor's page lists");
    Some(diagnostic.related(document.root().get("security"), "inherited from here"))
}

fn call_without_token<'t>(operation: &Operation<'t>) -> Option<DiagnosticBuilder<'t>> {
    let security = operation.node.get("security").filter(|security| security.is_array())?;
    let is_empty = |item: &Node<'_>| item.is_object() && item.entries().next().is_none();
    let mut others = security.items().filter(|item| !is_empty(item));
    let (at, help) = match security.items().find(is_empty) {
        Some(item) if others.next().is_some() => (item, "remove the empty item"),
        None if others.next().is_some() => return None,
        Some(item) => (item, "write a security scheme for each kind of token instead"),
        None => (security, "add an item for each kind of token that the vendor's page lists"),
    };
    let message = format!("{} can be called without a token", name(operation));
    Some(CALL_WITHOUT_TOKEN.at(at, message).help(help))
}

fn missing_scope<'t>(
    document: &Document<'t>,
    requirement: Entry<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let listed = requirement.value;
    if !listed.is_array() || listed.items().next().is_some() {
        return None;
    }
    let scheme = document.component(Kind::SecurityScheme, requirement.name())?;
    let scheme = document.resolve(scheme.value)?;
    let scopes: Vec<&str> = scopes(scheme).map(|scope| scope.name()).collect();
    let help = match scopes.as_slice() {
        [] => return None,
        [scope] => format!("write `[{scope}]`"),
        _ => "list the scopes of the scheme that the vendor's page lists".to_owned(),
    };
    let message = format!("the requirement for `{}` lists no scopes", requirement.name());
    Some(MISSING_SCOPE.at(requirement.key, message).related(scheme, "the scheme").help(help))
}

/// Returns the scopes that the flows of an OAuth 2 scheme declare. Other schemes have no flows.
fn scopes<'t>(scheme: Node<'t>) -> impl Iterator<Item = Entry<'t>> {
    let flows = scheme.entries_of("flows");
    flows.filter_map(|flow| flow.value.get("scopes")).flat_map(Node::entries)
}
