//! Characters that look like ASCII or like nothing, so that a reader of the document does not see a mistake.

mod table;

use table::CHARACTERS;

/// What a character looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// An ordinary space.
    Space,
    /// Nothing.
    Invisible,
    /// A character of ASCII.
    Like(char),
}

/// Returns what a character beyond ASCII looks like, if it is easily mistaken.
pub(super) fn look(character: char) -> Option<Look> {
    entry(character).map(|(_, look, _)| *look)
}

/// Returns the number and the name that Unicode gives a character.
pub(super) fn named(character: char) -> String {
    let number = format!("U+{:04X}", u32::from(character));
    match entry(character) {
        Some((.., name)) => format!("{number} {name}"),
        None => number,
    }
}

fn entry(character: char) -> Option<&'static (char, Look, &'static str)> {
    if character.is_ascii() {
        return None;
    }
    let index = CHARACTERS.binary_search_by_key(&character, |(of, ..)| *of).ok()?;
    Some(&CHARACTERS[index])
}

impl Look {
    /// Returns what to write instead.
    pub(super) fn plain(self) -> String {
        match self {
            Self::Space => " ".to_owned(),
            Self::Invisible => String::new(),
            Self::Like(character) => character.to_string(),
        }
    }

    pub(super) fn is_quote(self) -> bool {
        matches!(self, Self::Like('"' | '\''))
    }
}
