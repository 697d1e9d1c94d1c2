//! Reads the text of a document into a tree, and defines the rules about the text as a whole, including the errors that
//! prevent it from being parsed.

use std::ops::Range;

use crate::{
    diagnostic::Diagnostic,
    look_alikes::{self, Unreadable},
    page::rule,
    rule::{DiagnosticBuilder, Rule},
    structure,
    syntax::{self, SYNTAX},
    tree::{MAX_DEPTH, MAX_EXPANSION, ParseError, ParseErrorKind, Tree},
};

/// Reads an OpenAPI 3.0 document into a tree.
///
/// If the text is not an OpenAPI 3.0 document in YAML or JSON, returns a single diagnostic as the error, because no
/// other rule can be checked.
pub fn read(text: &[u8]) -> Result<Tree, Diagnostic> {
    let text = decode(text)?;
    if let Some(comment) = syntax::comment_in_json(text) {
        return Err(comment);
    }
    let tree = look_alikes::tree(text).map_err(|unreadable| match unreadable {
        Unreadable::LookAlike(diagnostic) => diagnostic,
        Unreadable::Unparsable(error) => {
            structure::unsupported_text(text).unwrap_or_else(|| unparsable(text, error))
        }
    })?;
    let tree = tree.ok_or_else(|| empty(text))?;
    match structure::unsupported(&tree).map(DiagnosticBuilder::build) {
        Some(unsupported) => Err(unsupported),
        None => Ok(tree),
    }
}

pub static NOT_UTF_8: Rule = rule!("not-utf-8");

/// Decodes the bytes of a file.
fn decode(bytes: &[u8]) -> Result<&str, Diagnostic> {
    if is_utf_16(bytes) {
        return Err(NOT_UTF_8.spanning(0..1, "this is UTF-16", Some("save the file as UTF-8")));
    }
    str::from_utf8(bytes).map_err(|error| {
        let start = error.valid_up_to();
        let message = format!("the byte 0x{:02x} is not valid UTF-8", bytes[start]);
        let help = match bytes.contains(&0) {
            true => "pass the OpenAPI document; this is a binary file",
            false => "save the file as UTF-8",
        };
        NOT_UTF_8.spanning(start..start + 1, message, Some(help))
    })
}

/// Returns true for a text in UTF-16: one with a byte order mark, or one that begins with two ASCII characters.
pub fn is_utf_16(bytes: &[u8]) -> bool {
    let is_text = |byte: u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [0, one, 0, other, ..] | [one, 0, other, 0, ..] => is_text(*one) && is_text(*other),
        _ => false,
    }
}

pub static BYTE_ORDER_MARK: Rule = rule!("byte-order-mark");

/// Reports a byte order mark at the start of a text.
pub fn byte_order_mark(tree: &Tree) -> Option<DiagnosticBuilder<'_>> {
    let mark = '\u{feff}';
    tree.text().starts_with(mark).then(|| {
        BYTE_ORDER_MARK
            .at(tree.root(), "the file begins with a byte order mark")
            .spanning(0..mark.len_utf8())
            .help("save it as UTF-8 without the mark")
    })
}

pub static EMPTY_DOCUMENT: Rule = rule!("empty-document");

/// Reports a text that contains no document.
fn empty(text: &str) -> Diagnostic {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    let start = text.find(first).unwrap_or_default();
    let end = (start + first.len()).max(text.len().min(1));
    EMPTY_DOCUMENT.spanning(start..end, "the document is empty", None)
}

pub static TOO_DEEP: Rule = rule!("too-deep");
pub static ENDLESS_ALIAS: Rule = rule!("endless-alias");

/// Reports the error that prevents a text from being parsed.
fn unparsable(text: &str, ParseError { kind, span }: ParseError) -> Diagnostic {
    const MOVE: &str = "move the inner part to `components`, and refer to it with `$ref`";
    let (rule, message, help) = match kind {
        ParseErrorKind::Syntax { reason, after } => {
            return syntax::explain(text, &reason, span.start, after);
        }
        ParseErrorKind::ForbiddenCharacter(char) => return forbidden_character(char, span),
        ParseErrorKind::Depth => {
            let message =
                format!("objects and arrays are nested more than {MAX_DEPTH} levels deep");
            (&TOO_DEEP, message, MOVE)
        }
        ParseErrorKind::Cycle => {
            (&ENDLESS_ALIAS, "this alias refers to a node that contains it".to_owned(), MOVE)
        }
        ParseErrorKind::Expansion => {
            let message =
                format!("aliases expand the document to more than {MAX_EXPANSION} times its size");
            (&ENDLESS_ALIAS, message, "write components, and refer to them with `$ref`")
        }
    };
    rule.spanning(span, message, Some(help))
}

fn forbidden_character(char: char, span: Range<usize>) -> Diagnostic {
    let number = format!("U+{:04X}", u32::from(char));
    let separator = match char {
        '\u{85}' => "NEXT LINE",
        '\u{2028}' => "LINE SEPARATOR",
        '\u{2029}' => "PARAGRAPH SEPARATOR",
        _ => {
            let message = format!("the control character {number} is not allowed in YAML");
            return SYNTAX.spanning(span, message, Some("remove it"));
        }
    };
    let message =
        format!("only some YAML parsers end a line at the character {number} {separator}");
    SYNTAX.spanning(span, message, Some("write a line break or a space"))
}
