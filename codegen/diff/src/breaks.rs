//! Declared breaks: those that are intended, with the reason and the version that ships them.

use std::ops::Range;

use document::{conflicts, printable::printable};
use semver::Version;
use serde::Deserialize;
use toml::Spanned;

use crate::{
    change::Change,
    location,
    report::Problem,
    rule::{Area, Severity},
    rules,
};

/// The declared breaks of the new state, and those that were already in the old state.
#[derive(Clone, Copy, Debug)]
pub struct Breaks<'b> {
    /// The name of the file.
    pub name: &'b str,
    /// Its text; empty if there is none.
    pub text: &'b str,
    /// Its text in the old state. A break that is declared there was shipped or merged earlier.
    pub old: &'b str,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "break")]
    breaks: Vec<Declaration>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Declaration {
    rule: Spanned<String>,
    pointer: Spanned<String>,
    reason: Spanned<String>,
    version: Spanned<String>,
}

impl Breaks<'_> {
    /// Marks the declared changes, and returns the problems of the declarations.
    pub(crate) fn apply(&self, changes: &mut [Change], released: Option<&Version>) -> Vec<Problem> {
        let file = match self.parse(self.text) {
            Ok(file) => file,
            Err(problem) => return vec![problem],
        };
        // A malformed old file was reported when it was new.
        let old = self.parse(self.old).unwrap_or_default();
        let mut problems = Vec::new();
        for (index, declaration) in file.breaks.iter().enumerate() {
            let earlier = &file.breaks[..index];
            let problem = if earlier.iter().any(|other| other.is_same(declaration)) {
                Some((&declaration.rule, "another declaration is the same; remove one".to_owned()))
            } else {
                declaration.invalid(released).or_else(|| {
                    let is_old = old.breaks.iter().any(|other| other.is_same(declaration));
                    let is_used = declaration.mark(changes);
                    (!is_used && !is_old).then(|| declaration.unused(changes))
                })
            };
            problems.extend(problem.map(|(value, message)| self.problem(value.span(), message)));
        }
        problems
    }

    fn parse(&self, text: &str) -> Result<File, Problem> {
        if let Some(marker) = conflicts::first(text) {
            return Err(
                self.problem(marker, format!("{}; {}", conflicts::MESSAGE, conflicts::HELP))
            );
        }
        toml::from_str(text).map_err(|error| {
            let form = "give each `[[break]]` a `rule`, a `pointer`, a `reason` and a `version`";
            let message = error.message().lines().next().unwrap_or_default().to_owned();
            self.problem(error.span().unwrap_or_default(), format!("{message}; {form}"))
        })
    }

    fn problem(&self, span: Range<usize>, message: String) -> Problem {
        let location = location::File::new(self.name, self.text).location(span.start);
        Problem { location, message: printable(&message) }
    }
}

impl Declaration {
    fn is_same(&self, other: &Self) -> bool {
        self.rule.get_ref() == other.rule.get_ref()
            && self.pointer.get_ref() == other.pointer.get_ref()
    }

    /// Marks the break, and the breaks in Rust that follow from it at the same pointer. Returns false if there is none.
    fn mark(&self, changes: &mut [Change]) -> bool {
        let is_declared = |change: &Change| {
            change.severity == Severity::Breaking
                && change.rule == self.rule.get_ref()
                && change.pointer == *self.pointer.get_ref()
        };
        let mut declared = changes.iter().filter(|change| is_declared(change));
        let Some(first) = declared.next() else { return false };
        let is_wire = first.area == Area::Wire;
        for change in changes.iter_mut() {
            let follows = is_wire
                && change.area == Area::Rust
                && change.severity == Severity::Breaking
                && change.pointer == *self.pointer.get_ref();
            if is_declared(change) || follows {
                change.declared = Some(self.version.get_ref().clone());
            }
        }
        true
    }

    /// Returns the first value that is wrong regardless of the changes.
    fn invalid(&self, released: Option<&Version>) -> Option<(&Spanned<String>, String)> {
        let rule = self.rule.get_ref();
        if rules::find(rule).is_none() {
            let help = match rules::nearest(rule) {
                Some(meant) => format!("write `{meant}`"),
                None => "list the rules with `cargo xtask diff --rules`".to_owned(),
            };
            return Some((&self.rule, format!("there is no rule `{rule}`; {help}")));
        }
        if self.reason.get_ref().trim().is_empty() {
            return Some((
                &self.reason,
                "the break has no reason; say why it is needed".to_owned(),
            ));
        }
        match (Version::parse(self.version.get_ref()), released) {
            (Err(_), _) => {
                let message = "this is not a version; write one such as `0.2.0`".to_owned();
                Some((&self.version, message))
            }
            (Ok(version), Some(released)) if version <= *released => {
                let message = format!("version {version} is released; remove the declaration");
                Some((&self.version, message))
            }
            _ => None,
        }
    }

    /// Reports a declaration without a matching break, and suggests the pointer of a break of the same rule.
    fn unused(&self, changes: &[Change]) -> (&Spanned<String>, String) {
        let rule = self.rule.get_ref();
        let mut breaks = changes.iter().filter(|change| change.severity == Severity::Breaking);
        let help = match breaks.find(|change| change.rule == rule) {
            Some(change) => format!("the pointer of a break is `{}`", change.pointer),
            None => "remove the declaration".to_owned(),
        };
        (&self.pointer, format!("nothing at this pointer breaks `{rule}`; {help}"))
    }
}
