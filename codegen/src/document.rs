//! Reading the document.

use openapiv3::OpenAPI;

use crate::Problem;

/// Parses the YAML (or JSON) text of an OpenAPI 3.0 document.
pub(crate) fn parse(text: &str) -> Result<OpenAPI, Vec<Problem>> {
    serde_yaml::from_str(without_bom(text)).map_err(|error| vec![problem(&error)])
}

/// Editors of some systems put a byte order mark before the text, which says nothing in UTF-8.
pub(crate) fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn problem(error: &serde_yaml::Error) -> Problem {
    let Some(location) = error.location() else {
        return Problem::new("document", format!("{error}; correct it to OpenAPI 3.0"));
    };
    let (line, column) = (location.line(), location.column());
    let message = error.to_string().replace(&format!(" at line {line} column {column}"), "");
    Problem::new(format!("{line}:{column}"), format!("{message}; correct it to OpenAPI 3.0"))
}
