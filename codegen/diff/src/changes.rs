//! Turns differences into changes, with messages and locations.

use std::collections::HashSet;

use document::{Document, Node, printable::printable};

use crate::{
    change::Change,
    change::{File, Location},
    rule::{Area, Rule, Severity},
    rules::evidence::*,
    rust::{
        Difference,
        cause::{Causes, Origins},
        item_name,
    },
    side::Side,
    wire::{
        Reaching,
        difference::{self, Statement},
        prose::source_of,
        subject::subject,
    },
};

/// A document with the file in which its nodes are located, and the origins of the items in its client.
pub(crate) struct State<'s, 't> {
    document: &'s Document<'t>,
    file: File<'s>,
    origins: Origins<'s, 't>,
}

impl<'s, 't> State<'s, 't> {
    pub(crate) fn new(document: &'s Document<'t>, side: &Side<'s>) -> Self {
        let file = File::new(side.name, side.tree.text());
        Self { document, file, origins: Origins::of(document) }
    }

    fn location(&self, node: Node<'_>) -> Location {
        self.file.location(node.primary_span().start)
    }
}

/// Returns all changes: those on the wire and in the sources of statements, those in Rust, and one for the source of
/// each statement that changes.
pub(crate) fn all<'t>(
    old: &State<'_, 't>,
    new: &State<'_, 't>,
    on_wire: &[Reaching<'t>],
    in_rust: &[Difference],
) -> Vec<Change> {
    let causes = Causes::new(on_wire, old.document, new.document);
    let states = (old, new);
    let mut changes: Vec<Change> =
        on_wire.iter().map(|it| of_wire_difference(it, states)).collect();
    changes.extend(in_rust.iter().map(|it| of_rust_difference(it, &causes, states)));
    changes.extend(statements(on_wire, states));
    changes
}

type States<'a, 's, 't> = (&'a State<'s, 't>, &'a State<'s, 't>);

fn of_wire_difference<'t>(
    Reaching { difference, operations }: &Reaching<'t>,
    (old, new): States<'_, '_, 't>,
) -> Change {
    let (rule, effect) = (difference.rule, difference.rule.effect(difference.direction));
    Change {
        old: Some(old.location(difference.old)),
        new: Some(new.location(difference.new)),
        pointer: difference.statement.pointer(),
        operations: operations.iter().map(|name| printable(name)).collect(),
        ..Change::new(rule.area, rule, effect, &difference.what)
    }
}

/// Reports a difference between the clients, at the location in the document that causes it.
fn of_rust_difference<'t>(
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
    let (before, after, statement) = match cause {
        Some(Reaching { difference: it, .. }) => (Some(it.old), Some(it.new), it.statement),
        None => (before, after, Statement { old: before, new: after }),
    };
    let feature = if difference.is_mock() { " (feature `mock`)" } else { "" };
    let what = format!("{}{feature}", difference.what);
    Change {
        old: before.map(|it| old.location(it)),
        new: after.map(|it| new.location(it)),
        pointer: statement.pointer(),
        item: Some(printable(&item_name(difference))),
        is_mock: difference.is_mock(),
        ..Change::new(Area::Rust, difference.rule, difference.rule.effect(None), &what)
    }
}

/// Reports the source of each statement that is added, changed or removed.
fn statements<'t>(differences: &[Reaching<'t>], states: States<'_, '_, 't>) -> Vec<Change> {
    let is_source = |it: &&Reaching<'t>| it.difference.rule.area == Area::Evidence;
    let sources: HashSet<String> =
        differences.iter().filter(is_source).map(|it| it.difference.statement.pointer()).collect();
    let mut seen: HashSet<(String, &str)> = HashSet::new();
    let mut changes = Vec::new();
    for reaching in differences {
        let Reaching { difference, .. } = reaching;
        let effect = difference.rule.effect(difference.direction);
        if difference.rule.area != Area::Wire || effect.severity == Severity::Documentation {
            continue;
        }
        let pointer = difference.statement.pointer();
        let Some((rule, what)) = statement(difference, states) else { continue };
        let has_new_source = rule == &STATEMENT_CHANGED && sources.contains(&pointer);
        if !has_new_source && seen.insert((pointer, rule.id)) {
            changes.push(Change {
                area: Area::Evidence,
                rule: rule.id,
                severity: Severity::Documentation,
                message: printable(&format!("{what}: {}", rule.effect(None).who)),
                ..of_wire_difference(reaching, states)
            });
        }
    }
    changes
}

/// Returns the rule for a statement, and the description of its source. If a component is merely used in a different
/// place, its statements do not change.
fn statement<'t>(
    difference: &difference::Difference<'t>,
    (old, new): States<'_, '_, 't>,
) -> Option<(&'static Rule, String)> {
    let Statement { old: before, new: after } = difference.statement;
    let own = |statement: Node<'t>, used: Node<'t>, others: &Document<'t>| {
        let is_kept =
            is_in_component(statement) && others.root().at(&statement.pointer()).is_some();
        if is_kept { Some(used).filter(|it| !is_in_component(*it)) } else { Some(statement) }
    };
    Some(match (before, after) {
        (Some(_), Some(new)) => {
            let what = format!("{} still rests on {}", subject(new), source_of(new));
            (&STATEMENT_CHANGED, what)
        }
        (None, Some(after)) => {
            let new = own(after, difference.new, old.document)?;
            let what = format!("{} is new and rests on {}", subject(new), source_of(new));
            (&STATEMENT_ADDED, what)
        }
        (Some(before), None) => {
            let old = own(before, difference.old, new.document)?;
            let what =
                format!("{} rested on {} and no longer exists", subject(old), source_of(old));
            (&STATEMENT_REMOVED, what)
        }
        (None, None) => (&STATEMENT_CHANGED, "the document changes".to_owned()),
    })
}

fn is_in_component(node: Node<'_>) -> bool {
    node.pointer().starts_with("/components/")
}
