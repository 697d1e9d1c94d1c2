//! The template of a path.

/// What is wrong with a path.
pub(super) struct TemplateError<'p> {
    /// The part that is wrong.
    pub(super) part: &'p str,
    /// Why.
    pub(super) reason: &'static str,
    /// How to mend it.
    pub(super) remedy: &'static str,
}

/// What stands after the path itself, from the `#` on: it is for readers, and never sent.
pub(super) fn fragment(path: &str) -> Option<&str> {
    path.find('#').map(|at| &path[at..])
}

/// The placeholders of a path such as `/orders/{id}`, in their order.
pub(super) fn placeholders(path: &str) -> Result<Vec<&str>, TemplateError<'_>> {
    let mut placeholders = Vec::new();
    let mut rest = path;
    while let Some(at) = rest.find(['{', '}']) {
        let (name, after) = placeholder(&rest[at..])?;
        placeholders.push(name);
        rest = after;
    }
    if path.contains("//") {
        return flaw(
            "//",
            "the generator writes one slash for two",
            "write one slash, as it is sent",
        );
    }
    let sent = &path[..path.len() - fragment(path).map_or(0, str::len)];
    if let Some(at) = sent.find('?') {
        return flaw(
            &path[at..],
            "a path has no query",
            "declare a parameter with `in: query` for each name that follows `?`",
        );
    }
    if let Some(dots) = dot_segment(sent) {
        return flaw(
            dots,
            "a segment of dots leads to another path",
            "write the path to which it leads",
        );
    }
    match fragment(path).filter(|fragment| fragment.contains('{')) {
        Some(fragment) => flaw(fragment, "what follows `#` is never sent", "leave it out"),
        None => Ok(placeholders),
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

/// The placeholder with which a text begins, and what follows it.
fn placeholder(text: &str) -> Result<(&str, &str), TemplateError<'_>> {
    if text.starts_with('}') {
        return flaw("}", "`}` closes nothing", "remove it, or open the placeholder with `{`");
    }
    let Some(end) = text.find('}') else {
        return flaw(text, "`{` is not closed", "close the placeholder with `}`");
    };
    let (name, whole) = (&text[1..end], &text[..=end]);
    if name.is_empty() {
        return flaw(whole, "the placeholder has no name", "name the parameter that stands there");
    }
    if name.contains(['{', '/']) {
        return flaw(
            whole,
            "a placeholder cannot contain `{` or `/`",
            "write the name of one parameter in braces",
        );
    }
    Ok((name, &text[end + 1..]))
}

fn flaw<'p, T>(
    part: &'p str,
    reason: &'static str,
    remedy: &'static str,
) -> Result<T, TemplateError<'p>> {
    Err(TemplateError { part, reason, remedy })
}

/// The path without the names of its placeholders: equal for paths that match the same addresses.
pub(super) fn shape(path: &str, placeholders: &[&str]) -> String {
    placeholders
        .iter()
        .fold(path.to_owned(), |shape, name| shape.replacen(&format!("{{{name}}}"), "{}", 1))
}
