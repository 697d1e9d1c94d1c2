//! Detects the conflict markers of a failed git merge.

use std::ops::Range;

/// The message of a diagnostic at a conflict marker.
pub const MESSAGE: &str = "unresolved merge conflict";

/// The help of a diagnostic at a conflict marker.
pub const HELP: &str = "keep one of the versions, and remove the conflict markers";

/// Returns the span of the first conflict marker, without the name of the branch.
///
/// ```
/// # use document::conflicts;
/// let text = "title: Orders\n<<<<<<< HEAD\nversion: 1\n=======\nversion: 2\n>>>>>>> topic\n";
/// assert_eq!(conflicts::first(text), Some(14..21));
/// assert_eq!(conflicts::first("Orders\n=======\n"), None);
/// ```
#[must_use]
pub fn first(text: &str) -> Option<Range<usize>> {
    let mut lines = text.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some((*end - line.len(), line))
    });
    lines.find(|(_, line)| is_marker(line)).map(|(start, _)| start..start + MARKERS[0].len())
}

/// The markers around the versions. The marker between them, `=======`, may also underline a heading.
const MARKERS: [&str; 2] = ["<<<<<<<", ">>>>>>>"];

fn is_marker(line: &str) -> bool {
    let rest = MARKERS.iter().find_map(|marker| line.strip_prefix(marker));
    rest.is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with(' '))
}
