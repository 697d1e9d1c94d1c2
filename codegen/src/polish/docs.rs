//! Writes documentation: wraps it into lines, and replaces the keys with descriptions.

use document::printable::is_bidi_control;
use proc_macro2::Span;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta, MetaNameValue};
use textwrap::{Options, WordSplitter};

use crate::{
    annotation::{Annotation, Annotations},
    markdown,
    print::{Comment, Comments},
};

/// The maximum length of a documentation line without its slashes, so that a member's lines end by column 120.
const WIDTH: usize = 112;

/// The documentation of the generated code.
pub(crate) struct Docs<'a> {
    annotations: &'a Annotations,
    /// The written documentation. The code contains only keys, because literals would be escaped and parsed again.
    comments: Comments,
}

impl<'a> Docs<'a> {
    pub(crate) fn new(annotations: &'a Annotations) -> Self {
        Self { annotations, comments: Comments::default() }
    }

    /// Returns the documentation that was written.
    pub(crate) fn into_comments(self) -> Comments {
        self.comments
    }

    /// Removes the documentation from an item's attributes, and returns its text and annotation.
    pub(super) fn take(&self, attributes: &mut Vec<Attribute>) -> (String, Annotation) {
        let documentation = self.read(attributes);
        attributes.retain(|attribute| literal(attribute).is_none());
        documentation
    }

    /// Returns the text and annotation of the documentation among an item's attributes.
    pub(super) fn read(&self, attributes: &[Attribute]) -> (String, Annotation) {
        let lines: Vec<String> = attributes.iter().filter_map(line).collect();
        self.annotations.resolve(&lines.join("\n"))
    }

    /// Adds documentation before an item's attributes.
    pub(super) fn put(&mut self, attributes: &mut Vec<Attribute>, text: &str) {
        self.put_below(attributes, None, text);
    }

    /// Adds documentation before an item's attributes, below a heading that is not part of the documentation.
    pub(super) fn put_below(
        &mut self,
        attributes: &mut Vec<Attribute>,
        heading: Option<&str>,
        text: &str,
    ) {
        let mut lines = lines(&printable(text));
        end_summary(&mut lines);
        if !lines.is_empty() {
            let comment = Comment { heading: heading.map(printable), lines };
            attributes.insert(0, attribute(&self.comments.add(comment)));
        }
    }

    /// Inserts a section before the section with this heading.
    pub(super) fn insert_before(&mut self, attributes: &[Attribute], heading: &str, text: &str) {
        let mut keys = attributes.iter().filter_map(line);
        let key = keys.find(|key| self.comments.get(key).is_some());
        let Some(comment) = key.and_then(|key| self.comments.get_mut(&key)) else { return };
        let written = &mut comment.lines;
        let position = written.iter().position(|line| line == heading).unwrap_or(written.len());
        let section = lines(&printable(text)).into_iter().chain([String::new()]);
        written.splice(position..position, section);
    }

    /// Adds documentation before a model's attributes, with the page of the component that contains the model's schema.
    pub(super) fn put_on_model(
        &mut self,
        attributes: &mut Vec<Attribute>,
        (text, annotation): (&str, &Annotation),
        name: &str,
    ) {
        match (text.trim(), &annotation.page) {
            ("", Some(page)) => {
                self.put(attributes, &format!("{}.\n\n{page}", markdown::code(name)));
            }
            (text, Some(page)) => self.put(attributes, &format!("{text}\n\n{page}")),
            (text, None) => self.put_or_name(attributes, text, name),
        }
    }

    /// Adds documentation before an item's attributes: the item's name if the text is empty.
    pub(super) fn put_or_name(&mut self, attributes: &mut Vec<Attribute>, text: &str, name: &str) {
        match text.trim() {
            "" => self.put(attributes, &format!("{}.", markdown::code(name))),
            text => self.put(attributes, text),
        }
    }
}

/// Splits text into lines. Wraps paragraphs, and leaves code unchanged.
fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut fence: Option<&str> = None;
    for line in text.trim().lines() {
        let is_code = fence.is_some() || opening_fence(line).is_some();
        fence = match fence {
            Some(open) => (!closes(line, open)).then_some(open),
            None => opening_fence(line),
        };
        match is_code {
            true => lines.push(line.to_owned()),
            false if line.trim().is_empty() => {
                let is_first = lines.last().is_some_and(|last| !last.is_empty());
                lines.extend(is_first.then(String::new));
            }
            false => lines.extend(wrapped(line)),
        }
    }
    lines
}

