//! Finds look-alike characters in keys, and in values that are names.

use std::ops::Range;

use crate::{
    characters::{Look, look},
    model::Kind,
    openapi::Document,
    tree::Node,
};

/// Returns true for keys, and for values that are names.
pub(super) fn is_name(document: &Document<'_>, node: Node<'_>) -> bool {
    let Some(parent) = node.parent() else { return false };
    if node.is_key() {
        return true;
    }
    let Some(member) = node.name() else { return is_list_of_names(document, parent) };
    match document.kind(parent) {
        // With an `enum`, the value must be one of its values.
        Some(Kind::Schema) if matches!(member, "default" | "example") => {
            parent.get("enum").is_some()
        }
        Some(kind) => is_name_of(kind, member),
        None => member == "$ref" || parent.name() == Some("mapping"),
    }
}

fn is_list_of_names(document: &Document<'_>, list: Node<'_>) -> bool {
    let is_known = list.parent().and_then(|object| document.kind(object)).is_some();
    is_known && matches!(list.name(), Some("required" | "tags" | "enum" | "x-extensible-enum"))
}

fn is_name_of(kind: Kind, member: &str) -> bool {
    match member {
        "name" => matches!(kind, Kind::Parameter | Kind::Tag | Kind::SecurityScheme),
        "openapi" | "version" | "url" | "operationId" | "operationRef" | "in" | "type"
        | "format" | "style" | "propertyName" | "scheme" | "bearerFormat" | "openIdConnectUrl"
        | "authorizationUrl" | "tokenUrl" | "refreshUrl" | "externalValue" | "email"
        | "x-evidence" => true,
        _ => false,
    }
}

/// Returns the offsets of the look-alike characters in a name.
pub(super) fn look_alikes(document: &Document<'_>, node: Node<'_>) -> Vec<usize> {
    let name = Name::of(node);
    let mut offsets = [
        name.invisible(),
        name.in_mixed_words(),
        name.punctuation(),
        name.list_marker(node.is_key()),
        name.quotes(node.is_key()),
    ]
    .concat();
    if looks_like_field(document, node, &name)
        || looks_like_target(document, node, &name)
        || is_header(node)
    {
        offsets.extend(name.all());
    }
    offsets.sort_unstable();
    offsets.dedup();
    offsets
}

/// Returns true for an unknown key that looks like a known one.
fn looks_like_field(document: &Document<'_>, node: Node<'_>, name: &Name<'_>) -> bool {
    let kind = node.parent().filter(|_| node.is_key()).and_then(|object| document.kind(object));
    kind.map(Kind::object).is_some_and(|object| {
        let plain = name.as_it_looks();
        let is_extension = object.extensible && plain.starts_with("x-");
        !name.text.starts_with("x-") && (is_extension || object.field(&plain).is_some())
    })
}

/// Returns true for a dangling reference that looks like a valid one.
fn looks_like_target(document: &Document<'_>, node: Node<'_>, name: &Name<'_>) -> bool {
    let is_reference = !node.is_key() && name.text.starts_with("#/");
    is_reference
        && document.target(name.text).is_none()
        && document.target(&name.as_it_looks()).is_some()
}

/// Returns true for the name of a header, which must be ASCII in HTTP.
fn is_header(node: Node<'_>) -> bool {
    let location =
        node.parent().filter(|_| node.name() == Some("name")).and_then(|it| it.get("in"));
    location.and_then(Node::as_str) == Some("header")
}

/// A name as it is written in the document, without its quotes.
struct Name<'t> {
    text: &'t str,
    start: usize,
    characters: Vec<(usize, char)>,
}

impl<'t> Name<'t> {
    fn of(node: Node<'t>) -> Self {
        let source = node.source();
        let quote = source.chars().next().filter(|first| matches!(first, '"' | '\''));
        let text = quote.map_or(source, |quote| source.trim_matches(quote));
        let start = node.span().start + usize::from(quote.is_some());
        Self { text, start, characters: text.char_indices().collect() }
    }

    fn as_it_looks(&self) -> String {
        let plain = |character: char| look(character).map_or(character.to_string(), Look::plain);
        self.text.chars().map(plain).collect()
    }

    fn all(&self) -> Vec<usize> {
        self.offsets(0..self.characters.len(), |_, _| true)
    }

