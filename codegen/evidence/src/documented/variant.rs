//! Applies the errata of a recorded message to a variant of it, such as the same message on a later version or a
//! translation of the page.
//!
//! The edits of the errata and the changes of the variant are merged token by token, so that an erratum applies even if
//! the variant has a change next to the mistake or within it.

mod edits;
mod merge;
mod settled;

use std::ops::Range;

use document::span;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Evidence, Message, Repaired, tokens::tokens};
use edits::Item;

/// A recorded message with its errata as edits.
#[derive(Clone, Debug)]
pub struct Recorded {
    text: String,
    tokens: Vec<String>,
    /// The tokens of the recorded message and of the repairs, in text order.
    items: Vec<Item>,
    /// The errata that change only whitespace.
    blank: Vec<usize>,
    /// The index of the body's first token among the recorded tokens.
    body: usize,
}

/// A variant of a recorded message after the errata are applied.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The text with the origin of each byte.
    pub repaired: Repaired,
    /// The errata whose mistakes are not in the variant because the vendor has corrected them.
    pub repaired_by_vendor: Vec<usize>,
    /// Changes within text that an erratum removes.
    pub conflicts: Vec<Conflict>,
}

/// A change within text that an erratum removes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The erratum, counted from 0.
    pub erratum: usize,
    /// The span of the changed text in the variant.
    pub span: Range<usize>,
    /// The text of the recorded message; empty if the variant adds text.
    pub recorded: String,
}

impl Recorded {
    /// Prepares a message of the evidence. Errata that do not apply to it are skipped.
    ///
    /// Returns `None` if the message is not UTF-8.
    pub fn new(evidence: &Evidence, message: &Message) -> Option<Self> {
        let text = String::from_utf8(message.bytes.clone()).ok()?;
        let tokens: Vec<String> = tokens(&text).into_iter().map(|it| text[it].to_owned()).collect();
        let body = body_of(&text);
        let (items, blank) = edits::items(evidence, message, &text);
        Some(Self { text, tokens, items, blank, body })
    }

    /// Returns the message as the page prints it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the tokens of the message.
    pub fn tokens(&self) -> &[String] {
        &self.tokens
    }

    /// Returns the tokens of the message's body.
    pub fn body(&self) -> &[String] {
        &self.tokens[self.body..]
    }

    /// Returns the head of the message.
    pub fn head(&self) -> &str {
        let end = tokens(&self.text).get(self.body).map_or(self.text.len(), |token| token.start);
        &self.text[..end]
    }

    /// Applies the errata to a variant of the message.
    pub fn repair(&self, variant: &Repaired) -> Variant {
        merge::merge(self, variant)
    }
}

/// Returns the number of tokens before the body, which starts at the first line that begins an object or an array.
fn body_of(text: &str) -> usize {
    let body = span::lines(text).find(|(_, line)| line.trim_start().starts_with(['{', '[']));
    tokens(&text[..body.map_or(text.len(), |(start, _)| start)]).len()
}

/// Returns the similarity of two token sequences, from 0 to 1, or `None` if it is below a minimum.
pub fn similarity(left: &[String], right: &[String], minimum: f64) -> Option<f64> {
    let ratio = |equal: usize| {
        let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        2.0 * number(equal) / number(left.len() + right.len()).max(1.0)
    };
    // Rule out sequences of very different lengths early, because comparing long ones can take quadratic time.
    if ratio(left.len().min(right.len())) < minimum {
        return None;
    }
    let operations = capture_diff_slices(Algorithm::Myers, left, right);
    let equal = operations.iter().map(|operation| match operation {
        DiffOp::Equal { len, .. } => *len,
        _ => 0,
    });
    Some(ratio(equal.sum())).filter(|similarity| *similarity >= minimum)
}
