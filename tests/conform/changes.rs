//! Is each change to a message found at its line in every language, and nothing else?

use super::page::{
    EVIDENCE, LANGUAGES, Message, VendorPage, check, operation_pages, places, vendor_pages,
};

/// A change to one line of a message.
struct Change {
    rule: &'static str,
    line: usize,
    text: String,
}

/// Asserts that each change is the only finding on its page and is reported at its line.
fn assert_found(changes: impl Fn(&Message) -> Vec<Change>) {
    let mut count = 0;
    for page in vendor_pages() {
        for (index, message) in page.messages.iter().enumerate() {
            for change in changes(message) {
                assert_found_in_every_language(&page, index, &change);
                count += 1;
            }
        }
    }
    assert!(count > 0, "no message can be changed");
}

fn assert_found_in_every_language(page: &VendorPage, index: usize, change: &Change) {
    for language in &LANGUAGES {
        let written = page.with(index, &change.text).write(language);
        let findings = check(&written.text).findings;
        let expected = [(change.rule, written.lines[index] + change.line)];
        let file = &page.messages[index].file;
        let found = places(&written.text, &findings);
        assert_eq!(
            found, expected,
            "{file} in {}:\n{}\n{findings:#?}",
            language.locale, change.text
        );
    }
}

/// Returns one change for each line to which the edit applies.
fn each_line(
    rule: &'static str,
    text: &str,
    edit: impl Fn(usize, &str) -> Option<String>,
) -> Vec<Change> {
    let lines: Vec<&str> = text.split('\n').collect();
    let edited = lines.iter().enumerate().filter_map(|(number, line)| {
        let edited = edit(number, line)?;
        let mut lines = lines.clone();
        lines[number] = &edited;
        Some(Change { rule, line: number, text: lines.join("\n") })
    });
    edited.collect()
}

fn start_of(
    rule: &'static str,
    message: &Message,
    is_request: bool,
    edit: impl Fn(&str) -> String,
) -> Vec<Change> {
    each_line(rule, &message.text, |number, line| {
        (number == 0 && message.is_request == is_request).then(|| edit(line))
    })
}

/// Returns the index of the line at which the body begins.
fn body(text: &str) -> usize {
    text.split('\n').position(|line| line.starts_with('{')).unwrap_or(usize::MAX)
}

/// Splits a line with one member into the text before the name, the name, and everything after the name.
fn member(line: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = line.split_once('"')?;
    let (name, value) = rest.split_once('"')?;
    (value.trim_start().starts_with(':') && !before.contains(':')).then_some((before, name, value))
}

#[test]
fn a_different_method() {
    assert_found(|message| {
        start_of("differing-method", message, true, |line| {
            let (_, rest) = line.split_once(' ').unwrap();
            format!("DELETE {rest}")
        })
    });
}

#[test]
fn a_different_path() {
    assert_found(|message| {
        start_of("differing-path", message, true, |line| line.replace(" HTTP", "s HTTP"))
    });
}

#[test]
fn a_different_version_of_the_api() {
    assert_found(|message| {
        start_of("differing-path", message, true, |line| line.replace("/v1/", "/v9/"))
    });
}

#[test]
fn a_different_host() {
    assert_found(|message| {
        start_of("differing-path", message, true, |line| line.replace("://", "://other."))
    });
}

#[test]
fn a_different_name_of_a_path_parameter() {
    assert_found(|message| {
        let changes = start_of("differing-path", message, true, |line| {
            line.replacen('{', "{other-", 1).replacen('<', "<other-", 1)
        });
        changes.into_iter().filter(|change| change.text != message.text).collect()
    });
}

#[test]
fn a_different_status() {
    for status in ["202", "500"] {
        assert_found(|message| {
            start_of("differing-status", message, false, |line| {
                let words: Vec<&str> = line.split(' ').collect();
                [&[words[0], status], &words[2..]].concat().join(" ")
            })
        });
    }
}

#[test]
fn a_different_status_is_reported_with_the_recorded_one() {
    for page in operation_pages() {
        let index = page.messages.iter().position(|message| !message.is_request).unwrap();
        let text = page.messages[index].text.replacen("HTTP/1.1 200", "HTTP/1.1 500", 1);
        let findings = check(&page.with(index, &text).write(&LANGUAGES[0]).text).findings;
        assert_eq!(findings[0].message, "the status is 500, but 200 in the recorded message");
    }
}

