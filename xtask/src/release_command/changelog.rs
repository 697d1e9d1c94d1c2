//! Reads the sections of the changelog.

use semver::Version;

/// The name of the changelog.
pub(super) const CHANGELOG: &str = "CHANGELOG.md";

/// The sections of the changelog, in the order of the file.
pub(super) struct Changelog<'t> {
    pub(super) sections: Vec<Section<'t>>,
}

/// A second-level heading and the text below it.
pub(super) struct Section<'t> {
    /// The line of the heading, counted from 1.
    pub(super) line: usize,
    pub(super) heading: Heading,
    /// The text up to the next section, without leading and trailing blank lines.
    pub(super) body: &'t str,
}

pub(super) enum Heading {
    /// Changes that are not released yet.
    Unreleased,
    /// The changes of a version.
    Version(Version),
    /// Any other heading.
    Malformed,
}

impl<'t> Changelog<'t> {
    pub(super) fn parse(text: &'t str) -> Self {
        let headings = headings(text);
        let ends = headings.iter().skip(1).map(|heading| heading.start).chain([text.len()]);
        let sections = headings.iter().zip(ends).map(|(heading, end)| Section {
            line: heading.line,
            heading: Heading::parse(heading.title),
            body: text[heading.end..end].trim(),
        });
        Self { sections: sections.collect() }
    }

    /// Returns the section of a version.
    pub(super) fn section(&self, version: &Version) -> Option<&Section<'t>> {
        self.sections
            .iter()
            .find(|section| matches!(&section.heading, Heading::Version(found) if found == version))
    }
}

/// A line that begins a section.
struct Line<'t> {
    line: usize,
    start: usize,
    end: usize,
    title: &'t str,
}

/// Returns the second-level headings. In a code block, `## ` does not begin a heading.
fn headings(text: &str) -> Vec<Line<'_>> {
    let (mut start, mut in_code) = (0, false);
    let mut headings = Vec::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let end = start + line.len();
        in_code ^= line.trim_start().starts_with("```");
        if let Some(title) = line.strip_prefix("## ").filter(|_| !in_code) {
            headings.push(Line { line: index + 1, start, end, title: title.trim() });
        }
        start = end;
    }
    headings
}

impl Heading {
    fn parse(title: &str) -> Self {
        let title = title.strip_suffix(" [YANKED]").unwrap_or(title);
        let (name, date) = title.split_once(" - ").unwrap_or((title, ""));
        // A name in brackets is a link to the changes.
        let name = name.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(name);
        match Version::parse(name) {
            _ if name == "Unreleased" && date.is_empty() => Self::Unreleased,
            Ok(version) if is_date(date) => Self::Version(version),
            _ => Self::Malformed,
        }
    }
}

/// Returns true if the text is a date in the form YYYY-MM-DD.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |part: &str, length| {
        let is_number = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u16>().ok().filter(|_| is_number)
    };
    number(year, 4).is_some()
        && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
        && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
}
