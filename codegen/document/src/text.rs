//! Rules about the text as a whole, and what keeps it from being read.

use crate::{
    diagnostic::Diagnostic,
    rule::{DiagnosticBuilder, Rule, rule},
    syntax,
    tree::{MAX_DEPTH, ParseError, ParseErrorKind, Tree},
};

/// A text is in UTF-8.
pub static NOT_UTF_8: Rule = rule!("not-utf-8");

/// The text of a file.
pub(super) fn decoded(bytes: &[u8]) -> Result<&str, Diagnostic> {
    str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let is_utf_16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        let message = match is_utf_16 {
            true => "this is UTF-16".to_owned(),
            false => format!("the byte 0x{:02x} is not UTF-8", bytes[at]),
        };
        let help = match bytes.contains(&0) && !is_utf_16 {
            true => "give the OpenAPI document: this file is not text",
            false => "save the file in UTF-8",
        };
        NOT_UTF_8.spanning(at..at + 1, message, Some(help))
    })
}

/// A text begins without a byte order mark.
pub static BYTE_ORDER_MARK: Rule = rule!("byte-order-mark");

/// Returns a diagnostic if a text begins with a byte order mark.
#[must_use]
pub fn byte_order_mark(tree: &Tree) -> Option<DiagnosticBuilder<'_>> {
    let mark = '\u{feff}';
    tree.text().starts_with(mark).then(|| {
        BYTE_ORDER_MARK
            .at(tree.root(), "the file begins with a byte order mark")
            .spanning(0..mark.len_utf8())
            .help("save it in UTF-8 without the mark")
    })
}

/// A document has content.
pub static EMPTY_DOCUMENT: Rule = rule!("empty-document");

/// What is wrong with a text that has no document.
pub(super) fn empty(text: &str) -> Diagnostic {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    let start = text.find(first).unwrap_or_default();
    let end = (start + first.len()).max(text.len().min(1));
    EMPTY_DOCUMENT.spanning(start..end, "the document is empty", None)
}

/// Collections are nested at most `MAX_DEPTH` deep.
pub static TOO_DEEP: Rule = rule!("too-deep");

/// Aliases end.
pub static ENDLESS_ALIAS: Rule = rule!("endless-alias");

/// What keeps a text from being read.
pub(super) fn unreadable(text: &str, broken: ParseError) -> Diagnostic {
    let ParseError { flaw, span } = broken;
    match flaw {
        ParseErrorKind::Syntax { reason, after } => {
            syntax::explained(text, &reason, span.start, after)
        }
        ParseErrorKind::ControlCharacter(sign) => {
            let number = format!("U+{:04X}", u32::from(sign));
            let separator = match sign {
                '\u{85}' => Some("NEXT LINE"),
                '\u{2028}' => Some("LINE SEPARATOR"),
                '\u{2029}' => Some("PARAGRAPH SEPARATOR"),
                _ => None,
            };
            let (message, help) = match separator {
                Some(name) => (
                    format!(
                        "the character {number} {name} ends a line for some readers of YAML only"
                    ),
                    "write a line break or a space",
                ),
                None => (format!("the control character {number} stands in the text"), "remove it"),
            };
            syntax::SYNTAX.spanning(span, message, Some(help))
        }
        ParseErrorKind::Depth => {
            let message =
                format!("objects and arrays lie in each other more than {MAX_DEPTH} deep");
            let help = "give the inner part a name below `components`, and refer to it by `$ref`";
            TOO_DEEP.spanning(span, message, Some(help))
        }
        ParseErrorKind::Cycle => {
            let message = "an alias stands in what it repeats";
            let help = "make that part a component and refer to it by `$ref`";
            ENDLESS_ALIAS.spanning(span, message, Some(help))
        }
        ParseErrorKind::Expansion => {
            let message = "aliases multiply the document beyond measure";
            let help = "write components and refer to them by `$ref`";
            ENDLESS_ALIAS.spanning(span, message, Some(help))
        }
    }
}
