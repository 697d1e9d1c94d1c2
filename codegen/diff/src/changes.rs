//! Turns the differences that were found into changes with sentences and places.

use std::collections::HashSet;

use document::{Document, Node, printable::printable};

use crate::{
    change::Change,
    place::{File, Place},
    report::Side,
    rule::{Area, Rule, Severity},
    rules::evidence::*,
    rust::{
        Difference,
        cause::{Causes, Origins},
        item_name,
    },
    wire::{Reaching, finding::Statement, prose::source_of, subject::subject},
};

/// A document with what is needed to point at its parts.
pub(crate) struct State<'s, 't> {
    document: &'s Document<'t>,
    file: File<'s>,
    origins: Origins<'s, 't>,
}

impl<'s, 't> State<'s, 't> {
    pub(crate) fn new(document: &'s Document<'t>, side: &Side<'s>) -> Self {
        let file = File::new(side.name, side.text);
        Self { document, file, origins: Origins::of(document) }
    }

    fn place(&self, node: Node<'_>) -> Place {
        self.file.place(node.primary_span().start)
    }
}

/// Returns all changes: those on the wire and in the sources of statements, those in Rust, and the sources of the
/// statements that change.
pub(crate) fn all<'t>(
    old: &State<'_, 't>,
    new: &State<'_, 't>,
    findings: &[Reaching<'t>],
    differences: &[Difference],
) -> Vec<Change> {
    let causes = Causes::new(findings, old.document, new.document);
    let states = (old, new);
    let mut changes: Vec<Change> = findings.iter().map(|it| of_finding(it, states)).collect();
    changes.extend(differences.iter().map(|it| of_difference(it, &causes, states)));
    changes.extend(statements(findings, states));
    changes
}

type States<'a, 's, 't> = (&'a State<'s, 't>, &'a State<'s, 't>);

fn of_finding<'t>(
    Reaching { finding, operations }: &Reaching<'t>,
    (old, new): States<'_, '_, 't>,
) -> Change {
    let effect = finding.rule.effect(finding.direction);
    Change {
        area: finding.rule.area,
        rule: finding.rule.id,
        severity: effect.severity,
        message: printable(&format!("{}: {}", finding.what, effect.who)),
        old: Some(old.place(finding.old)),
        new: Some(new.place(finding.new)),
        pointer: finding.statement.pointer(),
        operations: operations.iter().map(|name| printable(name)).collect(),
        item: None,
        is_mock: false,
        declared: None,
    }
}

/// Reports a difference between the clients, at the place in the document that causes it.
fn of_difference<'t>(
    difference: &Difference,
    causes: &Causes<'_, 't>,
    (old, new): States<'_, '_, 't>,
) -> Change {
    let before = old.origins.statement(difference.old_path(), difference);
    let after = match difference.is_removal {
        true => None,
        false => new.origins.statement(&difference.path, difference),
    };
    let cause = causes.of(after.or(before), difference.is_removal);
    let (old_place, new_place, pointer) = match cause {
        Some(Reaching { finding, .. }) => (
            Some(old.place(finding.old)),
            Some(new.place(finding.new)),
            finding.statement.pointer(),
        ),
        None => {
            let pointer = Statement { old: before, new: after }.pointer();
            (before.map(|it| old.place(it)), after.map(|it| new.place(it)), pointer)
        }
    };
    let effect = difference.rule.effect(None);
    let feature = if difference.is_mock() { " (feature `mock`)" } else { "" };
    Change {
        area: Area::Rust,
        rule: difference.rule.id,
        severity: effect.severity,
        message: printable(&format!("{}{feature}: {}", difference.what, effect.who)),
        old: old_place,
        new: new_place,
        pointer,
        operations: Vec::new(),
        item: Some(printable(&item_name(difference))),
        is_mock: difference.is_mock(),
        declared: None,
    }
}

/// Reports the sources of the statements that are new, different or gone.
fn statements<'t>(findings: &[Reaching<'t>], states: States<'_, '_, 't>) -> Vec<Change> {
    let is_source = |it: &&Reaching<'t>| it.finding.rule.area == Area::Evidence;
    let sources: HashSet<String> =
        findings.iter().filter(is_source).map(|it| it.finding.statement.pointer()).collect();
    let mut seen: HashSet<(String, &str)> = HashSet::new();
    let mut changes = Vec::new();
    for reaching in findings {
        let Reaching { finding, .. } = reaching;
        let effect = finding.rule.effect(finding.direction);
        if finding.rule.area != Area::Wire || effect.severity == Severity::Documentation {
            continue;
        }
        let pointer = finding.statement.pointer();
        let (rule, what) = statement(finding.statement);
        let has_new_source = rule == &STATEMENT_CHANGED && sources.contains(&pointer);
        if !has_new_source && seen.insert((pointer, rule.id)) {
            changes.push(Change {
                area: Area::Evidence,
                rule: rule.id,
                severity: Severity::Documentation,
                message: printable(&format!("{what}: {}", rule.effect(None).who)),
                ..of_finding(reaching, states)
            });
        }
    }
    changes
}

/// Returns the rule for a statement, and what to say of its source.
fn statement(statement: Statement<'_>) -> (&'static Rule, String) {
    match (statement.old, statement.new) {
        (Some(_), Some(new)) => {
            let what = format!("{} still rests on {}", subject(new), source_of(new));
            (&STATEMENT_CHANGED, what)
        }
        (None, Some(new)) => {
            let what = format!("{} is new and rests on {}", subject(new), source_of(new));
            (&STATEMENT_ADDED, what)
        }
        (Some(old), None) => {
            let what = format!("{} rested on {} and is gone", subject(old), source_of(old));
            (&STATEMENT_REMOVED, what)
        }
        (None, None) => (&STATEMENT_CHANGED, "the document changes".to_owned()),
    }
}
