//! Characters that authors easily overlook, because they are invisible or look like ASCII characters.
//!
//! Each line of `characters.txt` contains the code point of a character, its appearance and its name. Source:
//! <https://www.unicode.org/Public/security/latest/confusables.txt>, limited to characters that look like ASCII in
//! common fonts.

use std::{collections::BTreeMap, sync::LazyLock};

/// The appearance of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Looks like an ordinary space.
    Space,
    Invisible,
    /// Looks like this ASCII character.
    Like(char),
}

static CHARACTERS: LazyLock<BTreeMap<char, (Look, &str)>> =
    LazyLock::new(|| include_str!("characters.txt").lines().filter_map(character).collect());

fn character(line: &'static str) -> Option<(char, (Look, &'static str))> {
    let (number, rest) = line.split_once(' ')?;
    let (look, name) = rest.split_once(' ')?;
    let look = match look {
        "space" => Look::Space,
        "invisible" => Look::Invisible,
        ascii => Look::Like(ascii.chars().next()?),
    };
    Some((char::from_u32(u32::from_str_radix(number, 16).ok()?)?, (look, name)))
}

/// Returns the appearance of a non-ASCII character that is invisible or looks like ASCII; `None` for any other
/// character.
pub(super) fn look(character: char) -> Option<Look> {
    if character.is_ascii() {
        return None;
    }
    CHARACTERS.get(&character).map(|(look, _)| *look)
}

/// Returns the code point and the name of a character.
pub(super) fn named(character: char) -> String {
    let number = format!("U+{:04X}", u32::from(character));
    match CHARACTERS.get(&character) {
        Some((_, name)) => format!("{number} {name}"),
        None => number,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_character() {
        assert_eq!(CHARACTERS.len(), include_str!("characters.txt").lines().count());
    }
}
