//! Are tables of fault codes compared correctly, however the digits are written?

use std::collections::BTreeMap;

use conform::Outcome;

use super::page::{check, check_as, places};

/// Returns the codes that the descriptions in the document explain, with their statuses.
fn codes() -> BTreeMap<u64, u16> {
    let codes = support::document::operations()
        .into_iter()
        .flat_map(|operation| operation.responses().collect::<Vec<_>>())
        .flat_map(|(status, response)| {
            let words = response["description"].as_str().unwrap_or_default().split_whitespace();
            let text = words.collect::<Vec<_>>().join(" ");
            let explanations = document::codes::explanations(&text).into_iter();
            let codes = explanations.flat_map(|it| it.codes);
            codes.map(|it| (it.number, status.parse().unwrap())).collect::<Vec<_>>()
        });
    codes.filter(|(code, _)| *code >= 1000).collect()
}

fn grouped(code: u64, separator: &str) -> String {
    let digits = code.to_string();
    match digits.len() {
        0..=3 => digits,
        length => format!("{}{separator}{}", &digits[..length - 3], &digits[length - 3..]),
    }
}

type Cell = fn(u64) -> String;

const CELLS: [Cell; 8] = [
    |code| code.to_string(),
    |code| grouped(code, "."),
    |code| grouped(code, ","),
    |code| grouped(code, " "),
    |code| grouped(code, "\u{a0}"),
    |code| grouped(code, "\u{202f}"),
    |code| format!("{code}年"),
    |code| format!("**`{code}`**"),
];

fn table(rows: impl Iterator<Item = (u16, String)>) -> String {
    let rows = rows.map(|(status, code)| format!("| {status}: Blorp | {code} | Zork 1000. |\n"));
    format!("# Blorp\n\n| A | B | C |\n|---|---|---|\n{}", rows.collect::<String>())
}

#[test]
fn all_codes_of_the_document() {
    assert!(codes().len() > 3, "the document explains too few codes for these tests");
    for cell in CELLS {
        let text = table(codes().into_iter().map(|(code, status)| (status, cell(code))));
        let checked = check(&text);
        assert_eq!((checked.outcome, checked.findings), (Outcome::Clean, vec![]), "{text}");
    }
}

#[test]
fn a_code_under_the_wrong_status() {
    for cell in CELLS {
        for (changed, wrong) in codes().keys().enumerate() {
            let status = |code, status| if code == *wrong { 418 } else { status };
            let text = table(codes().into_iter().map(|(code, it)| (status(code, it), cell(code))));
            let checked = check(&text);
            assert_eq!(
                places(&text, &checked.findings),
                [("differing-code", 5 + changed)],
                "{text}"
            );
        }
    }
}

#[test]
fn codes_under_a_heading_with_their_status() {
    let statuses: Vec<(u64, u16)> = codes().into_iter().collect();
    let sections = statuses.iter().map(|(code, status)| {
        format!("## {status}: Zork\n\n| A | B |\n|---|---|\n| {code} | Blorp |\n\n")
    });
    let text = format!("# Blorp\n\n{}", sections.collect::<String>());
    assert_eq!(check(&text).findings, []);
    let changed = text.replacen(&format!("## {}", statuses[0].1), "## 418", 1);
    assert_eq!(places(&changed, &check(&changed).findings), [("differing-code", 7)], "{changed}");
}

#[test]
fn a_status_and_a_code_in_one_cell() {
    let row = |(code, status)| (status, format!("{status}: Blorp, zork {code}"));
    let text = table(codes().into_iter().map(row));
    assert_eq!(check(&text).outcome, Outcome::Clean);
}

#[test]
fn a_code_that_is_also_listed_under_its_own_status() {
    let others = codes().into_keys().map(|code| (418, code.to_string()));
    let own = codes().into_iter().map(|(code, status)| (status, code.to_string()));
    assert_eq!(check(&table(others.chain(own))).findings, []);
}

#[test]
fn a_page_that_omits_some_codes() {
    let three = codes().into_iter().take(3);
    let text = table(three.map(|(code, status)| (status, code.to_string())));
    assert_eq!(check(&text).outcome, Outcome::Clean);
}

#[test]
fn a_single_code_does_not_identify_a_page() {
    let (code, _) = codes().into_iter().next().unwrap();
    let text = table([(418, code.to_string())].into_iter());
    assert_eq!(check(&text).outcome, Outcome::Other);
    assert_eq!(check_as("get-zorks.md", &text).outcome, Outcome::Other);
}
