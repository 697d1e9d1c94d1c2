//! Are harmless differences ignored in every language?

use conform::Outcome;

use super::page::{LANGUAGES, VendorPage, check, operation_pages, vendor_pages};

/// Asserts that every page is clean after a change.
fn assert_clean(change: impl Fn(&VendorPage) -> VendorPage) {
    assert_clean_text(change, |text| text.to_owned());
}

fn assert_clean_text(
    change: impl Fn(&VendorPage) -> VendorPage,
    change_text: impl Fn(&str) -> String,
) {
    for page in vendor_pages() {
        for language in &LANGUAGES {
            let text = change_text(&change(&page).write(language).text);
            let checked = check(&text);
            assert_eq!(checked.findings, [], "{} in {}:\n{text}", page.name, language.locale);
            assert_eq!(checked.outcome, Outcome::Clean, "{}:\n{text}", page.name);
        }
    }
}

fn assert_clean_messages(change: impl Fn(&str) -> String) {
    assert_clean(|page| page.map(&change));
}

fn assert_clean_pages(change: impl Fn(&str) -> String) {
    assert_clean_text(Clone::clone, change);
}

/// Applies a change to each line of a message.
fn lines(message: &str, change: impl Fn(&str) -> String) -> String {
    message.split('\n').map(change).collect::<Vec<_>>().join("\n")
}

/// Replaces the value in a line with this header. Other lines stay unchanged.
fn header(line: &str, name: &str, value: &str) -> String {
    match line.starts_with(&format!("{name}:")) {
        true => format!("{name}: {value}"),
        false => line.to_owned(),
    }
}

/// Replaces the path parameter of a message.
fn parameter(message: &str, replacement: &str) -> String {
    message
        .replace("{customer-tenant-id}", replacement)
        .replace("<customer-tenant-id>", replacement)
}

#[test]
fn the_recorded_messages() {
    assert_clean_messages(str::to_owned);
}

#[test]
fn windows_line_endings() {
    assert_clean_pages(|text| text.replace("\r\n", "\n").replace('\n', "\r\n"));
}

#[test]
fn a_byte_order_mark() {
    assert_clean_pages(|text| format!("\u{feff}{text}"));
}

#[test]
fn other_kinds_of_spaces() {
    for space in ["\u{a0}", "\u{202f}", "\u{2009}", "\u{3000}"] {
        assert_clean_messages(|message| message.replace(' ', space));
    }
}

#[test]
fn double_spaces_in_the_head() {
    assert_clean_messages(|message| {
        lines(message, |line| match line.starts_with([' ', '{', '}']) {
            true => line.to_owned(),
            false => line.replace(": ", ":  ").replace(" HTTP", "  HTTP").replace("1.1 ", "1.1  "),
        })
    });
}

#[test]
fn tabs_as_indentation() {
    assert_clean_messages(|message| message.replace("    ", "\t"));
}

#[test]
fn trailing_spaces() {
    assert_clean_messages(|message| lines(message, |line| format!("{line}  ")));
}

#[test]
fn empty_lines_at_the_end() {
    assert_clean_messages(|message| {
        format!("{message}\n\n\n   \nX").trim_end_matches('X').to_owned()
    });
}

#[test]
fn no_empty_line_between_head_and_body() {
    assert_clean_messages(|message| message.replace("\n\n{", "\n{"));
}

#[test]
fn an_indented_code_block_in_a_list() {
    assert_clean_pages(|text| {
        let lines = text.replace("\r\n", "\n");
        let lines = lines.split('\n').map(|line| match line.starts_with("## ") {
            true => line.replacen("## ", "1. ", 1),
            false if line.is_empty() || line.starts_with(['-', '#', 't', 'm']) => line.to_owned(),
            false => format!("   {line}"),
        });
        lines.collect::<Vec<_>>().join("\n")
    });
}

#[test]
fn html_entities() {
    assert_clean_messages(|message| message.replace('<', "&lt;").replace('>', "&gt;"));
    assert_clean_messages(|message| message.replace("{c", "&#123;c").replace("id}", "id&#x7D;"));
    assert_clean_messages(|message| message.replace('"', "&quot;"));
}

#[test]
fn invisible_characters() {
    assert_clean_messages(|message| message.replace('\n', "\u{200b}\n"));
}

#[test]
fn the_http_version() {
    assert_clean_messages(|message| message.replace("HTTP/1.1", "http/1.1"));
    assert_clean_messages(|message| lines(message, |line| line.replace(" HTTP/1.1", "")));
}

