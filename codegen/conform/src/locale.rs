//! Groups the translations of a page to distinguish defects of one translation from changes by the vendor.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Checked, Outcome};

/// The minimum number of locales needed to distinguish vendor drift from translation defects.
const MANY: usize = 3;

/// Returns the locale of a page: the one in its front matter, or else the last one in its path, or else its folder.
pub(crate) fn of(path: &str, front_matter: Option<&str>) -> String {
    if let Some(locale) = front_matter.filter(|locale| is_locale(locale)) {
        return locale.to_lowercase();
    }
    let parts = path.split(['/', '\\', '.']);
    let mut locales = parts.filter(|part| is_locale(part));
    let folder = || path.rsplit_once(['/', '\\']).map_or(".", |(folder, _)| folder);
    locales.next_back().map_or_else(|| folder().to_owned(), str::to_lowercase)
}

/// Returns true for a language and a region, such as `sv-SE`.
fn is_locale(text: &str) -> bool {
    let is_part = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let mut parts = text.split('-');
    let has_language = parts.next().is_some_and(|language| is_part(language, 2..=3));
    let rest: Vec<&str> = parts.collect();
    has_language
        && match rest.as_slice() {
            [region] => is_part(region, 2..=4),
            [script, region] => is_part(script, 4..=4) && is_part(region, 2..=2),
            _ => false,
        }
}

/// Appends the probable cause to the message of each finding: a translation defect if few locales have the finding, or
/// vendor drift if most of them do.
pub fn group<'c>(pages: impl Iterator<Item = &'c mut Checked>) {
    let mut pages: Vec<&mut Checked> = pages.collect();
    let mut locales: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut found: BTreeMap<(String, &'static str, String), BTreeSet<String>> = BTreeMap::new();
    for page in &pages {
        let Some(subject) = &page.subject else { continue };
        if page.outcome == Outcome::Unable {
            continue;
        }
        locales.entry(subject.clone()).or_default().insert(page.locale.clone());
        for finding in &page.findings {
            let key = (subject.clone(), finding.rule, finding.message.clone());
            found.entry(key).or_default().insert(page.locale.clone());
        }
    }
    for page in pages.iter_mut().filter(|page| page.outcome == Outcome::Findings) {
        let Some(subject) = &page.subject else { continue };
        let total = locales.get(subject).map_or(0, BTreeSet::len);
        for finding in &mut page.findings {
            let key = (subject.clone(), finding.rule, finding.message.clone());
            let count = found.get(&key).map_or(0, BTreeSet::len);
            if let Some(cause) = cause(count, total) {
                finding.message += &cause;
            }
        }
    }
}

/// Describes the probable cause of a finding that occurs in `count` of the `total` locales of a page.
fn cause(count: usize, total: usize) -> Option<String> {
    if total < 2 {
        return None;
    }
    let cause = match count {
        _ if total >= MANY && count * 2 > total => "vendor drift",
        1 => "translation defect",
        _ if total >= MANY => "translation defect",
        _ => return None,
    };
    Some(format!(" ({cause}: in {count} of {total} locales)"))
}
