//! Renders a diagnostic as a JSON object on one line.

use document::Diagnostic;
use serde::Serialize;

use super::Source;

#[derive(Serialize)]
struct Line<'d> {
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

pub(super) fn render(source: &Source<'_>, diagnostic: &Diagnostic) -> String {
    let (start, end) = source.positions(&diagnostic.span);
    let line = Line {
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
    };
    serde_json::to_string(&line).expect("text and numbers are JSON") + "\n"
}
