//! Allowances: violations that the project accepts, with their locations and reasons.

use std::{collections::HashSet, ops::Range};

use document::{Diagnostic, Registry, Rule, conflicts, span, structure, syntax, text};
use serde::Deserialize;
use toml::Spanned;

use crate::{malformed, rules};

document::rules! {
    "Allowances (spec/allowances.toml)",
    UNNEEDED_ALLOWANCE = "unneeded-allowance",
    INVALID_ALLOWANCE = "invalid-allowance",
}

/// The rules that cannot be allowed: a document that violates them cannot be checked any further.
static FUNDAMENTAL: [&Rule; 8] = [
    &text::NOT_UTF_8,
    &text::EMPTY_DOCUMENT,
    &text::TOO_DEEP,
    &text::ENDLESS_ALIAS,
    &syntax::SYNTAX,
    &syntax::TAB_IN_INDENTATION,
    &structure::NOT_OPENAPI,
    &structure::UNSUPPORTED_VERSION,
];

/// The allowances of a document.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowances {
    #[serde(default)]
    allowance: Vec<Allowance>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Allowance {
    rule: Spanned<String>,
    pointer: Spanned<String>,
    reason: Spanned<String>,
}

impl Allowances {
    /// Parses an allowances file.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        if let Some(marker) = conflicts::first(text) {
            let (message, help) = (conflicts::MESSAGE, conflicts::HELP);
            return Err(INVALID_ALLOWANCE.spanning(marker, message, Some(help)));
        }
        toml::from_str(text).map_err(|error| {
            let form = "give each `[[allowance]]` a `rule`, a `pointer` and a `reason`";
            let (message, help) = malformed::explain(text, &error, form);
            INVALID_ALLOWANCE.spanning(whole_line(text, error.span()), message, Some(&help))
        })
    }

    /// Returns true if a diagnostic is allowed.
    pub fn allow(&self, diagnostic: &Diagnostic) -> bool {
        self.allowance.iter().any(|allowance| allowance.allows(diagnostic))
    }

    /// Removes the allowed diagnostics of a document, and returns the diagnostics about the allowances themselves.
    ///
    /// The rule of an allowance must be in the registry. `has_evidence` is true if the document was compared with all
    /// of its evidence. Otherwise, allowances for rules about the evidence are not reported as unneeded.
    pub fn apply(
        &self,
        diagnostics: &mut Vec<Diagnostic>,
        registry: &Registry,
        has_evidence: bool,
    ) -> Vec<Diagnostic> {
        let is_unreadable =
            diagnostics.iter().any(|it| FUNDAMENTAL.iter().any(|rule| rule.id == it.rule));
        let others: Vec<Diagnostic> =
            diagnostics.iter().filter(|diagnostic| !self.allow(diagnostic)).cloned().collect();
        let is_checked = |allowance: &Allowance| {
            !is_unreadable && (has_evidence || !allowance.is_about_evidence())
        };
        let mut seen = HashSet::new();
        let mut about_allowances = Vec::new();
        for allowance in &self.allowance {
            let invalid = allowance.invalid(registry);
            let is_valid = invalid.is_empty();
            about_allowances.extend(invalid);
            let is_first = seen.insert((allowance.rule.get_ref(), allowance.pointer.get_ref()));
            if !is_first {
                about_allowances.push(allowance.duplicate());
                continue;
            }
            let is_needed = allowance.apply(diagnostics) || !is_checked(allowance);
            if is_valid && !is_needed {
                about_allowances.push(allowance.unneeded(&others));
            }
        }
        about_allowances
    }
}

impl Allowance {
    /// Removes the allowed diagnostics. Returns false if there are none.
    fn apply(&self, diagnostics: &mut Vec<Diagnostic>) -> bool {
        let found = diagnostics.len();
        diagnostics.retain(|diagnostic| !self.allows(diagnostic));
        diagnostics.len() < found
    }

    fn is_about_evidence(&self) -> bool {
        rules::GROUP.rules.iter().any(|rule| rule.id == self.rule.get_ref())
    }

