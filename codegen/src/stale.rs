//! Why a generated source is not what the document yields.

use std::fmt;

use crate::print;

/// A reason for which a checked-in source is stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The document changed after the source was generated.
    DocumentEdited,
    /// The source is not what the generator wrote.
    EditedByHand,
    /// The generator, or one of its settings, changed.
    GeneratorChanged,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DocumentEdited => "the document was edited",
            Self::EditedByHand => "the generated file was edited by hand",
            Self::GeneratorChanged => "the generator changed",
        })
    }
}

/// Why `found` differs from `fresh`, the source that the document yields now; empty if it does not.
///
/// What cannot be told, such as in a file that has no header, counts as edited by hand.
#[must_use]
pub fn causes(found: &str, fresh: &str) -> Vec<Cause> {
    if found == fresh {
        return Vec::new();
    }
    let is_sealed = seal(found, "content").is_some_and(|seal| seal == print::sha256(body(found)));
    let is_of_this_document = seal(found, "document") == seal(fresh, "document");
    match (is_sealed, is_of_this_document) {
        (true, true) if generator(found).is_some() => vec![Cause::GeneratorChanged],
        (true, false) if seal(found, "document").is_some() => vec![Cause::DocumentEdited],
        (false, false) if seal(found, "document").is_some() => {
            vec![Cause::DocumentEdited, Cause::EditedByHand]
        }
        _ => vec![Cause::EditedByHand],
    }
}

/// The generator that a source's header names.
fn generator(source: &str) -> Option<&str> {
    header(source).find_map(|line| line.strip_prefix("// generator: "))
}

/// The digest that a source's header gives for a thing.
fn seal(source: &str, thing: &str) -> Option<String> {
    let start = format!("// {thing}: sha256 ");
    header(source).find_map(|line| line.strip_prefix(&start)).map(str::to_owned)
}

/// The lines of a header that is whole.
fn header(source: &str) -> impl Iterator<Item = &str> {
    let is_whole = source.starts_with("// @generated");
    source.lines().take(if is_whole { HEADER_LINES } else { 0 })
}

const HEADER_LINES: usize = 5;

fn body(source: &str) -> &str {
    source.split_once("\n\n").map_or(source, |(_, body)| body)
}
