//! The members of our own, which begin with `x-`.

use std::collections::HashSet;

use document::{
    Document, Entry, Finding, Kind, Node, Report, Rule, Severity, spelling, words::listed,
};

const EVIDENCE: &str = "x-evidence";
const EVIDENCE_NOTE: &str = "x-evidence-note";
const CLIENT_MANAGED: &str = "x-client-managed";
const EXTENSIBLE_ENUM: &str = "x-extensible-enum";

const KNOWN: [&str; 4] = [EVIDENCE, EVIDENCE_NOTE, CLIENT_MANAGED, EXTENSIBLE_ENUM];

/// On what a statement can rest, other than the page of its operation.
const KINDS_OF_EVIDENCE: &[&str] = &["sample", "sdk", "inferred"];

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for node in document.tree.nodes() {
        let Some(kind) = document.kind(node).filter(|kind| kind.object().extensible) else {
            continue;
        };
        for entry in node.entries().filter(|entry| entry.name().starts_with("x-")) {
            report.extend(unknown(entry));
            report.extend(misplaced(document, node, kind, entry));
            unsound(entry, report);
        }
        report.extend(incomplete_evidence(node));
    }
}

pub(super) static UNKNOWN_EXTENSION: Rule = Rule {
    id: "unknown-extension",
    severity: Severity::Error,
    summary: "members that begin with `x-` are those that spec/README.md lists",
    why: "OpenAPI allows any member that begins with `x-`, so that a misspelt one has no effect, and \
          nobody notices.",
    wrong: "\
components:
  schemas:
    Order: { type: object, x-evidense: sample }
",
    right: "\
components:
  schemas:
    Order: { type: object, x-evidence: sample }
",
};

fn unknown(entry: Entry<'_>) -> Option<Finding<'_>> {
    let name = entry.name();
    (!KNOWN.contains(&name)).then(|| {
        let finding = UNKNOWN_EXTENSION.at(entry.key, format!("nothing reads `{name}`"));
        match spelling::nearest(name, KNOWN) {
            Some(meant) => finding.help(format!("write `{meant}`")),
            None => finding.help(format!("remove it, or use {}", listed(&KNOWN))),
        }
    })
}

pub(super) static MISPLACED_EXTENSION: Rule = Rule {
    id: "misplaced-extension",
    severity: Severity::Error,
    summary: "`x-client-managed` is on a header parameter, `x-extensible-enum` on a string",
    why: "At other places they have no effect, or a wrong one: a parameter of a query that the client's \
          runtime should set is never sent.",
    wrong: "\
components:
  parameters:
    Page: { name: page, in: query, schema: { type: integer }, x-client-managed: true }
",
    right: "\
components:
  parameters:
    Page: { name: X-Page, in: header, schema: { type: integer }, x-client-managed: true }
",
};

fn misplaced<'t>(
    document: &Document<'t>,
    node: Node<'t>,
    kind: Kind,
    entry: Entry<'t>,
) -> Option<Finding<'t>> {
    let is = |key, value| node.get(key).is_none_or(|found| found.as_str() == Some(value));
    let (is_right, place) = match entry.name() {
        CLIENT_MANAGED => (kind == Kind::Parameter && is("in", "header"), "a header parameter"),
        EXTENSIBLE_ENUM => (is_string(node, kind), "a schema with `type: string`"),
        _ => return None,
    };
    (!is_right && !document.is_doubtful(node)).then(|| {
        let message = format!("`{}` belongs on {place}", entry.name());
        MISPLACED_EXTENSION.at(entry.key, message).help("move or remove it")
    })
}

fn is_string(node: Node<'_>, kind: Kind) -> bool {
    kind == Kind::Schema && node.get("type").and_then(Node::as_str) == Some("string")
}

pub(super) static UNSOUND_EXTENSION: Rule = Rule {
    id: "unsound-extension",
    severity: Severity::Error,
    summary: "members that begin with `x-` have a value that the generator understands",
    why: "A value that it does not understand has no effect, or stands in the client's documentation as it \
          is.",
    wrong: "\
components:
  schemas:
    Order: { type: object, x-evidence: hearsay }
",
    right: "\
components:
  schemas:
    Order: { type: object, x-evidence: sample }
",
};

