//! Declared breaks: intended breaks, each with the reason and the version that ships it.

mod declaration;

use document::{conflicts, printable::printable};
use serde::Serialize;
use toml::Spanned;

use crate::{
    change::{Change, File, Location},
    rule::{Area, Severity},
    rules,
    version::Versions,
};
use declaration::{Declaration, Mistake};

/// The declared breaks of the new state, and those that were already in the old state.
#[derive(Clone, Copy, Debug)]
pub struct Breaks<'b> {
    /// The name of the file.
    pub name: &'b str,
    /// Its text; empty if there is no file.
    pub text: &'b str,
    /// Its text in the old state. A break that is declared there was shipped or merged earlier.
    pub old: &'b str,
}

/// A problem with a declared break.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The location in the file of declared breaks.
    pub location: Location,
    /// The problem and its remedy.
    pub message: String,
}

impl Breaks<'_> {
    /// Marks the declared changes, and returns the problems with the declarations.
    pub(crate) fn apply(&self, changes: &mut [Change], versions: &Versions<'_>) -> Vec<Problem> {
        if let Some(marker) = conflicts::first(self.text) {
            let message = format!("{}; {}", conflicts::MESSAGE, conflicts::HELP);
            return vec![self.problem((marker, message))];
        }
        let (declarations, mut mistakes) = declaration::read(self.text);
        // Mistakes in the old file were reported when it was new.
        let (old, _) = declaration::read(self.old);
        for (index, declaration) in declarations.iter().enumerate() {
            let in_values = declaration.mistakes(versions);
            let is_valid = in_values.is_empty();
            mistakes.extend(in_values);
            let Some(declared) = declaration.declared() else { continue };
            let is_same = |other: &Declaration| other.declared().is_some_and(|it| it.is(&declared));
            let is_old = old.iter().any(is_same);
            match &declaration.version {
                _ if declarations[..index].iter().any(is_same) => {
                    mistakes.push(declared.duplicate());
                }
                _ if !is_old && declared.is_unused(changes) => {
                    mistakes.push(declared.unused(changes));
                }
                Some(version) if is_valid => declared.mark(changes, version.get_ref()),
                _ => {}
            }
        }
        mistakes.sort_by_key(|(span, _)| span.start);
        mistakes.into_iter().map(|mistake| self.problem(mistake)).collect()
    }

    fn problem(&self, (span, message): Mistake) -> Problem {
        let location = File::new(self.name, self.text).location(span.start);
        Problem { location, message: printable(&message) }
    }
}

/// The rule and the pointer of a declared break.
struct Declared<'d> {
    rule: &'d Spanned<String>,
    pointer: &'d Spanned<String>,
}

impl Declaration {
    fn declared(&self) -> Option<Declared<'_>> {
        Some(Declared { rule: self.rule.as_ref()?, pointer: self.pointer.as_ref()? })
    }
}

impl Declared<'_> {
    fn is(&self, other: &Self) -> bool {
        self.rule.get_ref() == other.rule.get_ref()
            && self.pointer.get_ref() == other.pointer.get_ref()
    }

    fn covers(&self, change: &Change) -> bool {
        change.severity == Severity::Breaking
            && change.rule == self.rule.get_ref()
            && change.pointer == *self.pointer.get_ref()
    }

    /// Returns true if no change is the declared break. An unknown rule is reported separately.
    fn is_unused(&self, changes: &[Change]) -> bool {
        rules::find(self.rule.get_ref()).is_some()
            && !changes.iter().any(|change| self.covers(change))
    }

    /// Marks the break, and the breaks in Rust that follow from it at the same pointer.
    fn mark(&self, changes: &mut [Change], version: &str) {
        let mut declared = changes.iter().filter(|change| self.covers(change));
        let is_wire = declared.next().is_some_and(|first| first.area == Area::Wire);
        for change in changes {
            let follows = is_wire
                && change.area == Area::Rust
                && change.severity == Severity::Breaking
                && change.pointer == *self.pointer.get_ref();
            if self.covers(change) || follows {
                change.declared = Some(version.to_owned());
            }
        }
    }

    fn duplicate(&self) -> Mistake {
        (self.rule.span(), "this duplicates another declaration; remove one of them".to_owned())
    }

    /// Reports a declaration without a matching break, and suggests the pointer of another break of the same rule.
    fn unused(&self, changes: &[Change]) -> Mistake {
        let rule = self.rule.get_ref();
        let mut breaks = changes.iter().filter(|change| change.severity == Severity::Breaking);
        let help = match breaks.find(|change| change.rule == rule) {
            Some(change) => format!("this rule has a break at `{}`", change.pointer),
            None => "remove the declaration".to_owned(),
        };
        (self.pointer.span(), format!("there is no `{rule}` break at this pointer; {help}"))
    }
}
