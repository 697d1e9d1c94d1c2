//! Explains errors in the TOML files of the evidence.

use document::spelling::nearest;
use toml::de::{DeTable, Error};

/// Returns a message and a help text. `form` is the help text for valid TOML that does not have the expected form.
pub(crate) fn explain(text: &str, error: &Error, form: &str) -> (String, String) {
    let message = error.message().lines().next().unwrap_or_default().to_owned();
    let help = match DeTable::parse(text) {
        Err(_) => "correct its TOML".to_owned(),
        Ok(_) => misspelling(&message).map_or(form.to_owned(), |meant| format!("write `{meant}`")),
    };
    (message, help)
}

/// Suggests a field name for an unknown one, both taken from the parser's message.
fn misspelling(message: &str) -> Option<&str> {
    let names = message.strip_prefix("unknown field ")?;
    let mut names = names.split('`').skip(1).step_by(2);
    nearest(names.next()?, names)
}
