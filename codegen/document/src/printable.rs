//! Text that is safe to print, whatever it quotes from a document.

/// Makes a message safe to print: replaces control and bidi characters by spaces, and truncates it to 300
/// characters.
pub(super) fn printable(message: &str) -> String {
    const LONGEST: usize = 300;
    let safe = |char: char| if char.is_control() || is_bidi_control(char) { ' ' } else { char };
    let mut short: String = message.chars().take(LONGEST).map(safe).collect();
    if message.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

/// Whether a character changes the direction of the text that follows it.
pub fn is_bidi_control(char: char) -> bool {
    matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
