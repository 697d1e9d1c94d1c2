//! Checks the project's extensions, which begin with `x-`, and the headers that the client's runtime sets.

use std::collections::HashSet;

use document::{
    DiagnosticBuilder, Document, Entry, Kind, Node, Report, parts::is_managed, phrasing::join_or,
    spelling,
};

use super::{
    INCOMPLETE_EVIDENCE, INVALID_EXTENSION, MISPLACED_EXTENSION, UNKNOWN_EXTENSION,
    UNMANAGED_HEADER,
};

const EVIDENCE: &str = "x-evidence";
pub(super) const EVIDENCE_NOTE: &str = "x-evidence-note";
const CLIENT_MANAGED: &str = "x-client-managed";
const EXTENSIBLE_ENUM: &str = "x-extensible-enum";

const KNOWN: [&str; 4] = [EVIDENCE, EVIDENCE_NOTE, CLIENT_MANAGED, EXTENSIBLE_ENUM];

/// The kinds of evidence for a statement that is not based on the page of its operation.
const KINDS_OF_EVIDENCE: &[&str] = &["sample", "sdk", "inferred"];

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for node in document.tree.nodes() {
        let Some(kind) = document.kind(node).filter(|kind| kind.object().extensible) else {
            continue;
        };
        for entry in node.entries().filter(|entry| entry.name().starts_with("x-")) {
            report.extend(unknown(entry));
            report.extend(misplaced(document, node, kind, entry));
            invalid(entry, report);
        }
        report.extend(incomplete_evidence(node));
    }
}

fn unknown(entry: Entry<'_>) -> Option<DiagnosticBuilder<'_>> {
    let name = entry.name();
    (!KNOWN.contains(&name)).then(|| {
        let diagnostic =
            UNKNOWN_EXTENSION.at(entry.key, format!("the extension `{name}` is unknown"));
        let otherwise = format!("remove it, or use {}", join_or(&KNOWN));
        diagnostic.suggest(spelling::nearest(name, KNOWN), otherwise)
    })
}

fn misplaced<'t>(
    document: &Document<'t>,
    node: Node<'t>,
    kind: Kind,
    entry: Entry<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let is = |key, value| node.get(key).is_none_or(|found| found.as_str() == Some(value));
    let (is_right, location) = match entry.name() {
        CLIENT_MANAGED => (kind == Kind::Parameter && is("in", "header"), "a header parameter"),
        EXTENSIBLE_ENUM => (is_string(node, kind), "a schema with `type: string`"),
        _ => return None,
    };
    (!is_right && !document.has_structural_error(node)).then(|| {
        let message = format!("`{}` must be in {location}", entry.name());
        MISPLACED_EXTENSION.at(entry.key, message).help("move or remove it")
    })
}

fn is_string(node: Node<'_>, kind: Kind) -> bool {
    kind == Kind::Schema && node.get_str("type") == Some("string")
}

fn invalid(entry: Entry<'_>, report: &mut Report) {
    match entry.name() {
        EVIDENCE => report.extend(evidence(entry.value)),
        EVIDENCE_NOTE => report.extend(note(entry.value)),
        CLIENT_MANAGED => report.extend(managed(entry.value)),
        EXTENSIBLE_ENUM => extensible_enum(entry.value, report),
        _ => {}
    }
}

fn evidence(value: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let word = value.as_str();
    if word.is_some_and(|word| KINDS_OF_EVIDENCE.contains(&word)) {
        return None;
    }
    let found =
        word.map_or_else(|| value.value().describe().to_owned(), |word| format!("`{word}`"));
    let diagnostic = INVALID_EXTENSION.at(value, format!("{found} is not a kind of evidence"));
    let meant = word.and_then(|word| spelling::nearest(word, KINDS_OF_EVIDENCE.iter().copied()));
    Some(diagnostic.suggest(meant, format!("write {}", join_or(KINDS_OF_EVIDENCE))))
}

fn note(value: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let is_valid = value.as_str().is_some_and(|text| !text.trim().is_empty());
    (!is_valid).then(|| {
        INVALID_EXTENSION
            .at(value, "the evidence note must be text")
            .help("write the sample, the class or the reasoning")
    })
}

fn managed(value: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    (value.as_bool() != Some(true)).then(|| {
        INVALID_EXTENSION
            .at(value, format!("`{CLIENT_MANAGED}` must be true"))
            .help("write `true`, or remove the member if the caller passes the header")
    })
}

