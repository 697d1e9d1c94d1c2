//! Validates the entries of the index by themselves, without the document.

use super::{INDEX, Location, Message, Part, Problem};
use crate::rules::{INVALID_INDEX, MISMATCHED_MESSAGE};

impl Message {
    /// Returns a problem for each invalid member of the entry, and for a token in its message.
    pub(super) fn invalid(&self, index: usize) -> Vec<Problem> {
        let problem = |member, message: &str, help: &str| {
            Problem::new(&INVALID_INDEX, Location::Entry(index, member), (message, help))
        };
        let page = (!has_host(&self.page)).then(|| {
            problem(
                "page",
                "`page` is not the URL of a page",
                "write a full URL, with `https://` and a host",
            )
        });
        let title = self
            .title
            .trim()
            .is_empty()
            .then(|| problem("title", "`title` is empty", "write the title of the page"));
        let schema = (self.operation.is_some() && self.schema.is_some()).then(|| {
            let message = "`schema` is only for a response that operations share";
            problem("schema", message, "remove it, or remove `operation`")
        });
        let text = String::from_utf8_lossy(&self.bytes);
        let token = holds_token(&text).then(|| {
            // A diagnostic prints the line of its location, so it must not point to the line of the token.
            let location = Location::Message(self.file.clone(), Part::Start);
            let help = format!(
                "revoke the token, write `Bearer <token>` instead, and update the digest in spec/{INDEX}"
            );
            Problem::new(&MISMATCHED_MESSAGE, location, ("the `Authorization` header contains a token, which is a secret", help))
        });
        [page, title, schema, token].into_iter().flatten().collect()
    }
}

const HEADER: &str = "Authorization";

/// Returns true for a URL of a web page.
fn has_host(url: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    host.is_some_and(|host| !host.is_empty()) && !url.contains(char::is_whitespace)
}

/// Returns true if a message contains a token, rather than just a placeholder such as `<token>`.
pub fn holds_token(message: &str) -> bool {
    let values = message.lines().filter_map(|line| line.split_once(':'));
    let mut values = values.filter(|(name, _)| name.trim().eq_ignore_ascii_case(HEADER));
    values.any(|(_, value)| value.split_whitespace().any(is_token))
}

fn is_token(word: &str) -> bool {
    const SHORTEST: usize = 20;
    let is_of_a_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    let is_random = word.starts_with("eyJ") || word.bytes().any(|byte| byte.is_ascii_digit());
    word.len() >= SHORTEST && is_random && word.bytes().all(is_of_a_token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_placeholders() {
        let token = "GET / HTTP/1.1\nauthorization: Bearer eyJ0eXAi.eyJhdWQi.c2lnbmF0\n";
        assert!(holds_token(token));
        for placeholder in
            ["<token>", "{access-token}", "your-access-token-goes-here", "eyJ0eXAi..."]
        {
            assert!(!holds_token(&format!("Authorization: Bearer {placeholder}")), "{placeholder}");
        }
    }

    #[test]
    fn urls_of_pages() {
        assert!(has_host("https://example.com/a?b#c") && has_host("http://localhost:80"));
        for other in
            ["", "example.com/a", "https://", "https:///a", "ftp://example.com", "https://a b/"]
        {
            assert!(!has_host(other), "{other}");
        }
    }
}
