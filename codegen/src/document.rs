//! Reading the document.

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::conform::exact;

/// Parses the YAML (or JSON) text of an OpenAPI 3.0 document.
///
/// openapiv3 panics where a schema is read once with success and once without, as at `minimum: .inf`.
pub(crate) fn parse(text: &str) -> Result<OpenAPI, String> {
    serde_yaml::from_str(without_bom(text)).map_err(|error| error.to_string())
}

/// Parses the same text into a value that has the [digits](exact) of its numbers.
pub(crate) fn exact(text: &str) -> Result<Value, String> {
    exact::yaml(without_bom(text)).map_err(|error| error.to_string())
}

/// Editors of some systems put a byte order mark before the text, which says nothing in UTF-8.
pub(crate) fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
