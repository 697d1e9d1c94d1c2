//! Quotes paths in commands that the user can copy.

use std::path::Path;

/// Returns an option with a path as its value, quoted for the shell. Returns `None` if the path is not Unicode and so
/// cannot be printed.
pub(crate) fn option(name: &str, path: &Path) -> Option<String> {
    let path = path.to_str()?;
    // Without the equals sign, a path that begins with a dash would be read as another option.
    let separator = if path.starts_with('-') { '=' } else { ' ' };
    Some(format!(" --{name}{separator}{}", quoted(path)?))
}

#[cfg(not(windows))]
fn quoted(path: &str) -> Option<String> {
    shlex::try_quote(path).ok().map(Into::into)
}

/// Quotes a path in a form that both `cmd` and PowerShell accept.
#[cfg(windows)]
fn quoted(path: &str) -> Option<String> {
    let is_plain = |character: char| character.is_alphanumeric() || r"\/:._-~".contains(character);
    Some(match !path.is_empty() && path.chars().all(is_plain) {
        true => path.to_owned(),
        false => format!("\"{path}\""),
    })
}
