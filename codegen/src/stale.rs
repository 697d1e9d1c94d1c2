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
#[must_use]
pub fn causes(found: &str, fresh: &str) -> Vec<Cause> {
    if found == fresh {
        return Vec::new();
    }
    let mut causes = Vec::new();
    if seal(found, "document") != seal(fresh, "document") {
        causes.push(Cause::DocumentEdited);
    }
    if seal(found, "content").as_deref() != Some(&print::sha256(body(found))) {
        causes.push(Cause::EditedByHand);
    }
    if causes.is_empty() {
        causes.push(Cause::GeneratorChanged);
    }
    causes
}

/// The digest that a source's header gives for a thing.
fn seal(source: &str, thing: &str) -> Option<String> {
    let start = format!("// {thing}: sha256 ");
    source.lines().take(HEADER_LINES).find_map(|line| line.strip_prefix(&start)).map(str::to_owned)
}

const HEADER_LINES: usize = 5;

fn body(source: &str) -> &str {
    source.split_once("\n\n").map_or(source, |(_, body)| body)
}
