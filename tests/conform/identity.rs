//! Is each page compared with its own operation?

use conform::Outcome;

use super::page::{
    LANGUAGES, Message, VendorPage, Written, anchor, check, check_as, operation_pages, places,
    vendor_pages,
};

/// Returns a request that the document does not describe, and its response.
fn foreign(page: &VendorPage) -> [Message; 2] {
    let request = page.messages.iter().find(|message| message.is_request).unwrap();
    let line = "GET https://api.partnercenter.microsoft.com/v1/zorks HTTP/1.1";
    let (_, rest) = request.text.split_once('\n').unwrap();
    let (head, _) = rest.split_once("\n\n").unwrap_or((rest, ""));
    let other = |text: String, is_request| Message { text, is_request, ..request.clone() };
    [
        other(format!("{line}\n{head}\nZork: 1\n"), true),
        other("HTTP/1.1 299 Zork\nZork: 1\n\n{ \"zork\": 1 }\n".to_owned(), false),
    ]
}

/// Adds an undeclared header to each message, so that no message identifies the page.
fn unrecorded(page: &VendorPage) -> VendorPage {
    page.map(|message| message.replacen('\n', "\nZork: 1\n", 1))
}

fn assert_subject(page: &VendorPage, name: &str, Written { text, .. }: &Written) {
    let checked = check_as(name, text);
    assert_eq!(checked.subject.as_ref(), Some(&page.name), "{name}\n{text}");
}

#[test]
fn a_page_is_identified_by_its_file_name() {
    for page in operation_pages() {
        let written = unrecorded(&page).write_with(&LANGUAGES[0], "");
        assert_subject(&page, &format!("aa/{}.md", page.name), &written);
        assert_subject(&page, &format!("aa\\{}.MD", page.name.to_uppercase()), &written);
    }
}

#[test]
fn a_page_is_identified_by_the_anchor_of_its_title() {
    for page in operation_pages() {
        let id = format!("<a id=\"{}\"></a>", anchor(&page.title));
        assert_subject(&page, "0.txt", &unrecorded(&page).write(&LANGUAGES[1]));
        assert_subject(&page, "0.txt", &unrecorded(&page).write_with(&LANGUAGES[1], &id));
    }
}

#[test]
fn a_page_is_identified_by_its_english_title() {
    for page in operation_pages() {
        let mut written = unrecorded(&page).write_with(&LANGUAGES[0], "");
        written.text = written.text.replacen("# Blorp Blorp", &format!("# {}", page.title), 1);
        assert_subject(&page, "0.txt", &written);
    }
}

#[test]
fn the_file_name_takes_precedence_over_the_title() {
    let pages = operation_pages();
    for (page, other) in pages.iter().zip(pages.iter().cycle().skip(1)) {
        let title = format!("<a name=\"{}\"></a>", anchor(&other.title));
        let written = page.write_with(&LANGUAGES[0], &title);
        assert_subject(page, &format!("{}.md", page.name), &written);
    }
}

#[test]
fn a_page_is_identified_by_a_recorded_message() {
    for page in vendor_pages() {
        for (index, message) in page.messages.iter().enumerate() {
            let mut only = page.clone();
            only.messages = vec![page.messages[index].clone()];
            let checked = check(&only.write_with(&LANGUAGES[2], "").text);
            let subject = checked.subject.as_ref();
            assert_eq!(subject, Some(&page.name), "{}", message.file);
        }
    }
}

#[test]
fn a_page_is_identified_by_a_message_that_differs_only_in_values() {
    for page in operation_pages() {
        let changed = page.map(|message| {
            message.replace("GMT", "UTC").replace("MS-RequestId: ", "MS-RequestId: 9")
        });
        assert_subject(&page, "0.txt", &changed.write_with(&LANGUAGES[3], ""));
    }
}

