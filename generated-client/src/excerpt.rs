//! Excerpts of received text that are safe to print on one line of a log.

/// Returns the text without line breaks and control characters, truncated to `limit` characters.
pub(crate) fn one_line(text: &str, limit: usize) -> String {
    shown(single_spaced(text), limit)
}

/// Returns the text with invisible characters escaped, truncated to `limit` characters.
pub(crate) fn literal(text: &str, limit: usize) -> String {
    shown(text.chars(), limit)
}

fn shown(text: impl Iterator<Item = char>, limit: usize) -> String {
    let mut line = String::new();
    let mut room = limit;
    for character in text {
        let shown = if is_invisible(character) {
            character.escape_default().to_string()
        } else {
            character.to_string()
        };
        let Some(left) = room.checked_sub(shown.chars().count()) else {
            line.push('…');
            break;
        };
        room = left;
        line.push_str(&shown);
    }
    line
}

/// Returns the readable part of a body that is not a fault: its text, the title of an HTML page, or its size.
pub(crate) fn of_body(content_type: Option<&str>, body: &[u8]) -> String {
    match std::str::from_utf8(without_bom(body)).map(str::trim) {
        Ok("") => "empty body".to_owned(),
        Ok(text) if is_html(content_type, text) => {
            title(text).map_or_else(|| size(content_type, body), |title| one_line(title, 200))
        }
        Ok(text) => one_line(text, 200),
        Err(_) => size(content_type, body),
    }
}

/// Returns the media type and size of a body, such as `application/json, 57 bytes`.
pub(crate) fn size(content_type: Option<&str>, body: &[u8]) -> String {
    let media_type = content_type.map_or("no content type".to_owned(), |it| one_line(it, 60));
    format!("{media_type}, {} bytes", body.len())
}

/// Removes the byte order mark that Partner Center has put before some bodies, because JSON does not allow it.
///
/// <https://github.com/Azure/msrest-for-python/issues/144>
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body)
}

fn single_spaced(text: &str) -> impl Iterator<Item = char> {
    text.split_whitespace().enumerate().flat_map(|(index, word)| {
        let space = (index > 0).then_some(' ');
        space.into_iter().chain(word.chars())
    })
}

/// Returns true for control characters, for spaces other than U+0020, and for characters that reverse or hide text.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || (character.is_whitespace() && character != ' ')
        || matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(character, '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn is_html(content_type: Option<&str>, text: &str) -> bool {
    content_type.is_some_and(|it| it.starts_with("text/html")) || text.starts_with('<')
}

fn title(html: &str) -> Option<&str> {
    // Converting ASCII to lower case does not change byte offsets.
    let lower = html.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    Some(html[start..end].trim()).filter(|title| !title.is_empty())
}
