//! Which files change when messages are recorded?

use conform::{Accepted, Checked, Outcome, Page, Refusal};

use super::page::{EVIDENCE, LANGUAGES, REFERENCE, VendorPage, check, operation_pages};

use evidence::documented::{Evidence, digest};
use support::document;

fn index() -> String {
    document::read("spec/documented/index.toml")
}

fn accept(pages: &[Checked]) -> Result<Accepted, Refusal> {
    conform::accept(&REFERENCE, &EVIDENCE, &index(), pages)
}

fn accepted(page: &VendorPage) -> Accepted {
    accept(&[check(&page.write(&LANGUAGES[1]).text)]).unwrap()
}

/// Returns the evidence after the messages are recorded.
fn recorded(Accepted { messages, index }: &Accepted) -> Evidence {
    let old = |file: &str| EVIDENCE.messages.iter().find(|message| message.file == file);
    let read = |file: &str| match messages.get(file) {
        Some(text) => Some(text.clone().into_bytes()),
        None => old(file).map(|message| message.bytes.clone()),
    };
    Evidence::parse(index, "", read).unwrap()
}

#[test]
fn recorded_messages_change_nothing() {
    for page in operation_pages() {
        let Accepted { messages, index } = accepted(&page);
        assert!(messages.is_empty());
        assert_eq!(index, self::index());
    }
}

#[test]
fn a_changed_message() {
    for page in operation_pages() {
        for (number, message) in page.messages.iter().enumerate() {
            let text = message.text.replacen("MS-RequestId: ", "MS-RequestId: 9", 1);
            let accepted = accepted(&page.with(number, &text));
            assert_eq!(accepted.messages.keys().collect::<Vec<_>>(), [&message.file]);
            let evidence = recorded(&accepted);
            assert!(
                evidence.messages.iter().all(|it| it.digest() == it.sha256),
                "{}",
                message.file
            );
            let lines = |index: &str| index.lines().map(str::to_owned).collect::<Vec<_>>();
            let (old, new) = (lines(&index()), lines(&accepted.index));
            let changed = old.iter().zip(&new).filter(|(old, new)| old != new).count();
            assert_eq!((old.len(), changed), (new.len(), 1), "only the digest may change");
            assert_eq!(accepted.messages[&message.file].trim_end(), text.trim_end());
        }
    }
}

#[test]
fn a_changed_body_without_its_head() {
    for page in operation_pages() {
        let with_body = page.messages.iter().position(|message| message.text.contains("\n\n{"));
        let number = with_body.unwrap();
        let text = page.messages[number].text.replacen("\"objectType\"", "\"objectType2\"", 1);
        let (_, body) = text.split_once("\n\n{").unwrap_or(("", ""));
        if !text.contains("objectType2") {
            continue;
        }
        let accepted = accepted(&page.with(number, &format!("{{{body}")));
        let file = &page.messages[number].file;
        assert_eq!(accepted.messages[file].trim_end(), text.trim_end());
    }
}

#[test]
fn a_new_message() {
    for page in operation_pages() {
        let mut longer = page.clone();
        let mut extra = page.messages.last().unwrap().clone();
        extra.text = "HTTP/1.1 404 Not Found\nContent-Type: application/json\n\n{ \"code\": 1 }\n"
            .to_owned();
        longer.messages.push(extra.clone());
        let accepted = accepted(&longer);
        assert_eq!(accepted.messages.len(), 1);
        assert!(accepted.index.starts_with(&index()), "the old entries must not change");
        let evidence = recorded(&accepted);
        let new = evidence.messages.last().unwrap();
        assert_eq!((new.status, &new.operation), (Some(404), &extra.operation));
        assert_eq!(new.title, page.title);
        assert_eq!(new.sha256, digest(extra.text.as_bytes()));
    }
}

#[test]
fn two_new_messages_with_the_same_role_get_different_examples() {
    let page = operation_pages().swap_remove(0);
    let mut longer = page.clone();
    for code in ["{ \"code\": 1 }", "{ \"description\": \"x\", \"data\": [] }"] {
        let mut extra = page.messages.last().unwrap().clone();
        extra.text = format!("HTTP/1.1 404 Not Found\n\n{code}\n");
        longer.messages.push(extra);
    }
    let evidence = recorded(&accepted(&longer));
    let new: Vec<_> = evidence.messages.iter().rev().take(2).collect();
    assert_eq!([&new[1].example, &new[0].example], ["documented", "documented2"]);
    assert_ne!(new[0].file, new[1].file);
}

#[test]
fn different_versions_of_a_message_are_rejected() {
    let page = operation_pages().swap_remove(0);
    let version = |id: &str| {
        let changed = page.with(0, &page.messages[0].text.replacen("MS-RequestId: ", id, 1));
        check(&changed.write(&LANGUAGES[0]).text)
    };
    let (one, other) = (version("MS-RequestId: 8"), version("MS-RequestId: 9"));
    let refusal = accept(&[one.clone(), other]).unwrap_err();
    assert_eq!(refusal.page, 1);
    let reason = format!("another page has a different version of `{}`", page.messages[0].file);
    assert_eq!(refusal.reason, reason);
    assert!(accept(&[one.clone(), one]).is_ok(), "translations with the same message agree");
}

#[test]
fn a_page_that_cannot_be_compared_is_rejected() {
    let page = Page { name: "a.md", content: b"\xff" };
    let unable = REFERENCE.check(&page);
    assert_eq!(unable.outcome, Outcome::Unable);
    let refusal = accept(&[unable]).unwrap_err();
    assert_eq!((refusal.page, &*refusal.reason), (0, "the page is not UTF-8"));
}

#[test]
fn a_message_with_a_token_is_rejected() {
    let page = operation_pages().into_iter().find(|page| page.messages[0].text.contains("<token>"));
    let page = page.unwrap();
    let text = page.messages[0].text.replacen("<token>", "eyJ0eXAi.eyJhdWQi.c2lnbmF0", 1);
    // Changes a header, so that the message has to be recorded.
    let text = text.replacen("MS-RequestId: ", "MS-RequestId: 9", 1);
    let refusal = accept(&[check(&page.with(0, &text).write(&LANGUAGES[1]).text)]).unwrap_err();
    assert!(refusal.reason.contains("token"), "{}", refusal.reason);
}
