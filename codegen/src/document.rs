//! Reading the document.

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::unwinding;

/// Parses the YAML (or JSON) text of an OpenAPI 3.0 document.
pub(crate) fn parse(text: &str) -> Result<OpenAPI, String> {
    read(|| serde_yaml::from_str(without_bom(text)).map_err(|error| error.to_string()))
}

/// Takes the value of an OpenAPI 3.0 document.
pub(crate) fn of(value: Value) -> Result<OpenAPI, String> {
    read(|| serde_json::from_value(value).map_err(|error| error.to_string()))
}

// openapiv3 panics where a schema is read once with success and once without, as at `minimum: .inf`.
fn read(document: impl FnOnce() -> Result<OpenAPI, String>) -> Result<OpenAPI, String> {
    unwinding::caught(document)?
}

/// Editors of some systems put a byte order mark before the text, which says nothing in UTF-8.
pub(crate) fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
