//! Checks the security schemes and scopes that operations require.

use std::collections::{BTreeSet, HashMap, HashSet};

use document::{DiagnosticBuilder, Document, Entry, Kind, Node, NodeId, Report, spelling};

use super::{
    SCOPE_WITHOUT_OAUTH2, UNDECLARED_SCOPE, UNDEFINED_SECURITY_SCHEME,
    sections::{Absence, Sections},
};

pub(super) fn check(document: &Document<'_>, sections: &Sections, report: &mut Report) {
    let is_invalid = sections.absence(Kind::SecurityScheme) == Some(&Absence::Invalid);
    let mut scopes = HashMap::new();
    let mut reported = HashSet::new();
    for requirement in document.objects(Kind::SecurityRequirement).flat_map(Node::entries) {
        match document.component(Kind::SecurityScheme, requirement.name()) {
            Some(Entry { value, .. }) => {
                report.extend(scopes_of(document, requirement, value, &mut scopes));
            }
            None if is_invalid || !reported.insert(requirement.name()) => {}
            None => report.add(undefined(document, requirement)),
        }
    }
}

fn undefined<'t>(document: &Document<'t>, requirement: Entry<'t>) -> DiagnosticBuilder<'t> {
    let name = requirement.name();
    let diagnostic = UNDEFINED_SECURITY_SCHEME
        .at(requirement.key, format!("there is no security scheme `{name}`"));
    let schemes = document.components(Kind::SecurityScheme).map(|entry| entry.name());
    diagnostic.suggest(spelling::nearest(name, schemes), "add it to `components.securitySchemes`")
}

fn scopes_of<'t>(
    document: &Document<'t>,
    requirement: Entry<'t>,
    scheme: Node<'t>,
    scopes: &mut HashMap<NodeId, BTreeSet<&'t str>>,
) -> Vec<DiagnosticBuilder<'t>> {
    let Some(scheme) = document.resolve(scheme) else { return Vec::new() };
    let listed = requirement.value.items();
    let Some(kind @ ("http" | "apiKey")) = scheme.get_str("type") else {
        let Some(flows) = scheme.get("flows").filter(|flows| has_scopes(*flows)) else {
            return Vec::new();
        };
        let declared = scopes.entry(scheme.id()).or_insert_with(|| declared(flows));
        return listed.filter_map(|scope| undeclared(scope, scheme, declared)).collect();
    };
    let message = format!("a scheme of type `{kind}` has no scopes");
    let diagnostic = |scope| SCOPE_WITHOUT_OAUTH2.at(scope, message.clone()).help("write `[]`");
    listed.map(diagnostic).take(1).collect()
}

/// Returns true if each flow has scopes; another rule reports a flow without them.
fn has_scopes(flows: Node<'_>) -> bool {
    flows.entries().all(|flow| flow.value.get("scopes").is_some_and(Node::is_object))
}

fn declared(flows: Node<'_>) -> BTreeSet<&str> {
    let scopes = flows.entries().filter_map(|flow| flow.value.get("scopes"));
    scopes.flat_map(Node::entries).map(|scope| scope.name()).collect()
}

fn undeclared<'t>(
    scope: Node<'t>,
    scheme: Node<'t>,
    declared: &BTreeSet<&str>,
) -> Option<DiagnosticBuilder<'t>> {
    let name = scope.as_str().filter(|name| !declared.contains(name))?;
    let message = format!("no flow of the scheme declares the scope `{name}`");
    let diagnostic = UNDECLARED_SCOPE.at(scope, message).related(scheme, "the scheme");
    let meant = spelling::nearest(name, declared.iter().copied());
    Some(diagnostic.suggest(meant, "add it to the `scopes` of a flow"))
}
