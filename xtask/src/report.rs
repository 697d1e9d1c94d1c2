//! Renders the report on what an edit breaks, or the reason why there is no report.

mod github;
mod json;
mod markdown;
mod text;

use diff::{Report, Status};

use crate::render::Color;

/// The format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Human-readable text.
    Text(Color),
    /// A self-contained Markdown page.
    Markdown,
    /// One JSON object.
    Json,
    /// GitHub workflow annotations.
    Github,
}

/// Renders a report.
#[must_use]
pub fn compared(report: &Report, format: Format) -> String {
    match format {
        Format::Text(color) => text::render(report, color),
        Format::Markdown => markdown::render(report),
        Format::Json => json::render(report),
        Format::Github => github::render(report),
    }
}

/// Renders the reason why two states could not be compared, so that it cannot be mistaken for a report. As text, it is
/// empty, because the command prints the reason as an error.
#[must_use]
pub fn not_compared(reason: &str, format: Format) -> String {
    match format {
        Format::Text(_) => String::new(),
        Format::Markdown => markdown::not_compared(reason),
        Format::Json => json::not_compared(reason),
        Format::Github => github::not_compared(reason),
    }
}

/// Returns the outcome as a sentence without a period.
#[must_use]
pub fn outcome(report: &Report) -> &'static str {
    match report.status {
        Status::Compatible => "nothing breaks",
        Status::Declared => "breaking, and declared",
        Status::Breaking if report.changes.iter().any(diff::Change::is_undeclared_break) => {
            "breaking, and not declared"
        }
        Status::Breaking => "a declared break is wrong",
    }
}

/// Returns a sentence, without a period, that says whether the version in the manifest can ship the changes.
fn version(report: &Report) -> String {
    let bump = &report.version;
    let manifest = &bump.manifest;
    match (&bump.released, &bump.suggested) {
        (Some(released), Some(suggested)) if released == suggested => {
            format!("no version bump is needed after {released}; Cargo.toml has {manifest}")
        }
        (Some(released), Some(suggested)) => {
            let state = if bump.is_sufficient { "enough" } else { "too low" };
            format!(
                "the version after {released} must be at least {suggested}; Cargo.toml has {manifest}, which is {state}"
            )
        }
        _ => format!("{manifest} is not released yet and can ship any change"),
    }
}
