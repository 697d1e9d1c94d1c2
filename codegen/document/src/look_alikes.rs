//! Finds characters in keys, names and YAML syntax that only look like the right ones.
//!
//! The document is parsed as its author sees it: each such character is reported, and replaced with the ASCII character
//! that it looks like, so no other diagnostics follow from it.

mod names;
mod unparsable;
mod values;

use std::collections::{BTreeMap, HashMap};

use crate::{
    characters::{Look, look, named},
    diagnostic::Diagnostic,
    openapi::Document,
    page::rule,
    rule::{DiagnosticBuilder, Rule},
    span,
    tree::{Node, NodeId, ParseError, Replacement, Tree},
};

pub static LOOK_ALIKE: Rule = rule!("look-alike-character");

/// The reason why a text cannot be parsed.
pub(super) enum Unreadable {
    /// A character that looks like another, reported as a diagnostic.
    LookAlike(Diagnostic),
    Unparsable(ParseError),
}

/// Parses a text as it looks to its author.
pub(super) fn tree(text: &str) -> Result<Option<Tree>, Unreadable> {
    // A replacement can let the parser continue to the next character that needs to be replaced.
    const MAX_ROUNDS: usize = 20;
    let mut replacements = Replacements::default();
    let is_suspicious = !text.is_ascii() && text.chars().any(|it| look(it).is_some());
    for _ in 0..if is_suspicious { MAX_ROUNDS } else { 0 } {
        let found = match Tree::parse_with(text, &replacements.list()) {
            Ok(Some(tree)) => in_tree(&tree),
            Ok(None) => Vec::new(),
            Err(error) => unparsable::look_alikes(text, &replacements, &error),
        };
        if !replacements.add(text, found) {
            break;
        }
    }
    let tree = Tree::parse_with(text, &replacements.list());
    tree.map_err(|error| match replacements.first_diagnostic(text) {
        Some(diagnostic) => Unreadable::LookAlike(diagnostic),
        None => Unreadable::Unparsable(error),
    })
}

/// Reports the characters that were replaced to parse the tree.
pub fn diagnostics(tree: &Tree) -> impl Iterator<Item = DiagnosticBuilder<'_>> {
    let reported = tree.replacements().iter().filter(|replacement| replacement.is_reported);
    reported.filter_map(|replacement| {
        let (message, help) = message_and_help(tree.text(), replacement)?;
        let start = replacement.span.start;
        let contains = |node: &Node<'_>| node.scalar().is_some() && node.span().contains(&start);
        let node = tree.nodes().find(contains).unwrap_or_else(|| tree.root());
        Some(LOOK_ALIKE.at(node, message).spanning(replacement.span.clone()).help(help))
    })
}

fn message_and_help(text: &str, replacement: &Replacement) -> Option<(String, String)> {
    let character = text[replacement.span.clone()].chars().next()?;
    let name = named(character);
    let needs_space = replacement.plain.ends_with(' ');
    Some(match (look(character)?, needs_space) {
        (Look::Space, _) => (
            format!("the character {name} is not an ordinary space"),
            "write an ordinary space, or remove it".to_owned(),
        ),
        (Look::Invisible, true) => (
            format!("the character {name} is invisible"),
            "write an ordinary space instead".to_owned(),
        ),
        (Look::Invisible, false) => {
            (format!("the character {name} is invisible"), "remove it".to_owned())
        }
        (Look::Like(plain), _) => {
            let space = if needs_space { " and a space" } else { "" };
            (
                format!("the character {name} only looks like `{plain}`"),
                format!("write the ASCII character `{plain}`{space}"),
            )
        }
    })
}

/// The characters to replace, by their offsets.
#[derive(Clone, Default)]
struct Replacements(BTreeMap<usize, Replacement>);

impl Replacements {
    fn list(&self) -> Vec<Replacement> {
        self.0.values().cloned().collect()
    }

    fn has(&self, at: usize) -> bool {
        self.0.contains_key(&at)
    }

    /// Adds the characters of several words. Only the first character of each word is reported. Returns false if none
    /// is new.
    fn add(&mut self, text: &str, words: Vec<Vec<usize>>) -> bool {
        let count = self.0.len();
        for word in words {
            let new = word.into_iter().filter(|at| !self.has(*at)).collect::<Vec<_>>();
            for (index, at) in new.into_iter().enumerate() {
                self.insert(text, at, index == 0);
            }
        }
        self.0.len() > count
    }

    fn insert(&mut self, text: &str, at: usize, is_reported: bool) {
        let character = text[at..].chars().next();
        if let Some((character, look)) = character.and_then(|it| Some((it, look(it)?))) {
            let span = at..at + character.len_utf8();
            let plain = plain(text, at, look);
            self.0.insert(at, Replacement { span, plain, is_reported });
        }
    }

    fn first_diagnostic(&self, text: &str) -> Option<Diagnostic> {
        let replacement = self.0.values().find(|replacement| replacement.is_reported)?;
        let (message, help) = message_and_help(text, replacement)?;
        Some(LOOK_ALIKE.spanning(replacement.span.clone(), message, Some(&help)))
    }
}

/// Returns the replacement for a character, including a space if YAML requires one after it.
fn plain(text: &str, at: usize, look: Look) -> String {
    let plain = look.plain();
    let rest = text[at..].chars().nth(1);
    let is_before_text =
        rest.is_some_and(|next| !next.is_whitespace() && self::look(next).is_none());
    let before = &text[span::line_start(text, at)..at];
    let lacks_space = is_before_text
        && match plain.as_str() {
            ":" => is_key(before),
            "-" => before.trim().is_empty(),
            "" => before.ends_with(':') || before.trim() == "-",
            _ => false,
        };
    if lacks_space { plain + " " } else { plain }
}

/// Returns true if the beginning of a line, or of a member in braces, is a key.
fn is_key(line: &str) -> bool {
    let key = line.rsplit(['{', ',']).next().unwrap_or(line).trim_start_matches([' ', '-']);
    !key.is_empty() && key.bytes().all(|it| it.is_ascii_alphanumeric() || b"$_-".contains(&it))
}

/// Returns the offsets of the characters to replace, for each scalar that has any.
fn in_tree(tree: &Tree) -> Vec<Vec<usize>> {
    let document = Document::new(tree);
    let diagnostics: HashMap<NodeId, &DiagnosticBuilder<'_>> =
        document.structural_diagnostics().iter().map(|it| (it.node().id(), it)).collect();
    let suspicious =
        tree.nodes().filter(|node| node.scalar().is_some() && !node.source().is_ascii());
    let found = suspicious.map(|node| {
        let offsets = match diagnostics.get(&node.id()).filter(|_| !node.is_key()) {
            Some(diagnostic) => values::in_invalid_member(node, diagnostic),
            None => Vec::new(),
        };
        match offsets.is_empty() {
            true if names::is_name(&document, node) => names::look_alikes(&document, node),
            true => values::in_text(node),
            false => offsets,
        }
    });
    found.filter(|offsets| !offsets.is_empty()).collect()
}
