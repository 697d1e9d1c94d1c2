//! Templates of paths.

/// An error in the template of a path.
pub(super) struct TemplateError<'p> {
    /// The invalid part.
    pub(super) part: &'p str,
    /// The reason why it is invalid.
    pub(super) reason: &'static str,
    /// The fix.
    pub(super) help: &'static str,
}

/// Returns the part of a path from `#` on, which is never sent.
pub(super) fn fragment(path: &str) -> Option<&str> {
    path.find('#').map(|at| &path[at..])
}

/// Returns the placeholders of a path such as `/orders/{id}`, in their order.
pub(super) fn placeholders(path: &str) -> Result<Vec<&str>, TemplateError<'_>> {
    let mut placeholders = Vec::new();
    let mut rest = path;
    while let Some(at) = rest.find(['{', '}']) {
        let (name, after) = placeholder(&rest[at..])?;
        placeholders.push(name);
        rest = after;
    }
    if path.contains("//") {
        return error("//", "the generator replaces two slashes with one", "write one slash");
    }
    let fragment = fragment(path).unwrap_or_default();
    let sent = &path[..path.len() - fragment.len()];
    if let Some(at) = sent.find('?') {
        let help = "declare a parameter with `in: query` for each name after `?`";
        return error(&path[at..], "a path cannot contain a query", help);
    }
    if let Some(dots) = dot_segment(sent) {
        let reason = "a segment of dots leads to another path";
        return error(dots, reason, "write the path that it leads to");
    }
    match fragment.contains('{') {
        true => error(fragment, "the part after `#` is never sent", "remove it"),
        false => Ok(placeholders),
    }
}

/// Finds a segment `.` or `..`, encoded or not, with its slash.
fn dot_segment(path: &str) -> Option<&str> {
    let from_slashes = path.match_indices('/').map(|(at, _)| &path[at..]);
    let mut segments = from_slashes.map(|rest| {
        let end = rest[1..].find('/').map_or(rest.len(), |at| at + 1);
        &rest[..end]
    });
    segments.find(|segment| {
        matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "/." | "/..")
    })
}

/// Returns the placeholder at the start of a text, and the rest of the text.
fn placeholder(text: &str) -> Result<(&str, &str), TemplateError<'_>> {
    if text.starts_with('}') {
        return error("}", "`}` closes nothing", "remove it, or open the placeholder with `{`");
    }
    let Some(end) = text.find('}') else {
        return error(text, "`{` is not closed", "close the placeholder with `}`");
    };
    let (name, whole) = (&text[1..end], &text[..=end]);
    let reason = match name {
        "" => "the placeholder has no name",
        name if name.contains(['{', '/']) => "a placeholder cannot contain `{` or `/`",
        name => return Ok((name, &text[end + 1..])),
    };
    error(whole, reason, "write the name of one parameter between the braces")
}

fn error<'p, T>(
    part: &'p str,
    reason: &'static str,
    help: &'static str,
) -> Result<T, TemplateError<'p>> {
    Err(TemplateError { part, reason, help })
}

/// Returns a path without the names of its placeholders, which is equal for paths that match the same URLs.
pub(super) fn shape(path: &str, placeholders: &[&str]) -> String {
    placeholders
        .iter()
        .fold(path.to_owned(), |shape, name| shape.replacen(&format!("{{{name}}}"), "{}", 1))
}
