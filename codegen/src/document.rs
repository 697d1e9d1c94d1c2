//! Reading the document.

use openapiv3::OpenAPI;

use crate::Problem;

/// Parses the YAML (or JSON) text of an OpenAPI 3.0 document.
pub(crate) fn parse(text: &str) -> Result<OpenAPI, Vec<Problem>> {
    serde_yaml::from_str(text).map_err(|error| vec![problem(&error)])
}

fn problem(error: &serde_yaml::Error) -> Problem {
    let at = match error.location() {
        Some(location) => format!("{}:{}", location.line(), location.column()),
        None => "document".to_owned(),
    };
    Problem::new(at, format!("{error}; correct it to OpenAPI 3.0"))
}
