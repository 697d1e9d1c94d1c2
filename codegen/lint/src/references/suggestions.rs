//! Which components the references that lead nowhere may mean.

use std::collections::HashMap;

use document::{Document, Entry, Kind, Reference, spelling};

/// A document with more dangling references than this has another flaw than misspelled names.
const MOST: usize = 100;

/// The components that references may mean.
pub(super) struct Suggestions<'t> {
    /// By what the reference expects and says.
    found: HashMap<(Kind, &'t str), Entry<'t>>,
    /// Whether there are references of which nobody knows what they mean.
    pub(super) gave_up: bool,
}

impl<'t> Suggestions<'t> {
    pub(super) fn new(document: &Document<'t>) -> Self {
        let mut suggestions = HashMap::new();
        let dangling = document.references().iter().filter(|reference| {
            reference.expected.section().is_some() && document.target(reference.target).is_none()
        });
        for Reference { target, expected, .. } in dangling {
            if suggestions.len() < MOST {
                suggestions
                    .entry((*expected, *target))
                    .or_insert_with(|| component(document, *expected, last_step(target)));
            }
        }
        let gave_up = suggestions.len() == MOST || suggestions.values().any(Option::is_none);
        let found = suggestions.into_iter().filter_map(|(of, guess)| Some((of, guess?)));
        Self { found: found.collect(), gave_up }
    }

    /// What a dangling reference may mean.
    pub(super) fn of(&self, reference: &Reference<'t>) -> Option<Entry<'t>> {
        self.found.get(&(reference.expected, reference.target)).copied()
    }
}

/// The component with a name, or the one with the name most like it.
pub(super) fn component<'t>(document: &Document<'t>, kind: Kind, name: &str) -> Option<Entry<'t>> {
    let section = document.root().get("components")?.get(kind.section()?)?;
    let names = document.components(kind).map(|entry| entry.name());
    section.entry(name).or_else(|| section.entry(spelling::nearest(name, names)?))
}

/// The end of a reference, which names the component.
pub(super) fn last_step(target: &str) -> &str {
    target.rsplit(['/', '#']).next().unwrap_or(target)
}
