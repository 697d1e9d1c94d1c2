//! Characters in keys, names and YAML's own marks that only look right.
//!
//! The document is read as its author sees it: each such character is replaced by what it looks like, and
//! reported. So nothing else is reported for its consequences.

mod broken;
mod names;
mod values;

use std::collections::{BTreeMap, HashMap};

use crate::{
    characters::{Look, look, named},
    diagnostic::Diagnostic,
    openapi::Document,
    rule::{DiagnosticBuilder, Rule, rule},
    tree::{Node, NodeId, ParseError, Repair, Tree},
};

/// Keys, names and marks of YAML have no characters that only look right.
pub static LOOK_ALIKE: Rule = rule!("look-alike-character");

/// What keeps a text from being read as a tree.
pub(super) enum Unreadable {
    Disguised(Diagnostic),
    Broken(ParseError),
}

/// Reads a text as it looks.
pub(super) fn tree(text: &str) -> Result<Option<Tree>, Unreadable> {
    // Each round finds what the last one has uncovered.
    const MOST_ROUNDS: usize = 20;
    let mut repairs = Repairs::default();
    let is_suspicious = !text.is_ascii() && text.chars().any(|it| look(it).is_some());
    for _ in 0..if is_suspicious { MOST_ROUNDS } else { 0 } {
        let found = match Tree::repaired(text, &repairs.list()) {
            Ok(Some(tree)) => in_tree(&tree),
            Ok(None) => Vec::new(),
            Err(broken) => broken::disguises(text, &repairs, &broken),
        };
        if !repairs.add(text, found) {
            break;
        }
    }
    let tree = Tree::repaired(text, &repairs.list());
    tree.map_err(|broken| match repairs.first(text) {
        Some(disguised) => Unreadable::Disguised(disguised),
        None => Unreadable::Broken(broken),
    })
}

/// Reports the characters that were replaced.
pub fn diagnostics(tree: &Tree) -> impl Iterator<Item = DiagnosticBuilder<'_>> {
    let shown = tree.repairs().iter().filter(|repair| repair.is_shown);
    shown.filter_map(|repair| {
        let (message, help) = words(tree.text(), repair)?;
        let holds =
            |node: &Node<'_>| node.scalar().is_some() && node.span().contains(&repair.span.start);
        let node = tree.nodes().find(holds).unwrap_or_else(|| tree.root());
        Some(LOOK_ALIKE.at(node, message).spanning(repair.span.clone()).help(help))
    })
}

fn words(text: &str, repair: &Repair) -> Option<(String, String)> {
    let character = text[repair.span.clone()].chars().next()?;
    let name = named(character);
    let message = match look(character)? {
        Look::Space => format!("the character {name} is not an ordinary space"),
        Look::Invisible => format!("the character {name} is invisible"),
        Look::Like(plain) => format!("the character {name} only looks like `{plain}`"),
    };
    let help = match (look(character)?, repair.plain.ends_with(' ')) {
        (Look::Space, _) => "write an ordinary space, or remove it".to_owned(),
        (Look::Invisible, true) => "write an ordinary space instead".to_owned(),
        (Look::Invisible, false) => "remove it".to_owned(),
        (Look::Like(plain), true) => format!("write the ASCII character `{plain}` and a space"),
        (Look::Like(plain), false) => format!("write the ASCII character `{plain}`"),
    };
    Some((message, help))
}

/// The characters to replace, by their places.
#[derive(Clone, Default)]
struct Repairs(BTreeMap<usize, Repair>);

impl Repairs {
    fn list(&self) -> Vec<Repair> {
        self.0.values().cloned().collect()
    }

    fn has(&self, at: usize) -> bool {
        self.0.contains_key(&at)
    }

    /// Adds the characters of several words, and shows the first of each word. Returns false if none is new.
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

    fn insert(&mut self, text: &str, at: usize, is_shown: bool) {
        let character = text[at..].chars().next();
        if let Some((character, look)) = character.and_then(|it| Some((it, look(it)?))) {
            let span = at..at + character.len_utf8();
            let plain = plain(text, at, look);
            self.0.insert(at, Repair { span, plain, is_shown });
        }
    }

    fn first(&self, text: &str) -> Option<Diagnostic> {
        let repair = self.0.values().find(|repair| repair.is_shown)?;
        let (message, help) = words(text, repair)?;
        Some(LOOK_ALIKE.spanning(repair.span.clone(), message, Some(&help)))
    }
}

/// Returns what a character was meant to be; with a space after it, if it is a mark of YAML that needs one.
fn plain(text: &str, at: usize, look: Look) -> String {
    let plain = look.plain();
    let rest = text[at..].chars().nth(1);
    let is_before_text =
        rest.is_some_and(|next| !next.is_whitespace() && self::look(next).is_none());
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let before = &text[line..at];
    let lacks_space = is_before_text
        && match plain.as_str() {
            ":" => is_key(before),
            "-" => before.trim().is_empty(),
            "" => before.ends_with(':') || before.trim() == "-",
            _ => false,
        };
    if lacks_space { plain + " " } else { plain }
}

/// Returns true if a line, or an object in braces, is nothing but a key so far.
fn is_key(line: &str) -> bool {
    let key = line.rsplit(['{', ',']).next().unwrap_or(line).trim_start_matches([' ', '-']);
    !key.is_empty() && key.bytes().all(|it| it.is_ascii_alphanumeric() || b"$_-".contains(&it))
}

/// Returns the places of the characters to replace in each scalar.
fn in_tree(tree: &Tree) -> Vec<Vec<usize>> {
    let document = Document::new(tree);
    let flaws: HashMap<NodeId, &DiagnosticBuilder<'_>> =
        document.structural_diagnostics().iter().map(|flaw| (flaw.node().id(), flaw)).collect();
    let suspicious =
        tree.nodes().filter(|node| node.scalar().is_some() && !node.source().is_ascii());
    let found = suspicious.map(|node| {
        let places = match flaws.get(&node.id()).filter(|_| !node.is_key()) {
            Some(flaw) => values::misread_member(node, flaw),
            None => Vec::new(),
        };
        match places.is_empty() {
            true if names::is_name(&document, node) => names::disguises(&document, node),
            true => values::misread_text(node),
            false => places,
        }
    });
    found.filter(|places| !places.is_empty()).collect()
}
