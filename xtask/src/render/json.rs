//! Renders a diagnostic as a JSON object on one line.

use document::Diagnostic;
use serde::Serialize;

use super::Source;

/// A diagnostic as a JSON object.
#[derive(Serialize)]
pub(super) struct Line<'d> {
    rule: &'d str,
    severity: &'d str,
    message: &'d str,
    help: Option<&'d str>,
    file: &'d str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    pointer: &'d str,
}

/// A diagnostic with additional members.
#[derive(Serialize)]
pub(super) struct Extended<'d, M> {
    #[serde(flatten)]
    pub(super) line: Line<'d>,
    #[serde(flatten)]
    pub(super) more: M,
}

pub(super) fn render(line: &impl Serialize) -> String {
    serde_json::to_string(line).expect("text and numbers are JSON") + "\n"
}

pub(super) fn line<'d>(source: &'d Source<'_>, diagnostic: &'d Diagnostic) -> Line<'d> {
    let (start, end) = source.positions(&diagnostic.span);
    Line {
        rule: diagnostic.rule,
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        file: source.name,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        pointer: &diagnostic.pointer,
    }
}
