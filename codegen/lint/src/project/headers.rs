//! Header parameters that the client's runtime sets.

use std::collections::HashMap;

use document::{DiagnosticBuilder, Document, Kind, Node, Report};

use super::{
    UNMANAGED_HEADER,
    extensions::{CLIENT_MANAGED, is_misspelled},
};

/// The headers that the client's runtime sets, as Microsoft writes them.
///
/// A test compares them with those of the document, which other tests compare with what the client sends.
const SET_BY_THE_CLIENT: [&str; 5] =
    ["MS-RequestId", "MS-CorrelationId", "X-Locale", "MS-PartnerCenter-Application", "ValidateMfa"];

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let headers = || document.objects(Kind::Parameter).filter_map(name_of_header);
    let managed = headers().filter(|(header, _)| is_managed(*header));
    let managed: HashMap<String, Node<'_>> =
        managed.map(|(header, name)| (name.to_ascii_lowercase(), header)).collect();
    report.extend(headers().filter_map(|(header, name)| unmanaged(header, name, &managed)));
}

/// A header parameter and its name.
fn name_of_header(parameter: Node<'_>) -> Option<(Node<'_>, &str)> {
    let is_header = parameter.get("in").and_then(Node::as_str) == Some("header");
    parameter.get("name")?.as_str().filter(|_| is_header).map(|name| (parameter, name))
}

fn is_managed(header: Node<'_>) -> bool {
    header.get(CLIENT_MANAGED).and_then(Node::as_bool) == Some(true)
}

fn unmanaged<'t>(
    header: Node<'t>,
    name: &str,
    managed: &HashMap<String, Node<'t>>,
) -> Option<DiagnosticBuilder<'t>> {
    let place = header.get("name")?;
    let known = SET_BY_THE_CLIENT.into_iter().find(|known| folded(known) == folded(name));
    if let Some(known) = known.filter(|known| !known.eq_ignore_ascii_case(name)) {
        let message = format!("the client sets `{known}`, and not `{name}`");
        let help = format!("write `{known}`, with `{CLIENT_MANAGED}: true`");
        return Some(UNMANAGED_HEADER.at(place, message).help(help));
    }
    let elsewhere = managed.get(&name.to_ascii_lowercase());
    let is_marked = header
        .entries()
        .any(|entry| entry.name() == CLIENT_MANAGED || is_misspelled(entry.name(), CLIENT_MANAGED));
    if is_marked || (known.is_none() && elsewhere.is_none()) {
        return None;
    }
    let diagnostic = UNMANAGED_HEADER
        .at(place, format!("the client sets `{name}` itself"))
        .help(format!("add `{CLIENT_MANAGED}: true` to the parameter"));
    Some(match elsewhere {
        Some(marked) => diagnostic.related(*marked, "marked here"),
        None => diagnostic,
    })
}

/// A name without case and separators.
fn folded(name: &str) -> String {
    let letters = name.chars().filter(|letter| !matches!(letter, '-' | '_'));
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}
