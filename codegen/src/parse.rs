//! Reading the document as progenitor takes it.

use document::text::without_bom;
use openapiv3::OpenAPI;

/// Parses the YAML (or JSON) text of an OpenAPI 3.0 document.
///
/// openapiv3 panics where a schema is read once with success and once without, as at `minimum: .inf`.
pub(crate) fn document(text: &str) -> Result<OpenAPI, String> {
    serde_yaml::from_str(without_bom(text)).map_err(|error| error.to_string())
}
