//! From the text of a document to its tree.

use super::{
    disguise::{self, Unreadable},
    rule::DiagnosticBuilder,
    structure, text,
    tree::Tree,
};
use crate::diagnostic::Diagnostic;

/// The tree of an OpenAPI 3.0 document; what keeps a text from being one is a problem by itself.
pub fn read(text: &[u8]) -> Result<Tree, Diagnostic> {
    let text = text::decoded(text)?;
    let tree = disguise::tree(text).map_err(|unreadable| match unreadable {
        Unreadable::Disguised(diagnostic) => diagnostic,
        Unreadable::Broken(broken) => {
            structure::unsupported_text(text).unwrap_or_else(|| text::unreadable(text, broken))
        }
    })?;
    let tree = tree.ok_or_else(|| text::empty(text))?;
    match structure::unsupported(&tree).map(DiagnosticBuilder::build) {
        Some(foreign) => Err(foreign),
        None => Ok(tree),
    }
}
