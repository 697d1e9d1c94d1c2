//! Paths in commands that the user can copy.

use std::path::Path;

/// An option with a path as its value, as an argument of a command; nothing if the path is not Unicode, for no
/// text stands for it.
pub(crate) fn option(name: &str, path: &Path) -> Option<String> {
    let path = path.to_str()?;
    // Without the sign a path with a dash at its beginning would be another option.
    let separator = if path.starts_with('-') { '=' } else { ' ' };
    Some(format!(" --{name}{separator}{}", quoted(path)?))
}

#[cfg(not(windows))]
fn quoted(path: &str) -> Option<String> {
    shlex::try_quote(path).ok().map(Into::into)
}

/// In the form that both `cmd` and PowerShell read.
#[cfg(windows)]
fn quoted(path: &str) -> Option<String> {
    let is_plain = |sign: char| sign.is_alphanumeric() || r"\/:._-~".contains(sign);
    Some(match !path.is_empty() && path.chars().all(is_plain) {
        true => path.to_owned(),
        false => format!("\"{path}\""),
    })
}
