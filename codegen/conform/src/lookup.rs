//! Looks up printed messages among the recorded messages.

use evidence::documented::variant;

use crate::{
    blocks::{Kind, Printed, shape},
    reference::Known,
};

/// The minimum similarity at which a message counts as a variant of an operation's recorded message.
const SIMILAR: f64 = 0.6;

/// The same for a response that operations share. Its page also prints messages of other operations, so the minimum is
/// higher.
const SIMILAR_IF_SHARED: f64 = 0.8;

/// The result of looking up a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lookup {
    /// The message is recorded, with the same whitespace.
    Identical,
    /// The message is recorded, but with different whitespace.
    WhiteSpace,
    /// A recorded message has the same structure but different values.
    Values,
    /// A recorded message is similar.
    Differs,
    /// No recorded message is similar.
    New,
}

impl Lookup {
    /// Describes the result.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::WhiteSpace => "identical except for whitespace",
            Self::Values => "different only in values",
            Self::Differs => "different",
            Self::New => "new",
        }
    }
}

/// A recorded message that a printed message matches.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'r> {
    pub(crate) known: &'r Known<'r>,
    pub(crate) lookup: Lookup,
    /// The similarity of the tokens, from 0 to 1.
    similarity: f64,
}

impl Pair<'_> {
    /// Returns true if the messages differ in nothing but values.
    pub(crate) fn is_same(&self) -> bool {
        self.lookup <= Lookup::Values
    }

    pub(crate) fn is_closer_than(&self, other: &Self) -> bool {
        self.lookup < other.lookup
            || self.lookup == other.lookup && self.similarity > other.similarity
    }
}

/// Returns the most similar recorded message of the same kind.
pub(crate) fn nearest<'r>(
    printed: &Printed,
    known: impl Iterator<Item = &'r Known<'r>>,
) -> Option<Pair<'r>> {
    let known: Vec<&Known<'_>> = known.filter(|known| is_same_kind(printed, known)).collect();
    same(printed, &known).or_else(|| similar(printed, &known))
}

/// Returns the recorded message that is equal, or else one with the same structure.
pub(crate) fn same<'r>(printed: &Printed, known: &[&'r Known<'r>]) -> Option<Pair<'r>> {
    let equal = known.iter().find(|known| printed.tokens == tokens_of(printed, known));
    if let Some(known) = equal {
        let lookup = match has_same_lines(&printed.text.text, known.recorded.text()) {
            true => Lookup::Identical,
            false => Lookup::WhiteSpace,
        };
        return Some(Pair { known, lookup, similarity: 1.0 });
    }
    let shape = shape(&printed.kind, &printed.text);
    let known = known.iter().find(|known| match printed.kind {
        Kind::Body => known.shape_of_body == shape,
        _ => known.shape == shape,
    })?;
    Some(Pair { known, lookup: Lookup::Values, similarity: 1.0 })
}

fn similar<'r>(printed: &Printed, known: &[&'r Known<'r>]) -> Option<Pair<'r>> {
    let rated = known.iter().filter_map(|known| {
        let minimum = match known.message.operation {
            Some(_) => SIMILAR,
            None => SIMILAR_IF_SHARED,
        };
        let tokens = tokens_of(printed, known);
        Some((variant::similarity(tokens, &printed.tokens, minimum)?, *known))
    });
    let (similarity, known) = rated.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    Some(Pair { known, lookup: Lookup::Differs, similarity })
}

/// Returns the tokens of a recorded message, or only the tokens of its body if the page prints only a body.
fn tokens_of<'k>(printed: &Printed, known: &'k Known<'_>) -> &'k [String] {
    match printed.kind {
        Kind::Body => known.recorded.body(),
        _ => known.recorded.tokens(),
    }
}

pub(crate) fn is_same_kind(printed: &Printed, known: &Known<'_>) -> bool {
    match printed.kind {
        Kind::Request { .. } => known.message.status.is_none(),
        Kind::Response { .. } => known.message.status.is_some(),
        Kind::Body => !known.recorded.body().is_empty(),
    }
}

/// Returns true if two texts are equal except for blank lines at the start and the end.
fn has_same_lines(printed: &str, recorded: &str) -> bool {
    printed.trim_matches('\n') == recorded.trim_matches('\n')
}