/// Two pages print the same request line, so the method and path cannot tell them apart.
#[test]
fn a_recorded_message_takes_precedence_over_the_method_and_path() {
    let pages = operation_pages();
    let start = |message: &Message| message.text.lines().next().unwrap().to_owned();
    let requests = |page: &VendorPage| {
        let requests = page.messages.iter().filter(|message| message.is_request);
        requests.map(start).collect::<Vec<_>>()
    };
    let shared = pages.iter().filter(|page| {
        let others = pages.iter().filter(|other| other.name != page.name);
        others.flat_map(requests).any(|line| requests(page).contains(&line))
    });
    let shared: Vec<&VendorPage> = shared.collect();
    assert!(!shared.is_empty(), "no two pages print the same request line");
    for page in shared {
        let written = page.write_with(&LANGUAGES[0], "");
        assert_subject(page, "0.txt", &written);
        assert_eq!(check(&written.text).findings, []);
    }
}

#[test]
fn a_page_is_identified_by_method_and_path() {
    for page in operation_pages() {
        let request = page.messages.iter().find(|message| message.is_request).unwrap();
        let line = request.text.lines().next().unwrap();
        let text = format!("# Blorp\n\n```\n{line}\nZork: 1\n```\n");
        let subject = check(&text).subject.expect("the page is identified");
        let operations: Vec<VendorPage> = operation_pages();
        let named = operations.iter().find(|other| other.name == subject).unwrap();
        let target = line.split(' ').nth(1).unwrap();
        assert!(
            named
                .messages
                .iter()
                .any(|message| message.text.contains(&target.replace('<', "{").replace('>', "}"))
                    || message.text.contains(target))
        );
    }
}

#[test]
fn a_changed_request_with_a_recorded_response() {
    for page in operation_pages() {
        let index = page.messages.iter().position(|message| message.is_request).unwrap();
        let text = page.messages[index].text.replacen("/v1/", "/v9/", 1);
        let written = page.with(index, &text).write_with(&LANGUAGES[1], "");
        let checked = check(&written.text);
        let expected = [("differing-path", written.lines[index])];
        assert_eq!(places(&written.text, &checked.findings), expected, "{}", page.name);
    }
}

#[test]
fn an_unrelated_request_and_its_response_are_ignored() {
    for page in operation_pages() {
        for at in [0, page.messages.len()] {
            let mut both = page.clone();
            both.messages.splice(at..at, foreign(&page));
            for anchor in ["", &format!("<a name=\"{}\"></a>", anchor(&page.title))] {
                let checked = check(&both.write_with(&LANGUAGES[0], anchor).text);
                assert_eq!(checked.findings, [], "{}", page.name);
                assert_eq!(checked.outcome, Outcome::Clean);
                assert_eq!(checked.messages.len(), page.messages.len());
            }
        }
    }
}

#[test]
fn pages_that_only_mention_an_operation_are_not_compared() {
    for page in operation_pages() {
        let request = page.messages.iter().find(|message| message.is_request).unwrap();
        let line = request.text.lines().next().unwrap();
        let [other, response] = foreign(&page);
        for mention in [
            format!("| Zork | {line} |\n|---|---|\n| Blorp | `{line}` |\n"),
            format!("See [{}]({}.md): {line}\n", page.title, page.name),
            format!("```csharp\n// {line}\nvar zork = 1;\n```\n"),
            format!("```json\n{{ \"event\": \"{}\" }}\n```\n", page.name),
        ] {
            let text = format!(
                "# Blorp\n\n{mention}\n```http\n{}```\n\n```http\n{}```\n",
                other.text, response.text
            );
            assert_eq!(check(&text).outcome, Outcome::Other, "{text}");
        }
    }
}

/// The page prints the request of another page that has the same path.
#[test]
fn a_difference_that_follows_from_another_is_not_reported() {
    let pages = operation_pages();
    for page in &pages {
        let path = |page: &VendorPage| {
            let request = page.messages.iter().find(|message| message.is_request).unwrap();
            request.text.split(' ').nth(1).unwrap().to_owned()
        };
        for other in
            pages.iter().filter(|other| other.name != page.name && path(other) == path(page))
        {
            let index = other.messages.iter().position(|message| message.is_request).unwrap();
            let own = page.messages.iter().position(|message| message.is_request).unwrap();
            let written = page.with(own, &other.messages[index].text).write(&LANGUAGES[0]);
            let findings = check(&written.text).findings;
            assert!(findings.len() <= 1, "{} with {}: {findings:#?}", page.name, other.name);
        }
    }
}