    /// Finds spaces and invisible characters, except those that join letters of other scripts, or emoji.
    fn invisible(&self) -> Vec<usize> {
        self.offsets(0..self.characters.len(), |index, look| match look {
            Look::Space => {
                let is_beyond_ascii = |it: Option<char>| it.is_some_and(|it| !it.is_ascii());
                let is_ideographic = self.characters[index].1 == '\u{3000}';
                let around = [self.before(index), self.after(index)];
                !(is_ideographic && around.into_iter().all(is_beyond_ascii))
            }
            Look::Invisible => {
                let is_joiner = matches!(self.characters[index].1, '\u{200c}'..='\u{200f}');
                !(is_joiner && self.before(index).is_some_and(|it| !it.is_ascii()))
            }
            Look::Like(_) => false,
        })
    }

    /// Finds letters of other scripts in a Latin word, if all of them look like Latin letters.
    fn in_mixed_words(&self) -> Vec<usize> {
        let is_mixed = |word: &Range<usize>| {
            let letters = || self.characters[word.clone()].iter().map(|(_, letter)| *letter);
            let looks_latin = |it: char| is_latin(it) || matches!(look(it), Some(Look::Like(_)));
            letters().any(|letter| letter.is_ascii_alphabetic()) && letters().all(looks_latin)
        };
        let words = self.words().into_iter().filter(is_mixed);
        let is_not_latin = |index: usize, _| !is_latin(self.characters[index].1);
        words.flat_map(|word| self.offsets(word, is_not_latin)).collect()
    }

    /// Returns the runs of letters and digits.
    fn words(&self) -> Vec<Range<usize>> {
        let mut words: Vec<Range<usize>> = Vec::new();
        for (index, (_, character)) in self.characters.iter().enumerate() {
            match words.last_mut().filter(|word| word.end == index) {
                _ if !character.is_alphanumeric() => {}
                Some(word) => word.end += 1,
                None => words.push(index..index + 1),
            }
        }
        words
    }

    /// Finds punctuation next to ASCII that has another width or form, such as a fullwidth slash or colon.
    fn punctuation(&self) -> Vec<usize> {
        self.offsets(0..self.characters.len(), |index, look| {
            let is_mark = matches!(look, Look::Like(plain) if plain.is_ascii_punctuation());
            // Authors choose these dashes and dots on purpose.
            let is_typography =
                matches!(self.characters[index].1, '\u{2012}'..='\u{2015}' | '\u{b7}');
            let around = [self.before(index), self.after(index)];
            is_mark
                && !look.is_quote()
                && !is_typography
                && around != [None, None]
                && around.iter().flatten().all(char::is_ascii_graphic)
        })
    }

    /// Finds a dash or bullet that was meant as the marker of a list item.
    fn list_marker(&self, is_key: bool) -> Vec<usize> {
        let is_space = |it: char| it == ' ' || look(it) == Some(Look::Space);
        match is_key || self.after(0).is_some_and(is_space) {
            true => self.offsets(0..1, |_, look| matches!(look, Look::Like('-'))),
            false => Vec::new(),
        }
    }

    /// Finds typographic quotes around a name. For a key, the closing quote can be in the middle, followed by the
    /// value.
    fn quotes(&self, is_key: bool) -> Vec<usize> {
        let is_quote = |character: Option<&(usize, char)>| {
            character.and_then(|(_, it)| look(*it)).is_some_and(Look::is_quote)
        };
        let begins = is_quote(self.characters.first());
        let ends = is_quote(self.characters.last()) && self.characters.len() > 1;
        match begins && (ends || is_key) {
            true => self.offsets(0..self.characters.len(), |_, look| look.is_quote()),
            false => Vec::new(),
        }
    }

    fn before(&self, index: usize) -> Option<char> {
        index.checked_sub(1).map(|before| self.characters[before].1)
    }

    fn after(&self, index: usize) -> Option<char> {
        self.characters.get(index + 1).map(|(_, it)| *it)
    }

    /// Returns the document offsets of the look-alike characters that match a condition.
    fn offsets(&self, range: Range<usize>, matches: impl Fn(usize, Look) -> bool) -> Vec<usize> {
        let look_alikes = range.filter_map(|index| Some((index, look(self.characters[index].1)?)));
        let matching = look_alikes.filter(|(index, look)| matches(*index, *look));
        matching.map(|(index, _)| self.start + self.characters[index].0).collect()
    }
}

/// Returns true for letters of the blocks Basic Latin to IPA Extensions, and Latin Extended Additional.
fn is_latin(letter: char) -> bool {
    matches!(letter, '\0'..='\u{2af}' | '\u{1e00}'..='\u{1eff}')
}