fn unsound(entry: Entry<'_>, report: &mut Report) {
    match entry.name() {
        EVIDENCE => report.extend(evidence(entry.value)),
        EVIDENCE_NOTE => report.extend(note(entry.value)),
        CLIENT_MANAGED => report.extend(managed(entry.value)),
        EXTENSIBLE_ENUM => extensible_enum(entry.value, report),
        _ => {}
    }
}

fn evidence(value: Node<'_>) -> Option<Finding<'_>> {
    let word = value.as_str();
    if word.is_some_and(|word| KINDS_OF_EVIDENCE.contains(&word)) {
        return None;
    }
    let found =
        word.map_or_else(|| value.value().describe().to_owned(), |word| format!("`{word}`"));
    let finding = UNSOUND_EXTENSION.at(value, format!("{found} is no kind of evidence"));
    Some(match word.and_then(|word| spelling::nearest(word, KINDS_OF_EVIDENCE.iter().copied())) {
        Some(meant) => finding.help(format!("write `{meant}`")),
        None => finding.help(format!("it can be {}", listed(KINDS_OF_EVIDENCE))),
    })
}

fn note(value: Node<'_>) -> Option<Finding<'_>> {
    let is_sound = value.as_str().is_some_and(|text| !text.trim().is_empty());
    (!is_sound).then(|| {
        UNSOUND_EXTENSION
            .at(value, "the note on the evidence is no text")
            .help("say which sample, class or reasoning it is")
    })
}

fn managed(value: Node<'_>) -> Option<Finding<'_>> {
    (value.as_bool() != Some(true)).then(|| {
        UNSOUND_EXTENSION
            .at(value, format!("`{CLIENT_MANAGED}` can only be true"))
            .help("write `true`, or remove the member")
    })
}

fn extensible_enum(value: Node<'_>, report: &mut Report) {
    let mut known = HashSet::new();
    for item in value.items() {
        let message = match item.as_str() {
            None => format!("a known value is {} and not a string", item.value().describe()),
            Some(text) if !known.insert(text) => format!("`{text}` is listed twice"),
            Some(_) => continue,
        };
        report.add(UNSOUND_EXTENSION.at(item, message).help("list each known string once"));
    }
    if value.items().next().is_none() {
        let message = format!("`{EXTENSIBLE_ENUM}` lists nothing");
        report.add(UNSOUND_EXTENSION.at(value, message).help("list the known values, in brackets"));
    }
    let closed = value.parent().and_then(|schema| schema.entry("enum"));
    report.extend(closed.map(|closed| {
        let message = format!("`enum` has no effect beside `{EXTENSIBLE_ENUM}`");
        UNSOUND_EXTENSION.at(closed.key, message).help("keep one of the two")
    }));
}

pub(super) static INCOMPLETE_EVIDENCE: Rule = Rule {
    id: "incomplete-evidence",
    severity: Severity::Warning,
    summary: "`x-evidence` and `x-evidence-note` stand together",
    why: "Without the note nobody can check the evidence, and a note without `x-evidence` is not in the \
          client's documentation.",
    wrong: "\
components:
  schemas:
    Order: { type: object, x-evidence: sample }
",
    right: "\
components:
  schemas:
    Order:
      type: object
      x-evidence: sample
      x-evidence-note: From the sample on the page \"Get orders\".
",
};

fn incomplete_evidence(node: Node<'_>) -> Option<Finding<'_>> {
    let (alone, help) = match (node.entry(EVIDENCE), node.entry(EVIDENCE_NOTE)) {
        (Some(evidence), None) => {
            (evidence, "add `x-evidence-note`: which sample, class or reasoning it is".to_owned())
        }
        (None, Some(note)) => (note, format!("add `x-evidence`: {}", listed(KINDS_OF_EVIDENCE))),
        _ => return None,
    };
    let other = if alone.name() == EVIDENCE { EVIDENCE_NOTE } else { EVIDENCE };
    if node.entries().any(|entry| is_misspelt(entry.name(), other)) {
        return None;
    }
    let message = format!("`{}` stands here without `{other}`", alone.name());
    Some(INCOMPLETE_EVIDENCE.at(alone.key, message).help(help))
}

/// Whether a member is reported already as a misspelling of another.
fn is_misspelt(name: &str, meant: &str) -> bool {
    !KNOWN.contains(&name) && spelling::nearest(name, KNOWN) == Some(meant)
}
