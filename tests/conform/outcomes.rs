//! Is a page that cannot be compared distinguished from a clean one?

use conform::{Lookup, Outcome};

use super::page::{EVIDENCE, LANGUAGES, REFERENCE, check, check_as, operation_pages};

/// Returns the reason why a page cannot be compared.
fn reason(name: &str, text: &str) -> String {
    let checked = check_as(name, text);
    assert_eq!(checked.outcome, Outcome::Unable, "{text}");
    let finding = checked.findings.last().unwrap();
    assert_eq!(finding.rule, "unreadable-page");
    finding.message.clone()
}

#[test]
fn a_page_without_code_blocks() {
    for page in operation_pages() {
        let text = format!("# {}\n\nBlorp `GET`.\n", page.title);
        assert_eq!(reason("0.md", &text), "the page has no block with an HTTP message");
    }
}

#[test]
fn a_page_without_a_response_or_a_request() {
    for page in operation_pages() {
        for (is_request, missing) in [(true, "response"), (false, "request")] {
            let mut partial = page.clone();
            partial.messages.retain(|message| message.is_request == is_request);
            let text = partial.write(&LANGUAGES[0]).text;
            assert_eq!(reason("0.md", &text), format!("the page has no block with a {missing}"));
        }
    }
}

#[test]
fn several_messages_in_an_unclosed_fence() {
    let expected = "a block without a closing fence contains several messages";
    for page in operation_pages() {
        for language in &LANGUAGES[..3] {
            let text = page.write(language).text.replace("\r\n", "\n");
            let fence = if text.contains("~~~") { "~~~" } else { "```" };
            let (start, first) = text.split_once(&format!("{fence}\n\n## ")).unwrap();
            // Removes all fences, and opens a single one before the first message.
            let all = format!("{start}\n\n## {first}");
            let open = all.replace(&format!("\n{fence}"), "\n");
            let opening = text.lines().find(|line| line.starts_with(fence)).unwrap();
            let title = open.find("## ").unwrap();
            let open = format!("{}{opening}\n{}", &open[..title], &open[title..]);
            assert_eq!(reason("0.md", &open), expected, "{open}");
        }
        let text = page.write(&LANGUAGES[0]).text;
        let lost = text.replacen("```\n\n## ", "\n\n## ", 1);
        assert_eq!(reason("0.md", &lost), expected, "{lost}");
    }
}

#[test]
fn a_page_that_is_cut_off_at_any_point() {
    for page in operation_pages() {
        let name = format!("{}.md", page.name);
        let text = page.write(&LANGUAGES[2]).text;
        let end = text.trim_end().trim_end_matches(['~', '\n', '}', ' ']).len();
        for at in (0..end).step_by(7).filter(|at| text.is_char_boundary(*at)) {
            // The remaining part can contain another complete response.
            let is_complete =
                page.messages.iter().filter(|message| !message.is_request).count() > 1;
            let outcome = check_as(&name, &text[..at]).outcome;
            let is_allowed = outcome == Outcome::Unable || is_complete && outcome == Outcome::Clean;
            assert!(is_allowed, "{outcome:?} after {:?}", &text[..at]);
        }
    }
}

#[test]
fn a_page_that_is_not_utf_8() {
    for content in [&b"# Get \xf6rders"[..], b"\xff\xfe#\0 \0", b"\0\xff"] {
        let checked = REFERENCE.check(&conform::Page { name: "a.md", content });
        assert_eq!(checked.outcome, Outcome::Unable);
        assert_eq!(checked.findings[0].rule, "unreadable-page");
        assert!(content.len() >= checked.findings[0].span.end);
    }
}

#[test]
fn the_encoding_of_a_page_that_is_not_utf_8() {
    for (content, message) in [
        (&b"# Get \xf6rders"[..], "the page is not UTF-8"),
        (b"\xff\xfe#\0 \0", "the page is UTF-16"),
        (b"\xfe\xff\0#\0 ", "the page is UTF-16"),
        (b"#\0 \0G\0", "the page is UTF-16"),
    ] {
        let checked = REFERENCE.check(&conform::Page { name: "a.md", content });
        let finding = &checked.findings[0];
        assert_eq!(
            (&*finding.message, finding.help.as_deref()),
            (message, Some("save it as UTF-8"))
        );
    }
}

#[test]
fn an_omitted_optional_part_is_only_an_advisory() {
    for page in operation_pages() {
        let without_type = page.map(|message| {
            let lines = message.split('\n').filter(|line| !line.starts_with("Content-Type"));
            lines.collect::<Vec<_>>().join("\n")
        });
        let checked = check(&without_type.write(&LANGUAGES[0]).text);
        assert_eq!((checked.outcome, checked.findings), (Outcome::Clean, vec![]));
        let mut helps = checked.advisories.iter().filter_map(|advisory| advisory.help.as_deref());
        assert!(helps.any(|help| help.contains("\n-Content-Type: ")), "{:#?}", checked.advisories);
    }
}

#[test]
fn unrelated_pages() {
    for text in
        ["", "\u{feff}", "# Blorp\n", "---\n", "```\n", "```http\nGET /zork HTTP/1.1\n```\n"]
    {
        assert_eq!(check(text).outcome, Outcome::Other, "{text:?}");
    }
}

