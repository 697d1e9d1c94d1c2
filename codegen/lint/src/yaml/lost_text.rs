//! Text that YAML reads partly as a comment or an anchor.

use document::{DiagnosticBuilder, Document, Node, Style};

use super::{COMMENT_IN_TEXT, UNUSED_ANCHOR};

/// Reports a comment that may be meant as the rest of a text.
pub(super) fn comment<'t>(
    document: &Document<'t>,
    node: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let text = plain(node).filter(|text| !text.ends_with(['.', '!', '?']))?;
    let end = node.span().end;
    let rest = &document.tree.text()[end..];
    let comment = rest.starts_with(" #").then(|| rest.lines().next())??.trim();
    if text.is_empty() || !is_prose(document, node) {
        return None;
    }
    let diagnostic = COMMENT_IN_TEXT.at(node, "this is a comment, not part of the text before it");
    let help = "put the text in quotes, or write two spaces before the comment";
    Some(diagnostic.spanning(end + 1..end + 1 + comment.len()).help(help))
}

/// Returns true for a node with text for readers.
pub(super) fn is_prose(document: &Document<'_>, node: Node<'_>) -> bool {
    let Some((name, kind)) = node.name().zip(node.parent().and_then(|it| document.kind(it))) else {
        return false;
    };
    let is_known = kind.object().field(name).is_some();
    is_known && matches!(name, "title" | "summary" | "description")
}

/// Reports an anchor that may be meant as the first word of a text.
pub(super) fn anchor(node: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    plain(node)?;
    let (_, after) = node.source().split_once('&')?;
    let anchor = format!("&{}", after.split_whitespace().next()?);
    let diagnostic =
        UNUSED_ANCHOR.at(node, format!("`{anchor}` is an anchor, not part of the text"));
    Some(
        diagnostic
            .on(&anchor)
            .help("put the text in quotes, or remove the anchor, which no alias uses"),
    )
}

/// Returns the text of a scalar without quotes.
fn plain<'t>(node: Node<'t>) -> Option<&'t str> {
    node.as_str().filter(|_| node.scalar().is_some_and(|scalar| scalar.style == Style::Plain))
}
