//! Makes text that quotes a document safe to print.

/// Escapes control and bidi characters, and truncates the message to 300 characters.
pub fn printable(message: &str) -> String {
    const LONGEST: usize = 300;
    let mut short = String::new();
    for char in message.chars().take(LONGEST) {
        match char.is_control() || is_bidi_control(char) {
            true => short.extend(char.escape_default()),
            false => short.push(char),
        }
    }
    if message.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

/// Returns true for a character that changes the direction of the text after it.
pub fn is_bidi_control(char: char) -> bool {
    matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
