//! Rewrites code blocks: each gets opening and closing fences, and a language other than Rust.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use super::Edit;

/// The language of a block that does not specify one.
const TEXT: &str = "text";

/// A code block, as far as the parser has read it.
pub(super) struct Block<'t> {
    text: &'t str,
    is_fenced: bool,
    /// The bytes of the block, including its fences.
    range: Range<usize>,
    /// The bytes between the fences.
    inner: Option<Range<usize>>,
    code: String,
}

impl<'t> Block<'t> {
    pub(super) fn new(text: &'t str, kind: CodeBlockKind<'_>, range: Range<usize>) -> Self {
        let is_fenced = kind.is_fenced();
        Self { text, is_fenced, range, inner: None, code: String::new() }
    }

    pub(super) fn push(&mut self, code: &str, range: &Range<usize>) {
        let start = self.inner.as_ref().map_or(range.start, |inner| inner.start);
        self.inner = Some(start..range.end);
        self.code.push_str(code);
    }

    pub(super) fn into_edits(self) -> Vec<Edit> {
        match self.is_fenced {
            true => self.fenced(),
            false => self.indented().into_iter().collect(),
        }
    }

    /// Sets the language of a fenced block, and closes it if needed.
    fn fenced(self) -> Vec<Edit> {
        let block = &self.text[self.range.clone()];
        let Some(fence) = fence(block) else { return Vec::new() };
        let fence = self.range.start + fence.start..self.range.start + fence.end;
        let line_end =
            self.text[fence.end..].find('\n').map_or(self.text.len(), |at| fence.end + at);
        let info = &self.text[fence.end..line_end];
        let language = language(info);
        let mut edits = Vec::new();
        if info != language {
            edits.push((fence.end..line_end, language.to_owned()));
        }
        let marks = &self.text[fence.clone()];
        if !is_closed(block, marks) {
            let prefix = continued(self.line_before(fence.start));
            let newline = if block.ends_with('\n') { "" } else { "\n" };
            let end = self.range.end;
            edits.push((end..end, format!("{newline}{prefix}{marks}\n")));
        }
        edits
    }

    /// Turns an indented block into a fenced one.
    fn indented(self) -> Option<Edit> {
        const INDENTATION: usize = 4;
        let inner = self.inner.clone()?;
        let before = self.line_before(inner.start);
        let prefix = continued(&before[..before.len().checked_sub(INDENTATION)?]);
        let longest =
            self.code.split(|character| character != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(longest.max(2) + 1);
        let lines = self.code.trim_end().lines().map(|line| format!("{prefix}{line}"));
        let lines = lines.map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n");
        let newline = if self.code.ends_with('\n') { "\n" } else { "" };
        let block = format!("{fence}{TEXT}\n{lines}\n{prefix}{fence}{newline}");
        Some((inner.start - INDENTATION..inner.end, block))
    }

    /// Returns the part of the line before a byte offset.
    fn line_before(&self, at: usize) -> &'t str {
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        &self.text[start..at]
    }
}

/// Returns the prefix that continues the quotes and lists of a prefix on the next line.
fn continued(prefix: &str) -> String {
    prefix.chars().map(|character| if character == '>' { '>' } else { ' ' }).collect()
}

/// Returns the range of the fence at the beginning of a block.
fn fence(block: &str) -> Option<Range<usize>> {
    let start = block.find(['`', '~'])?;
    let mark = &block[start..=start];
    let length = block[start..].len() - block[start..].trim_start_matches(mark).len();
    Some(start..start + length)
}

fn is_closed(block: &str, marks: &str) -> bool {
    let last = block.trim_end().lines().skip(1).last().unwrap_or_default();
    let last = last.trim_start_matches([' ', '>']);
    last.starts_with(marks) && last.trim_start_matches(&marks[..1]).is_empty()
}

/// Returns the language of a fence, or `text` if there is none, or if rustdoc would compile the code or warn about it.
fn language(info: &str) -> &str {
    let word = info.trim().split([' ', ',', '\t']).next().unwrap_or_default();
    let is_name =
        |character: char| character.is_ascii_alphanumeric() || "+-_.#".contains(character);
    match word.is_empty() || !word.chars().all(is_name) || is_of_rustdoc(word) {
        true => TEXT,
        false => word,
    }
}

/// Returns true if rustdoc reads a word as an attribute of Rust code, or as a misspelled attribute.
fn is_of_rustdoc(word: &str) -> bool {
    const STARTS: [&str; 9] = [
        "rust",
        "ignore",
        "edition",
        "norun",
        "shouldpanic",
        "compilefail",
        "testharness",
        "standalone",
        "allowfail",
    ];
    let word = word.to_lowercase().replace(['-', '_'], "");
    let error = word.strip_prefix('e').unwrap_or_default();
    let is_error = !error.is_empty() && error.bytes().all(|byte| byte.is_ascii_digit());
    is_error || word == "rs" || word == "custom" || STARTS.iter().any(|it| word.starts_with(it))
}
