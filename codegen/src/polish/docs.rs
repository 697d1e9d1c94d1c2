//! Documentation: one attribute per line, as `///` is written, and no annotations.

use document::printable::is_bidi_control;
use proc_macro2::Span;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta, MetaNameValue};
use textwrap::{Options, WordSplitter};

use crate::{annotation::Annotation, markdown};

/// The length of a line of documentation without its slashes, so that one of a member ends at column 120.
const WIDTH: usize = 112;

/// Takes the documentation out of an item's attributes: its text, and what lowering said.
pub(super) fn take(attributes: &mut Vec<Attribute>) -> (String, Annotation) {
    let lines: Vec<String> = attributes.iter().filter_map(line).collect();
    attributes.retain(|attribute| line(attribute).is_none());
    Annotation::split(&lines.join("\n"))
}

/// Puts a documentation in front of an item's attributes.
pub(super) fn put(attributes: &mut Vec<Attribute>, text: &str) {
    let mut lines = lines(&printable(text));
    end_summary(&mut lines);
    attributes.splice(0..0, lines.iter().map(|line| attribute(line)));
}

/// The lines of a text in which paragraphs are wrapped, and code is as it was.
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

/// The marks that open a block of code, be it in a list or a quote.
fn opening_fence(line: &str) -> Option<&str> {
    let is_prefix = |sign: char| sign.is_ascii_digit() || " >-*+.)".contains(sign);
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

/// Ends the first paragraph as a sentence: an operation's summary and a document's title have no period, and
/// rustdoc shows them beside paragraphs that do.
fn end_summary(lines: &mut [String]) {
    let ends = |line: &String| line.is_empty() || opening_fence(line).is_some();
    let summary = lines.split_mut(ends).next();
    let last = summary.and_then(<[String]>::last_mut).filter(|line| !line.starts_with(['-', '#']));
    if let Some(last) = last.filter(|line| line.ends_with(char::is_alphanumeric)) {
        last.push('.');
    }
}

/// A text that can stand in a comment: Rust refuses a lone `\r` there, and signs that turn the direction of
/// what follows.
fn printable(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace(is_bidi_control, "")
}

/// A paragraph or list item of Markdown in lines that a diff shows whole.
fn wrapped(line: &str) -> Vec<String> {
    let line = line.trim_end();
    let item = line.trim_start();
    // A row of a table and a heading are one line each.
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

/// Whether a line begins something else than a further line of its paragraph, such as an item of a list.
fn begins_block(line: &str) -> bool {
    // A list that begins within a paragraph begins with 1.
    let is_first_item = line.starts_with("1.") || line.starts_with("1)");
    is_first_item
        || line.starts_with(['-', '+', '*', '#', '>', '|', '=', '~'])
        || line.starts_with("```")
}

/// `#[doc = " line"]`, built rather than parsed, as there are many.
fn attribute(line: &str) -> Attribute {
    let line = if line.is_empty() { String::new() } else { format!(" {line}") };
    let text = ExprLit { attrs: Vec::new(), lit: Lit::Str(LitStr::new(&line, Span::call_site())) };
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

/// Puts a documentation in front of an item's attributes; the item's name if the document has no words.
pub(super) fn put_or_name(attributes: &mut Vec<Attribute>, text: &str, name: &str) {
    match text.trim() {
        "" => put(attributes, &format!("{}.", markdown::code(name))),
        text => put(attributes, text),
    }
}

fn line(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(without_space(text.value())),
            _ => None,
        },
        _ => None,
    }
}

/// `/// line` has a space before its text; a description put into one attribute has not.
fn without_space(text: String) -> String {
    match text.strip_prefix(' ') {
        Some(line) if !text.contains('\n') => line.to_owned(),
        _ => text,
    }
}
