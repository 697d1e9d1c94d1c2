//! Header parameters that the client's runtime sets.

use std::collections::HashMap;

use document::{DiagnosticBuilder, Document, Kind, Node, Report};

use super::{
    UNMANAGED_HEADER,
    extensions::{CLIENT_MANAGED, is_misspelled},
};
use crate::parts::is_managed;

/// The headers that the client's runtime sets, as Microsoft writes them.
///
/// A test compares them with the headers of the document, and other tests compare those with what the client sends.
const SET_BY_THE_CLIENT: [&str; 5] =
    ["MS-RequestId", "MS-CorrelationId", "X-Locale", "MS-PartnerCenter-Application", "ValidateMfa"];

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let headers = || document.objects(Kind::Parameter).filter_map(header_with_name);
    let managed = headers().filter(|(header, _)| is_managed(*header));
    let managed: HashMap<String, Node<'_>> =
        managed.map(|(header, name)| (name.to_ascii_lowercase(), header)).collect();
    report.extend(headers().filter_map(|(header, name)| unmanaged(header, name, &managed)));
}

/// Returns a header parameter with its name.
fn header_with_name(parameter: Node<'_>) -> Option<(Node<'_>, &str)> {
    let is_header = parameter.get_str("in") == Some("header");
    parameter.get("name")?.as_str().filter(|_| is_header).map(|name| (parameter, name))
}

fn unmanaged<'t>(
    header: Node<'t>,
    name: &str,
    managed: &HashMap<String, Node<'t>>,
) -> Option<DiagnosticBuilder<'t>> {
    let at = header.get("name")?;
    let known = SET_BY_THE_CLIENT.into_iter().find(|known| folded(known) == folded(name));
    if let Some(known) = known.filter(|known| !known.eq_ignore_ascii_case(name)) {
        let message = format!("the client sets `{known}`, not `{name}`");
        let help = format!("write `{known}`, with `{CLIENT_MANAGED}: true`");
        return Some(UNMANAGED_HEADER.at(at, message).help(help));
    }
    let marked = managed.get(&name.to_ascii_lowercase());
    let is_marked = header
        .entries()
        .any(|entry| entry.name() == CLIENT_MANAGED || is_misspelled(entry.name(), CLIENT_MANAGED));
    if is_marked || (known.is_none() && marked.is_none()) {
        return None;
    }
    let diagnostic = UNMANAGED_HEADER
        .at(at, format!("the client sets `{name}` itself"))
        .help(format!("add `{CLIENT_MANAGED}: true` to the parameter"));
    Some(match marked {
        Some(marked) => diagnostic.related(*marked, "it is marked here"),
        None => diagnostic,
    })
}

/// Returns a name without case and separators.
fn folded(name: &str) -> String {
    let letters = name.chars().filter(|letter| !matches!(letter, '-' | '_'));
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}