#[test]
fn each_way_to_match_a_recorded_message() {
    for page in operation_pages() {
        let lookups = |text: &str| {
            let messages = check(text).messages;
            messages.into_iter().map(|message| message.lookup).collect::<Vec<_>>()
        };
        let all = |lookup| vec![lookup; page.messages.len()];
        let language = &LANGUAGES[0];
        assert_eq!(lookups(&page.write(language).text), all(Lookup::Identical));
        let spaced = page.map(|message| message.replace(": ", ":  "));
        assert_eq!(lookups(&spaced.write(language).text), all(Lookup::WhiteSpace));
        let values = page.map(|message| message.replace("MS-RequestId: ", "MS-RequestId: 9"));
        assert_eq!(lookups(&values.write(language).text), all(Lookup::Values));
        let differs = page.map(|message| message.replacen('\n', "\nMS-CV: 1\n", 1));
        assert_eq!(lookups(&differs.write(language).text), all(Lookup::Differs));
    }
}

#[test]
fn a_new_message_of_an_operation_is_an_advisory() {
    for page in operation_pages() {
        let mut longer = page.clone();
        let fault = EVIDENCE.messages.iter().find(|message| message.operation.is_none()).unwrap();
        let text = String::from_utf8(fault.bytes.clone()).unwrap();
        let text = text.replace("\"description\"", "\"message\"").replace(" \n\n", "\n");
        longer.messages.push(super::page::Message { text, ..page.messages[0].clone() });
        let checked = check(&longer.write(&LANGUAGES[0]).text);
        assert_eq!(checked.findings, []);
        assert_eq!(checked.messages.last().unwrap().lookup, Lookup::New);
        let advisory =
            checked.advisories.iter().find(|it| it.rule == "unrecorded-message").unwrap();
        assert_eq!(advisory.message, "the message is not recorded");
    }
}

#[test]
fn a_message_that_the_vendor_has_repaired() {
    for erratum in &EVIDENCE.errata {
        let pages = super::page::vendor_pages().into_iter();
        let (page, index) = pages
            .filter_map(|page| {
                let index = page.messages.iter().position(|it| it.file == erratum.message)?;
                Some((page, index))
            })
            .next()
            .unwrap();
        // Errata apply in order, so the errata before this one are applied first.
        let text = page.messages[index].text.clone();
        let before = EVIDENCE.errata.iter().take_while(|other| other.id != erratum.id);
        let before = before.filter(|other| other.message == erratum.message);
        let text = before.fold(text, |text, it| text.replacen(&it.found, &it.repair, 1));
        let repaired = text.replacen(&erratum.found, &erratum.repair, 1);
        for language in &LANGUAGES {
            let checked = check(&page.with(index, &repaired).write(language).text);
            assert_eq!(checked.findings, [], "{}", erratum.id);
            let names = |id: &str| {
                let named = format!("erratum `{id}`");
                let mut advisories = checked.advisories.iter();
                advisories.any(|it| it.rule == "repaired-by-vendor" && it.message.contains(&named))
            };
            assert!(names(&erratum.id), "{}: {:#?}", erratum.id, checked.advisories);
            let after = EVIDENCE.errata.iter().skip_while(|other| other.id != erratum.id).skip(1);
            for other in after.filter(|other| other.message == erratum.message) {
                assert!(!names(&other.id), "{} was not repaired", other.id);
            }
        }
    }
}

#[test]
fn a_recorded_message_causes_no_advisory_about_an_erratum() {
    for page in super::page::vendor_pages() {
        let advisories = check(&page.write(&LANGUAGES[0]).text).advisories;
        assert!(advisories.iter().all(|it| it.rule == "translated-text"), "{advisories:#?}");
    }
}

#[test]
fn translated_cells_and_headings_are_advisories() {
    for page in operation_pages() {
        let request = page.messages.iter().find(|message| message.is_request).unwrap();
        let target = request.text.split(' ').nth(1).unwrap();
        let path = &target[target.find("/v1").unwrap()..];
        let row = "| **ZORKA** | [*{baseURL}*](x.md)/v1/zorki/{blorp} HTTP/1.1 |";
        let right = format!("| **GET** | [*{{baseURL}}*](x.md){path} HTTP/1.1 |");
        let text = page.write(&LANGUAGES[0]).text;
        let text = format!("{text}\n| A | B |\n|---|---|\n{row}\n{right}\n");
        let messages: Vec<String> =
            check(&text).advisories.into_iter().map(|it| it.message).collect();
        let contains = |part: &str| messages.iter().any(|message| message.contains(part));
        assert!(
            contains(&format!(
                "the heading `Blorp Blorp` differs from the original, `{}`",
                page.title
            )),
            "{messages:?}"
        );
        assert!(contains("the cell says `ZORKA`, but the document has `"), "{messages:?}");
        assert!(
            contains("the cell says `/v1/zorki/{blorp}`, but the document has `/v1/"),
            "{messages:?}"
        );
    }
}

#[test]
fn an_advisory_about_a_heading_or_a_cell_covers_no_surrounding_whitespace() {
    for page in operation_pages() {
        let text = page.write(&LANGUAGES[0]).text;
        let row = "| **ZORKA** | [*{baseURL}*](x.md)/v1/zorki/{blorp} HTTP/1.1 |";
        let text = format!("{text}\n| A | B |\n|---|---|\n{row}\n");
        for advisory in check(&text).advisories.iter().filter(|it| it.rule == "translated-text") {
            let marked = &text[advisory.span.clone()];
            assert_eq!(marked, marked.trim(), "{}", advisory.message);
        }
    }
}
