//! Reading the document as progenitor takes it.

use openapiv3::OpenAPI;

/// Parses the YAML (or JSON) text of an OpenAPI 3.0 document.
///
/// openapiv3 panics where a schema is read once with success and once without, as at `minimum: .inf`.
pub(crate) fn document(text: &str) -> Result<OpenAPI, String> {
    serde_yaml::from_str(without_bom(text)).map_err(|error| error.to_string())
}

/// Removes the byte order mark that editors of some systems put before a text, and that says nothing in UTF-8.
pub(crate) fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
