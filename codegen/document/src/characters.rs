//! Characters that look like ASCII characters or are invisible, so that a mistake cannot be seen.

mod table;

use table::CHARACTERS;

/// The appearance of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Looks like an ordinary space.
    Space,
    /// Cannot be seen.
    Invisible,
    /// Looks like this ASCII character.
    Like(char),
}

/// Returns the appearance of a non-ASCII character that is easily mistaken.
pub(super) fn look(character: char) -> Option<Look> {
    entry(character).map(|(_, look, _)| *look)
}

/// Returns the Unicode number and name of a character.
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
    /// Returns the ASCII text to write instead.
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