#[test]
fn the_letter_case_and_the_brackets_of_a_path_parameter() {
    for replacement in ["{Customer-Tenant-ID}", "<customer-tenant-id>", "[customer-tenant-id]"] {
        assert_clean_messages(|message| parameter(message, replacement));
    }
}

#[test]
fn a_value_of_a_path_parameter() {
    assert_clean_messages(|message| parameter(message, "4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04"));
}

#[test]
fn ids_dates_and_lengths() {
    assert_clean_messages(|message| {
        lines(message, |line| {
            let line = header(line, "MS-RequestId", "4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04");
            let line = header(&line, "Date", "Wed, 21 Oct 2026 07:28:00 GMT");
            header(&line, "Content-Length", "7").replace("1111", "2222").replace("2019-", "2031-")
        })
    });
}

#[test]
fn standard_http_headers() {
    assert_clean_messages(|message| {
        lines(message, |line| match line.starts_with("Content-Length") {
            true => format!("Connection: close\nServer: x\n{line}"),
            false => line.replace("Accept: application/json", "Host: x\nAccept: */*"),
        })
    });
    assert_clean_messages(|message| {
        let is_kept = |line: &&str| !line.starts_with("Content-");
        message.split('\n').filter(is_kept).collect::<Vec<_>>().join("\n")
    });
}

#[test]
fn the_letter_case_of_headers() {
    assert_clean_messages(|message| {
        lines(message, |line| match line.split_once(": ") {
            Some((name, value)) if !name.contains([' ', '"']) => {
                format!("{}: {value}", name.to_lowercase())
            }
            _ => line.to_owned(),
        })
    });
}

#[test]
fn a_relative_request_target() {
    assert_clean_messages(|message| message.replace("https://api.partnercenter.microsoft.com", ""));
    assert_clean_messages(|message| {
        message.replace("https://api.partnercenter.microsoft.com", "{baseURL}")
    });
}

#[test]
fn values_of_members() {
    assert_clean_messages(|message| {
        message.replace("en-US", "Zork").replace("100", "7").replace("true", "false")
    });
}

#[test]
fn a_body_on_one_line() {
    assert_clean_messages(|message| match message.split_once("\n\n{") {
        Some((head, body)) => {
            format!("{head}\n\n{{{}", body.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        None => message.to_owned(),
    });
}

#[test]
fn an_unclosed_fence_at_the_end() {
    assert_clean_pages(|text| text.trim_end().trim_end_matches(['`', '~', ' ']).to_owned());
    let cut = |text: &str| text.trim_end().trim_end_matches(['`', '~', ' ']).trim_end().to_owned();
    assert_clean_pages(cut);
}

#[test]
fn a_code_block_in_a_block_quote() {
    assert_clean_pages(|text| {
        let (start, blocks) = text.split_once("## ").unwrap();
        start.to_owned() + &lines(&format!("## {blocks}"), |line| format!("> {line}"))
    });
}

#[test]
fn a_request_and_its_response_in_one_code_block() {
    for page in operation_pages() {
        let mut joined = page.clone();
        let messages = joined.messages.drain(..).map(|message| message.text);
        let text = messages.collect::<Vec<_>>().join("\n");
        joined.messages = vec![super::page::Message { text, ..page.messages[0].clone() }];
        for language in &LANGUAGES {
            let text = joined.write(language).text;
            let checked = check(&text);
            assert_eq!((checked.outcome, checked.findings), (Outcome::Clean, vec![]), "{text}");
            assert_eq!(checked.messages.len(), page.messages.len());
        }
    }
}

#[test]
fn bodies_without_their_heads() {
    for page in operation_pages() {
        let bodies = page.map(|message| match message.split_once("\n\n{") {
            Some((_, body)) => format!("{{{body}"),
            None => message.to_owned(),
        });
        for language in &LANGUAGES {
            let text = bodies.write(language).text;
            let checked = check(&text);
            assert_eq!((checked.outcome, checked.findings), (Outcome::Clean, vec![]), "{text}");
        }
    }
}

#[test]
fn a_body_in_a_separate_code_block() {
    for page in operation_pages() {
        let mut split = page.clone();
        split.messages = page
            .messages
            .iter()
            .flat_map(|message| {
                let (head, body) = message.text.split_once("\n\n{").unwrap_or((&message.text, ""));
                let body = (!body.is_empty()).then(|| format!("{{{body}"));
                [Some(head.to_owned()), body].into_iter().flatten()
            })
            .map(|text| super::page::Message { text, ..page.messages[0].clone() })
            .collect();
        for language in &LANGUAGES {
            let text = split.write(language).text;
            let checked = check(&text);
            assert_eq!((checked.outcome, checked.findings), (Outcome::Clean, vec![]), "{text}");
        }
    }
}
