//! Does each rule have a page in the required form?

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use ::document::Rule;

use support::document;

/// Returns the path of each rule page.
fn pages() -> impl Iterator<Item = PathBuf> {
    let packages = ["document", "evidence", "lint"].into_iter();
    let folders = packages.map(|package| document::path(&format!("codegen/{package}/rules")));
    folders.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|file| file.unwrap().path())
}

fn rules() -> impl Iterator<Item = &'static Rule> {
    xtask::registry().rules().collect::<Vec<_>>().into_iter()
}

/// Returns the rule of a page.
fn rule(page: &Path) -> &'static Rule {
    let id = page.file_stem().unwrap().to_string_lossy();
    rules().find(|rule| rule.id == id).unwrap()
}

#[test]
fn each_page_is_listed_by_exactly_one_group() {
    for page in pages() {
        let id = page.file_stem().unwrap().to_string_lossy();
        let listed = rules().filter(|rule| rule.id == id).count();
        assert_eq!(listed, 1, "list `{id}` in one group, or remove {}", page.display());
    }
}

#[test]
fn each_front_matter_is_valid_yaml() {
    for page in pages() {
        let rule = rule(&page);
        let page = fs::read_to_string(page).unwrap();
        let front_matter = page.split("---\n").nth(1).unwrap();
        let members: BTreeMap<String, String> = serde_yaml::from_str(front_matter)
            .unwrap_or_else(|error| panic!("{}: {error}\n{front_matter}", rule.id));
        let expected = [("severity", rule.severity.name()), ("summary", rule.summary)];
        assert!(members.iter().map(|(key, value)| (&**key, &**value)).eq(expected), "{}", rule.id);
    }
}

#[test]
fn each_summary_is_a_sentence_without_a_period() {
    for Rule { id, summary, .. } in rules() {
        assert!(summary.starts_with(char::is_uppercase), "{id}: begin with a capital: {summary}");
        assert!(!summary.ends_with(['.', ' ']), "{id}: remove the period: {summary}");
    }
}

#[test]
fn each_reason_consists_of_sentences_on_short_lines() {
    for Rule { id, why, .. } in rules() {
        assert!(why.ends_with('.'), "{id}: end the reason with a period");
        for line in why.lines() {
            assert!(line.chars().count() <= 80, "{id}: wrap the line after 80 columns: {line}");
        }
    }
}
