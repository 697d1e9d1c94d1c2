//! Renders a diagnostic as a workflow command that annotates a line.
//!
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>

use document::Diagnostic;

use super::Source;

pub(super) fn render(source: &Source<'_>, diagnostic: &Diagnostic) -> String {
    let (start, end) = source.positions(&diagnostic.span);
    let help = diagnostic.help.iter().map(|help| format!("\nhelp: {help}"));
    let message = diagnostic.message.clone() + &help.collect::<String>();
    format!(
        "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
        diagnostic.severity.name(),
        property(source.name),
        start.line,
        start.column,
        end.line,
        end.column,
        property(diagnostic.rule),
        escaped(&message),
    )
}

/// Escapes a property of a workflow command.
pub(crate) fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

/// Escapes the message of a workflow command.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