/// Changes the paragraphs and list items of a text for which `change` returns another text. Code is unchanged.
pub(super) fn paragraphs(text: &str, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let mut changed = |paragraph: &[&str]| {
        let paragraph = paragraph.join("\n");
        let indentation = &paragraph[..paragraph.len() - paragraph.trim_start().len()];
        change(&paragraph).map(|it| format!("{indentation}{it}")).unwrap_or(paragraph)
    };
    let (mut blocks, mut paragraph) = (Vec::new(), Vec::new());
    let mut fence: Option<&str> = None;
    for line in text.split('\n') {
        let opening = opening_fence(line);
        let is_code = fence.is_some() || opening.is_some();
        fence = match fence {
            Some(open) => (!closes(line, open)).then_some(open),
            None => opening,
        };
        let is_separate = is_code || line.trim().is_empty();
        if (is_separate || begins_block(line.trim_start())) && !paragraph.is_empty() {
            blocks.push(changed(&paragraph));
            paragraph.clear();
        }
        match is_separate {
            true => blocks.push(line.to_owned()),
            false => paragraph.push(line),
        }
    }
    if !paragraph.is_empty() {
        blocks.push(changed(&paragraph));
    }
    blocks.join("\n")
}

/// Returns the fence that opens a code block, even in a list or quote.
fn opening_fence(line: &str) -> Option<&str> {
    let is_prefix = |character: char| character.is_ascii_digit() || " >-*+.)".contains(character);
    let line = line.trim_start_matches(is_prefix);
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let info = line.trim_start_matches(mark);
    let fence = &line[..line.len() - info.len()];
    (fence.len() >= 3 && !info.contains('`')).then_some(fence)
}

fn closes(line: &str, fence: &str) -> bool {
    let line = line.trim_start_matches([' ', '>']).trim_end();
    line.starts_with(fence) && line.trim_start_matches(&fence[..1]).is_empty()
}

/// Ends the first paragraph with a period. Operation summaries and document titles have none, but rustdoc shows them
/// next to paragraphs that do.
fn end_summary(lines: &mut [String]) {
    let ends = |line: &String| line.is_empty() || opening_fence(line).is_some();
    let summary = lines.split_mut(ends).next();
    let last = summary.and_then(<[String]>::last_mut).filter(|line| !line.starts_with(['-', '#']));
    if let Some(last) = last.filter(|line| line.ends_with(char::is_alphanumeric)) {
        last.push('.');
    }
}

/// Makes text valid in a comment, where Rust rejects a lone `\r` and bidi control characters.
fn printable(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace(is_bidi_control, "")
}

/// Wraps a Markdown paragraph or list item.
fn wrapped(line: &str) -> Vec<String> {
    let line = line.trim_end();
    let item = line.trim_start();
    // A table row or a heading must stay on one line.
    if item.starts_with(['|', '#']) {
        return vec![line.to_owned()];
    }
    let indent = line.len() - item.len() + if item.starts_with("- ") { 2 } else { 0 };
    let indent = " ".repeat(indent);
    let options = Options::new(WIDTH)
        .subsequent_indent(&indent)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation);
    let lines = textwrap::wrap(line, options);
    match lines.iter().skip(1).any(|line| begins_block(line.trim_start())) {
        true => vec![line.to_owned()],
        false => lines.into_iter().map(String::from).collect(),
    }
}

/// Returns true if Markdown reads a wrapped line as the start of another block, such as a list item.
fn begins_block(line: &str) -> bool {
    // Only a list that begins with 1 can interrupt a paragraph.
    let is_first_item = line.starts_with("1.") || line.starts_with("1)");
    is_first_item
        || line.starts_with(['-', '+', '*', '#', '>', '|', '=', '~'])
        || line.starts_with("```")
}

/// Returns `#[doc = "text"]`. Builds it, which is faster than parsing it, because there are many.
fn attribute(text: &str) -> Attribute {
    let text = ExprLit { attrs: Vec::new(), lit: Lit::Str(LitStr::new(text, Span::call_site())) };
    let value = MetaNameValue {
        path: Ident::new("doc", Span::call_site()).into(),
        eq_token: Default::default(),
        value: Expr::Lit(text),
    };
    Attribute {
        pound_token: Default::default(),
        style: AttrStyle::Outer,
        bracket_token: Default::default(),
        meta: Meta::NameValue(value),
    }
}

fn line(attribute: &Attribute) -> Option<String> {
    literal(attribute).map(|text| without_space(text.value()))
}

fn literal(attribute: &Attribute) -> Option<&LitStr> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// Removes the space before the text in `/// line`. A description in a single attribute has none.
fn without_space(text: String) -> String {
    match text.strip_prefix(' ') {
        Some(line) if !text.contains('\n') => line.to_owned(),
        _ => text,
    }
}
