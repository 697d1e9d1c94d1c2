//! Determines the version that the changes require.

use semver::Version;
use serde::Serialize;

use crate::rule::Severity;

/// The manifest's version and the changelog.
#[derive(Clone, Copy, Debug)]
pub struct Versions<'v> {
    /// The version of the client in the manifest.
    pub manifest: &'v str,
    /// The text of the changelog, in which each release has a heading.
    pub changelog: &'v str,
}

/// The version that the changes need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bump {
    /// The latest release in the changelog.
    pub released: Option<String>,
    /// The version in the manifest.
    pub manifest: String,
    /// The lowest version that may ship the changes.
    pub suggested: Option<String>,
    /// True if the version in the manifest may ship them.
    pub is_sufficient: bool,
}

impl Versions<'_> {
    /// Returns the version that changes of at most this severity require.
    pub(crate) fn bump(&self, severity: Option<Severity>) -> Bump {
        let released = self.released();
        let manifest = Version::parse(self.manifest).ok();
        let suggested = released.as_ref().map(|released| next(released, severity));
        let is_sufficient = match (&manifest, &suggested) {
            (Some(manifest), Some(suggested)) => manifest >= suggested,
            // Without a release, there is nothing to break.
            (_, None) => true,
            (None, Some(_)) => false,
        };
        Bump {
            released: released.map(|version| version.to_string()),
            manifest: self.manifest.to_owned(),
            suggested: suggested.map(|version| version.to_string()),
            is_sufficient,
        }
    }

    /// Returns the lowest version that may ship a break.
    pub(crate) fn due_for_a_break(&self) -> Option<Version> {
        match self.released() {
            Some(released) => Some(next(&released, Some(Severity::Breaking))),
            None => Version::parse(self.manifest).ok(),
        }
    }

    /// Returns the highest version with a heading in the changelog.
    pub(crate) fn released(&self) -> Option<Version> {
        let headings = self.changelog.lines().filter_map(|line| line.strip_prefix("## "));
        let words = headings.filter_map(|heading| heading.split_whitespace().next());
        let versions = words.filter_map(|word| {
            Version::parse(word.trim_matches(['[', ']']).trim_start_matches('v')).ok()
        });
        versions.max()
    }
}

/// Returns the lowest version that may ship a change. Below 1.0 a break raises the minor version.
fn next(released: &Version, severity: Option<Severity>) -> Version {
    let Version { major, minor, patch, .. } = *released;
    match (severity, major) {
        (None, _) => released.clone(),
        (Some(Severity::Breaking), 0) => Version::new(0, minor + 1, 0),
        (Some(Severity::Breaking), _) => Version::new(major + 1, 0, 0),
        (Some(Severity::Compatible), 1..) => Version::new(major, minor + 1, 0),
        (Some(_), _) => Version::new(major, minor, patch + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggested(changelog: &str, manifest: &str, severity: Severity) -> (Option<String>, bool) {
        let bump = Versions { manifest, changelog }.bump(Some(severity));
        (bump.suggested, bump.is_sufficient)
    }

    #[test]
    fn a_break_before_1_0_raises_the_minor_version() {
        let changelog = "# Changelog\n\n## Unreleased\n\n## [0.2.3] - 2026-01-01\n\n## 0.2.2\n";
        let version = |text: &str| Some(text.to_owned());
        assert_eq!(suggested(changelog, "0.2.3", Severity::Breaking), (version("0.3.0"), false));
        assert_eq!(suggested(changelog, "0.3.0", Severity::Breaking), (version("0.3.0"), true));
        assert_eq!(suggested(changelog, "0.2.3", Severity::Compatible), (version("0.2.4"), false));
        assert_eq!(
            suggested(changelog, "0.2.4", Severity::Documentation),
            (version("0.2.4"), true)
        );
    }

    #[test]
    fn a_break_after_1_0_raises_the_major_version() {
        assert_eq!(suggested("## 1.4.2", "1.4.2", Severity::Breaking).0.as_deref(), Some("2.0.0"));
        assert_eq!(
            suggested("## 1.4.2", "1.4.2", Severity::Compatible).0.as_deref(),
            Some("1.5.0")
        );
    }

    #[test]
    fn before_the_first_release_nothing_can_break() {
        assert_eq!(suggested("## Unreleased", "0.1.0", Severity::Breaking), (None, true));
    }
}
