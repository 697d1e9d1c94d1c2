//! Compares the version in the manifest with the changelog, the tag and the user guide.

use semver::{Version, VersionReq};

use super::{
    changelog::{CHANGELOG, Changelog, Heading, Section},
    tag_of,
};
use crate::{location::Location, manifest::MANIFEST};

/// The user guide, which shows users the version to depend on.
pub(super) const GUIDE: &str = "generated-client/README.md";

/// Returns the problems with the changelog, the tag and the user guide, each with its location and a remedy.
pub(super) fn problems(version: &Version, tag: Option<&str>) -> anyhow::Result<Vec<String>> {
    let text = Location::in_workspace(CHANGELOG).read()?;
    let changelog = Changelog::parse(&text);
    let guide = Location::in_workspace(GUIDE).read()?;
    let mut problems = form(&changelog);
    problems.extend(order(&changelog));
    problems.extend(newest(&changelog, version));
    problems.extend(tag.and_then(|tag| tagged(&changelog, version, tag)));
    problems.extend(requirements(&guide, version));
    Ok(problems)
}

/// Checks each section individually.
fn form(changelog: &Changelog) -> Vec<String> {
    let problem = |section: &Section| match section.heading {
        Heading::Malformed => {
            Some("this is not a release heading; write `## 1.2.3 - YYYY-MM-DD` or `## Unreleased`")
        }
        Heading::Version(_) if section.body.is_empty() => {
            Some("the release has no changes; describe them, or remove the section")
        }
        Heading::Version(_) | Heading::Unreleased => None,
    };
    let problems =
        changelog.sections.iter().filter_map(|section| Some(at(section, problem(section)?)));
    problems.collect()
}

/// Checks that the sections are sorted from the newest to the oldest.
fn order(changelog: &Changelog) -> Vec<String> {
    let problem = |newer: &Section, older: &Section| match (&newer.heading, &older.heading) {
        (_, Heading::Unreleased) => {
            Some("`Unreleased` is not the first section; move it up".to_owned())
        }
        (Heading::Version(newer), Heading::Version(older)) if newer == older => {
            Some(format!("version {older} has two sections; merge them"))
        }
        (Heading::Version(newer), Heading::Version(older)) if newer < older => Some(format!(
            "version {older} is below {newer}; sort them from the newest to the oldest"
        )),
        _ => None,
    };
    let pairs = changelog.sections.windows(2);
    let problems = pairs.filter_map(|pair| {
        let [newer, older] = pair else { return None };
        Some(at(older, &problem(newer, older)?))
    });
    problems.collect()
}

/// Checks that the manifest has the version of the newest release, or a newer version if there are unreleased changes.
fn newest(changelog: &Changelog, version: &Version) -> Option<String> {
    let newest = changelog.sections.iter().find_map(|section| match &section.heading {
        Heading::Version(version) => Some((section, version)),
        _ => None,
    });
    let is_malformed = |section: &Section| matches!(section.heading, Heading::Malformed);
    if changelog.sections.iter().any(is_malformed) {
        // The malformed heading may be the newest release.
        return None;
    }
    let has_unreleased = unreleased(changelog).is_some();
    match newest {
        Some((section, newest)) if newest > version => Some(at(
            section,
            &format!("version {newest} is newer than {version} in {MANIFEST}; make them equal"),
        )),
        Some((section, newest)) if newest < version && !has_unreleased => Some(at(
            section,
            &format!(
                "there is no section for version {version} of {MANIFEST}; add `## Unreleased` above this one"
            ),
        )),
        None if !has_unreleased => Some(format!(
            "{CHANGELOG}: there is no section for version {version} of {MANIFEST}; add `## Unreleased`"
        )),
        _ => None,
    }
}

/// Checks that a tag matches the version in the manifest, and that the release contains all changes.
fn tagged(changelog: &Changelog, version: &Version, tag: &str) -> Option<String> {
    if tag != tag_of(version) {
        let expected = tag_of(version);
        return Some(format!(
            "{MANIFEST}: the tag `{tag}` does not match version {version}; delete it and create `{expected}`, \
             or change the version"
        ));
    }
    let unreleased = unreleased(changelog)?;
    if let Err(problem) = released(changelog, version) {
        return Some(problem);
    }
    (!unreleased.body.is_empty()).then(|| {
        let problem = format!(
            "version {version} would be released without these changes; move them to its section"
        );
        at(unreleased, &problem)
    })
}

/// Returns the section of a version, or a problem if the version is not released.
pub(super) fn released<'c, 't>(
    changelog: &'c Changelog<'t>,
    version: &Version,
) -> Result<&'c Section<'t>, String> {
    changelog.section(version).ok_or_else(|| match unreleased(changelog) {
        Some(section) => at(
            section,
            &format!(
                "version {version} is not released; rename this heading to `## {version} - YYYY-MM-DD`"
            ),
        ),
        None => format!(
            "{CHANGELOG}: there is no section for version {version} of {MANIFEST}; add `## {version} - YYYY-MM-DD`"
        ),
    })
}

fn unreleased<'c, 't>(changelog: &'c Changelog<'t>) -> Option<&'c Section<'t>> {
    changelog.sections.iter().find(|section| matches!(section.heading, Heading::Unreleased))
}

/// Checks that the dependency requirements that users copy from the guide allow the version.
fn requirements(guide: &str, version: &Version) -> Vec<String> {
    let problem = |(index, line): (usize, &str)| {
        let value = line.strip_prefix("partner-center-client = ")?;
        let value = value.split_once("version = ").map_or(value, |(_, version)| version);
        let requirement = value.split('"').nth(1)?;
        match VersionReq::parse(requirement) {
            Ok(parsed) if parsed.matches(version) => None,
            _ => Some(format!(
                "{GUIDE}:{}:1: `{requirement}` does not allow version {version} of {MANIFEST}; update it",
                index + 1
            )),
        }
    };
    guide.lines().enumerate().filter_map(problem).collect()
}

/// Prefixes a problem with the location of a section.
fn at(section: &Section, problem: &str) -> String {
    format!("{CHANGELOG}:{}:1: {problem}", section.line)
}
