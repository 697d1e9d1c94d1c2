//! Makes text that quotes a document safe to print.

/// Replaces control and bidi characters by spaces, and truncates the message to 300 characters.
pub fn printable(message: &str) -> String {
    const LONGEST: usize = 300;
    let safe = |char: char| if char.is_control() || is_bidi_control(char) { ' ' } else { char };
    let mut short: String = message.chars().take(LONGEST).map(safe).collect();
    if message.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

/// Returns true for a character that changes the direction of the text after it.
pub fn is_bidi_control(char: char) -> bool {
    matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