fn extensible_enum(value: Node<'_>, report: &mut Report) {
    let mut known = HashSet::new();
    for item in value.items() {
        let message = match item.as_str() {
            None => format!("a known value must be a string, but is {}", item.value().describe()),
            Some(text) if !known.insert(text) => format!("`{text}` is listed twice"),
            Some(_) => continue,
        };
        report.add(INVALID_EXTENSION.at(item, message).help("list each known string once"));
    }
    if value.items().next().is_none() {
        let message = format!("`{EXTENSIBLE_ENUM}` is empty");
        report.add(INVALID_EXTENSION.at(value, message).help("list the known values, in brackets"));
    }
    let closed = value.parent().and_then(|schema| schema.entry("enum"));
    report.extend(closed.map(|closed| {
        let message = format!("`enum` has no effect next to `{EXTENSIBLE_ENUM}`");
        INVALID_EXTENSION.at(closed.key, message).help("keep one of them")
    }));
}

fn incomplete_evidence(node: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let (present, help) = match (node.entry(EVIDENCE), node.entry(EVIDENCE_NOTE)) {
        (Some(evidence), None) => (
            evidence,
            "add `x-evidence-note` with the sample, the class or the reasoning".to_owned(),
        ),
        (None, Some(note)) => {
            (note, format!("add `x-evidence` with {}", join_or(KINDS_OF_EVIDENCE)))
        }
        _ => return None,
    };
    let other = if present.name() == EVIDENCE { EVIDENCE_NOTE } else { EVIDENCE };
    if node.entries().any(|entry| is_misspelled(entry.name(), other)) {
        return None;
    }
    let message = format!("`{}` needs `{other}`", present.name());
    Some(INCOMPLETE_EVIDENCE.at(present.key, message).help(help))
}

/// Returns true if a member is reported as a misspelling of another member.
fn is_misspelled(name: &str, meant: &str) -> bool {
    !KNOWN.contains(&name) && spelling::nearest(name, KNOWN) == Some(meant)
}

/// The headers that the client's runtime sets, as Microsoft spells them.
///
/// A test compares them with the headers in the document, and other tests compare the headers in the document with the
/// headers that the client sends.
const SET_BY_THE_CLIENT: [&str; 5] =
    ["MS-RequestId", "MS-CorrelationId", "X-Locale", "MS-PartnerCenter-Application", "ValidateMfa"];

/// The standard headers that the client's runtime also sets.
const STANDARD: [&str; 5] =
    ["Accept", "Accept-Encoding", "Authorization", "Content-Type", "User-Agent"];

pub(super) fn headers(document: &Document<'_>, report: &mut Report) {
    let headers = || document.objects(Kind::Parameter).filter_map(header_with_name);
    report.extend(headers().filter_map(|(header, name)| unmanaged(header, name)));
    report.extend(headers().filter_map(|(header, name)| not_set(header, name)));
}

/// Reports a header that is marked as client-managed but that the client does not set, so it would never be sent.
fn not_set<'t>(header: Node<'t>, name: &str) -> Option<DiagnosticBuilder<'t>> {
    let mut known = SET_BY_THE_CLIENT.into_iter().chain(STANDARD);
    if !is_managed(header) || known.any(|known| folded(known) == folded(name)) {
        return None;
    }
    let at = header.entry(CLIENT_MANAGED)?.key;
    let known = join_or(&SET_BY_THE_CLIENT);
    let help = format!("remove `{CLIENT_MANAGED}`, which is for {known}");
    Some(INVALID_EXTENSION.at(at, format!("the client does not set `{name}`")).help(help))
}

/// Returns a header parameter with its name.
fn header_with_name(parameter: Node<'_>) -> Option<(Node<'_>, &str)> {
    let is_header = parameter.get_str("in") == Some("header");
    parameter.get_str("name").filter(|_| is_header).map(|name| (parameter, name))
}

fn unmanaged<'t>(header: Node<'t>, name: &str) -> Option<DiagnosticBuilder<'t>> {
    let at = header.get("name")?;
    let known = SET_BY_THE_CLIENT.into_iter().find(|known| folded(known) == folded(name))?;
    if !known.eq_ignore_ascii_case(name) {
        let message = format!("the client sets `{known}`, not `{name}`");
        let help = format!("write `{known}`, with `{CLIENT_MANAGED}: true`");
        return Some(UNMANAGED_HEADER.at(at, message).help(help));
    }
    let is_marked = header
        .entries()
        .any(|entry| entry.name() == CLIENT_MANAGED || is_misspelled(entry.name(), CLIENT_MANAGED));
    let diagnostic = UNMANAGED_HEADER.at(at, format!("the client sets `{name}` itself"));
    let help = format!("add `{CLIENT_MANAGED}: true` to the parameter");
    (!is_marked).then(|| diagnostic.help(help))
}

/// Normalizes the case of a name and removes separators.
fn folded(name: &str) -> String {
    let letters = name.chars().filter(|letter| !matches!(letter, '-' | '_'));
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}
