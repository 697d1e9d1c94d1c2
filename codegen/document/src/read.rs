//! Reads the text of a document into its tree.

use crate::{
    diagnostic::Diagnostic,
    look_alikes::{self, Unreadable},
    rule::DiagnosticBuilder,
    structure, text,
    tree::Tree,
};

/// Reads an OpenAPI 3.0 document into its tree.
///
/// # Errors
///
/// Returns the diagnostic for a text that is not a YAML or JSON document of OpenAPI 3.0. It is the only one: other
/// rules cannot be checked on such a text.
pub fn read(text: &[u8]) -> Result<Tree, Diagnostic> {
    let text = text::decode(text)?;
    let tree = look_alikes::tree(text).map_err(|unreadable| match unreadable {
        Unreadable::LookAlike(diagnostic) => diagnostic,
        Unreadable::Unparsable(error) => {
            structure::unsupported_text(text).unwrap_or_else(|| text::unparsable(text, error))
        }
    })?;
    let tree = tree.ok_or_else(|| text::empty(text))?;
    match structure::unsupported(&tree).map(DiagnosticBuilder::build) {
        Some(unsupported) => Err(unsupported),
        None => Ok(tree),
    }
}
