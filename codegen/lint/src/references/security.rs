//! Rules about the security schemes that operations require.

use std::collections::{BTreeSet, HashMap, HashSet};

use document::{Document, Entry, Finding, Kind, Node, NodeId, Report, Rule, Severity, spelling};

use super::sections::{Absence, Sections};

pub(super) fn check(document: &Document<'_>, sections: &Sections, report: &mut Report) {
    let is_unsound = sections.absence(Kind::SecurityScheme) == Some(&Absence::Unsound);
    let mut scopes = HashMap::new();
    let mut undefined_ones = HashSet::new();
    for requirement in document.objects(Kind::SecurityRequirement).flat_map(Node::entries) {
        match scheme(document, requirement.name()) {
            Some(scheme) => report.extend(scopes_of(document, requirement, scheme, &mut scopes)),
            None if is_unsound || !undefined_ones.insert(requirement.name()) => {}
            None => report.add(undefined(document, requirement)),
        }
    }
}

fn scheme<'t>(document: &Document<'t>, name: &str) -> Option<Node<'t>> {
    document.root().get("components")?.get("securitySchemes")?.get(name)
}

pub(super) static UNDEFINED_SECURITY_SCHEME: Rule = Rule {
    id: "undefined-security-scheme",
    severity: Severity::Error,
    summary: "`security` names schemes of `components.securitySchemes`",
    why: "A requirement that nobody describes tells no caller what to send.",
    wrong: "\
components:
  securitySchemes:
    Token: { type: http, scheme: bearer }
security:
  - Tokn: []
",
    right: "\
components:
  securitySchemes:
    Token: { type: http, scheme: bearer }
security:
  - Token: []
",
};

fn undefined<'t>(document: &Document<'t>, requirement: Entry<'t>) -> Finding<'t> {
    let name = requirement.name();
    let finding = UNDEFINED_SECURITY_SCHEME
        .at(requirement.key, format!("there is no security scheme `{name}`"));
    let schemes = document.components(Kind::SecurityScheme).map(|entry| entry.name());
    match spelling::nearest(name, schemes) {
        Some(meant) => finding.help(format!("write `{meant}`")),
        None => finding.help("add it to `components.securitySchemes`"),
    }
}

pub(super) static UNDECLARED_SCOPE: Rule = Rule {
    id: "undeclared-scope",
    severity: Severity::Warning,
    summary: "a requirement has scopes that its scheme declares",
    why: "The scopes of the flows tell a caller what to ask for. One that is not among them is misspelt, or \
          forgotten there.",
    wrong: "\
components:
  securitySchemes:
    Token:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://login.example.com/token
          scopes: { orders.read: Read orders }
security:
  - Token: [order.read]
",
    right: "\
components:
  securitySchemes:
    Token:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://login.example.com/token
          scopes: { orders.read: Read orders }
security:
  - Token: [orders.read]
",
};

pub(super) static SCOPE_WITHOUT_OAUTH2: Rule = Rule {
    id: "scope-without-oauth2",
    severity: Severity::Error,
    summary: "only schemes of the types `oauth2` and `openIdConnect` have scopes",
    why: "Other schemes have nothing that could grant a scope; OpenAPI demands an empty list.",
    wrong: "\
components:
  securitySchemes:
    Token: { type: http, scheme: bearer }
security:
  - Token: [orders.read]
",
    right: "\
components:
  securitySchemes:
    Token: { type: http, scheme: bearer }
security:
  - Token: []
",
};

fn scopes_of<'t>(
    document: &Document<'t>,
    requirement: Entry<'t>,
    scheme: Node<'t>,
    scopes: &mut HashMap<NodeId, BTreeSet<&'t str>>,
) -> Vec<Finding<'t>> {
    let Some(scheme) = document.resolve(scheme) else { return Vec::new() };
    let listed = requirement.value.items();
    let Some(kind @ ("http" | "apiKey")) = scheme.get("type").and_then(Node::as_str) else {
        let Some(flows) = scheme.get("flows").filter(|flows| has_scopes(*flows)) else {
            return Vec::new();
        };
        let declared = scopes.entry(scheme.id()).or_insert_with(|| declared(flows));
        return listed.filter_map(|scope| undeclared(scope, scheme, declared)).collect();
    };
    let message = format!("a scheme of type `{kind}` has no scopes");
    let finding = |scope| SCOPE_WITHOUT_OAUTH2.at(scope, message.clone()).help("write `[]`");
    listed.map(finding).take(1).collect()
}

/// Whether each flow has its scopes; if not, that has been reported.
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
) -> Option<Finding<'t>> {
    let name = scope.as_str().filter(|name| !declared.contains(name))?;
    let message = format!("no flow of the scheme declares the scope `{name}`");
    let finding = UNDECLARED_SCOPE.at(scope, message).related(scheme, "the scheme");
    Some(match spelling::nearest(name, declared.iter().copied()) {
        Some(meant) => finding.help(format!("write `{meant}`")),
        None => finding.help("add it to the `scopes` of a flow"),
    })
}
