//! Renders a report as JSON.

use diff::Report;
use serde_json::json;

pub(super) fn render(report: &Report) -> String {
    serde_json::to_string_pretty(report).expect("text and numbers are JSON") + "\n"
}

pub(super) fn not_compared(reason: &str) -> String {
    let value = json!({ "status": "not-compared", "reason": reason });
    serde_json::to_string_pretty(&value).expect("text is JSON") + "\n"
}
