//! Reports text that YAML partly reads as a comment or an anchor, and paragraphs that it joins into one.

use std::ops::Range;

use document::{DiagnosticBuilder, Document, Node, Style, span};

use super::{COMMENT_IN_TEXT, JOINED_PARAGRAPHS, UNUSED_ANCHOR};

/// Reports a comment that may have been meant as the rest of a text.
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

/// Returns true for a node that contains prose.
fn is_prose(document: &Document<'_>, node: Node<'_>) -> bool {
    let Some((name, kind)) = node.name().zip(node.parent().and_then(|it| document.kind(it))) else {
        return false;
    };
    let is_known = kind.object().field(name).is_some();
    is_known && matches!(name, "title" | "summary" | "description")
}

/// Reports an anchor that may have been meant as the first word of a text.
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

/// Returns the text of an unquoted scalar.
fn plain<'t>(node: Node<'t>) -> Option<&'t str> {
    node.as_str().filter(|_| node.scalar().is_some_and(|scalar| scalar.style == Style::Plain))
}

/// Reports the first paragraph of a text that YAML joins to the paragraph above it.
pub(super) fn joined<'t>(document: &Document<'t>, node: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let text = node.as_str().filter(|text| text.contains('\n'))?;
    let style = node.scalar().map(|scalar| scalar.style).filter(|it| *it != Style::Literal)?;
    let is_escaped = style == Style::Quoted && node.source().contains("\\n");
    let is_evidence_note = node.name() == Some("x-evidence-note");
    let paragraph = joined_line(text).filter(|_| is_evidence_note || is_prose(document, node))?;
    let message =
        "this paragraph is joined to the one above, because only one empty line separates them";
    let diagnostic = JOINED_PARAGRAPHS.at(node, message).spanning(source_line(node, paragraph)?);
    let help = match style {
        Style::Folded => "write `|` instead of `>`, or add a second empty line",
        _ => "write the text below `|`, or add a second empty line",
    };
    (!is_escaped).then(|| diagnostic.help(help))
}

/// Returns the first line of a folded text that Markdown appends to the line above.
fn joined_line(text: &str) -> Option<&str> {
    let mut is_code = false;
    let mut above = "";
    for line in text.lines() {
        let is_fence = line.starts_with("```") || line.starts_with("~~~");
        let is_kept = is_code || is_fence || above.is_empty() || is_closed(above);
        if !is_kept && !line.is_empty() && !begins_block(line) {
            return Some(line);
        }
        is_code ^= is_fence;
        above = line;
    }
    None
}

/// Returns true for a line that Markdown appends nothing to: a heading, a fence, or a line that ends with a line break.
fn is_closed(line: &str) -> bool {
    line.starts_with(['#', ' ', '\t', '<'])
        || line.starts_with("```")
        || line.starts_with("~~~")
        || line.ends_with(['\\', '|'])
        || line.ends_with("  ")
}

/// Returns true for a line that begins a list, a table, a heading, a quotation, HTML or indented text.
fn begins_block(line: &str) -> bool {
    const STARTS: [&str; 11] = ["- ", "* ", "+ ", "#", "|", ">", "<", " ", "\t", "---", "==="];
    let after_number = line.trim_start_matches(|first: char| first.is_ascii_digit());
    let is_numbered = after_number.len() < line.len() && after_number.starts_with(['.', ')']);
    is_numbered || STARTS.iter().any(|start| line.starts_with(start))
}

/// Returns the span of the source line where a line of the folded text begins, if it follows exactly one empty line.
fn source_line(node: Node<'_>, folded: &str) -> Option<Range<usize>> {
    let mut empty = 0;
    for (at, line) in span::lines(node.source()) {
        let content = line.trim();
        let is_start = empty == 1
            && !content.is_empty()
            && folded.starts_with(content.trim_end_matches(['"', '\'']));
        if is_start {
            let start = node.span().start + at + line.find(content)?;
            return Some(start..start + content.len());
        }
        empty = if content.is_empty() { empty + 1 } else { 0 };
    }
    None
}