#[test]
fn a_renamed_header() {
    assert_found(|message| {
        let body = body(&message.text);
        each_line("differing-header", &message.text, |number, line| {
            let is_header = number > 0 && number < body && line.contains(':');
            is_header.then(|| format!("Other-{line}"))
        })
    });
}

#[test]
fn a_header_that_is_not_http() {
    assert_found(|message| {
        let body = body(&message.text);
        each_line("invalid-head", &message.text, |number, line| {
            let is_header = number > 0 && number < body && line.contains(':');
            is_header.then(|| format!("Not a header {line}"))
        })
    });
}

#[test]
fn a_renamed_member() {
    assert_found(|message| {
        each_line("differing-member", &message.text, |_, line| {
            let (before, name, value) = member(line)?;
            Some(format!("{before}\"{name}Other\"{value}"))
        })
    });
}

#[test]
fn an_added_member() {
    assert_found(|message| {
        each_line("differing-member", &message.text, |_, line| {
            let (before, name, value) = member(line)?;
            Some(format!("{before}\"other\": 1, \"{name}\"{value}"))
        })
    });
}

#[test]
fn a_member_that_occurs_twice() {
    // If a member with a mistake occurs twice, its erratum repairs only one of them.
    let has_mistake = |name: &str| {
        let quoted = format!("\"{name}\"");
        EVIDENCE.errata.iter().any(|erratum| erratum.found.contains(&quoted))
    };
    assert_found(|message| {
        each_line("duplicate-member", &message.text, |_, line| {
            let (before, name, value) = member(line).filter(|(_, name, _)| !has_mistake(name))?;
            Some(format!("{before}\"{name}\": 1, \"{name}\"{value}"))
        })
    });
}

#[test]
fn a_header_that_occurs_twice() {
    assert_found(|message| {
        let body = body(&message.text);
        let changes = each_line("differing-header", &message.text, |number, line| {
            let is_declared = line.starts_with("MS-") || line.starts_with("X-");
            (number > 0 && number < body && is_declared).then(|| format!("{line}\n{line}"))
        });
        // The second header is reported.
        changes.into_iter().map(|change| Change { line: change.line + 1, ..change }).collect()
    });
}

#[test]
fn a_different_type() {
    assert_found(|message| {
        each_line("differing-type", &message.text, |_, line| {
            let (before, name, value) = member(line)?;
            let value = value.trim_start_matches([':', ' ']);
            let end = if value.ends_with(',') { "," } else { "" };
            let other = match value.trim_end_matches(',') {
                "[]" => "{}",
                "{" | "[" => return None,
                scalar if scalar.contains(',') => return None,
                _ => "[]",
            };
            Some(format!("{before}\"{name}\": {other}{end}"))
        })
    });
}

#[test]
fn a_body_that_is_not_json() {
    assert_found(|message| {
        let mut changes = each_line("differing-body", &message.text, |_, line| {
            (line == "    \"overageEnabled\": true").then(|| format!("{line} \"again\""))
        });
        let last = message.text.trim_end().split('\n').count() - 1;
        changes.extend(each_line("differing-body", &message.text, |number, line| {
            (number == last && line == "}").then(|| "} }".to_owned())
        }));
        changes
    });
}

#[test]
fn two_changes_to_one_message() {
    for page in vendor_pages() {
        let Some(index) = page.messages.iter().position(|it| it.text.contains("\"attributes\""))
        else {
            continue;
        };
        let text = &page.messages[index].text;
        let text = text.replacen("Date:", "Other:", 1);
        let (start, end) = text.rsplit_once("\"objectType\"").unwrap();
        let text = format!("{start}\"otherType\"{end}");
        for language in &LANGUAGES {
            let written = page.with(index, &text).write(language);
            let rules: Vec<&str> =
                check(&written.text).findings.iter().map(|finding| finding.rule).collect();
            let expected = ["differing-header", "differing-member"];
            let is_response = !page.messages[index].is_request;
            assert_eq!(rules, if is_response { &expected[..] } else { &expected[1..] });
        }
    }
}