    fn allows(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.rule == self.rule.get_ref()
            && diagnostic.pointer == *self.pointer.get_ref()
            && !self.is_fundamental()
    }

    fn is_fundamental(&self) -> bool {
        FUNDAMENTAL.iter().any(|rule| rule.id == self.rule.get_ref())
    }

    fn invalid(&self, registry: &Registry) -> Vec<Diagnostic> {
        let rule = self.unknown_rule(registry).or_else(|| self.fundamental_rule());
        let invalid = [rule, self.malformed_pointer(), self.missing_reason()];
        let invalid = invalid.into_iter().flatten().map(|(value, message, help)| {
            INVALID_ALLOWANCE.spanning(value.span(), message, Some(&help))
        });
        invalid.collect()
    }

    fn unknown_rule(&self, registry: &Registry) -> Option<InvalidValue<'_>> {
        let rule = self.rule.get_ref();
        registry.rule(rule).is_none().then(|| {
            let help = match registry.nearest(rule) {
                Some(meant) => format!("write `{meant}`"),
                None => "see `cargo xtask lint --rules`".to_owned(),
            };
            (&self.rule, format!("there is no rule `{rule}`"), help)
        })
    }

    fn fundamental_rule(&self) -> Option<InvalidValue<'_>> {
        self.is_fundamental().then(|| {
            let message = format!("`{}` cannot be allowed", self.rule.get_ref());
            (&self.rule, message, "fix the document; it cannot be checked otherwise".to_owned())
        })
    }

    fn malformed_pointer(&self) -> Option<InvalidValue<'_>> {
        let pointer = self.pointer.get_ref();
        let mut escapes = pointer.split('~').skip(1);
        let is_valid = (pointer.is_empty() || pointer.starts_with('/'))
            && escapes.all(|escape| escape.starts_with(['0', '1']));
        (!is_valid).then(|| {
            let help = match pointer.strip_prefix('#') {
                Some(meant) => format!("write `{meant}`"),
                None => "write `/` before each key, `~1` for `/` in a key, and `~0` for `~`".into(),
            };
            (&self.pointer, format!("`{pointer}` is not a JSON pointer"), help)
        })
    }

    fn missing_reason(&self) -> Option<InvalidValue<'_>> {
        let help = "explain why the violation is acceptable here";
        let is_missing = self.reason.get_ref().trim().is_empty();
        is_missing
            .then(|| (&self.reason, "the allowance has no reason".to_owned(), help.to_owned()))
    }

    fn duplicate(&self) -> Diagnostic {
        let message = "this duplicates another allowance";
        UNNEEDED_ALLOWANCE.spanning(self.rule.span(), message, Some("remove one of them"))
    }

    /// Reports that the allowance allows nothing. If the rule is violated at another location, suggests its pointer.
    fn unneeded(&self, diagnostics: &[Diagnostic]) -> Diagnostic {
        let rule = self.rule.get_ref();
        let elsewhere = diagnostics.iter().find(|diagnostic| diagnostic.rule == rule);
        let help = match elsewhere {
            Some(Diagnostic { pointer, .. }) => {
                format!("remove the allowance, or change its pointer to `{pointer}`")
            }
            None => "remove the allowance".to_owned(),
        };
        let message = format!("nothing at this pointer violates `{rule}`");
        UNNEEDED_ALLOWANCE.spanning(self.pointer.span(), message, Some(&help))
    }
}

/// An invalid value of an allowance, with its message and help text.
type InvalidValue<'a> = (&'a Spanned<String>, String, String);

/// Returns the first line of a span, or of the whole text.
fn whole_line(text: &str, span: Option<Range<usize>>) -> Range<usize> {
    let start = span.map_or(0, |span| span.start.min(text.len()));
    let start = span::line_start(text, start);
    let length = text[start..].lines().next().unwrap_or_default().len();
    match length {
        0 => 0..text.len().min(1),
        _ => start..start + length,
    }
}
