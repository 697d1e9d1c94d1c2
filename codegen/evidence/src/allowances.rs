//! What is allowed to be wrong, where, and why.

use std::{collections::HashSet, ops::Range};

use document::{Diagnostic, Group, Registry, Rule, rule, structure, syntax, text};
use serde::Deserialize;
use toml::Spanned;

use crate::{conflicts, malformed, rules};

pub(super) static GROUP: Group = Group {
    title: "Allowances (spec/allowances.toml)",
    rules: &[&UNNEEDED_ALLOWANCE, &INVALID_ALLOWANCE],
};

static UNNEEDED_ALLOWANCE: Rule = rule!("unneeded-allowance");

static INVALID_ALLOWANCE: Rule = rule!("invalid-allowance");

/// What keeps a document from being read, so that nobody knows what else is wrong with it.
static INEXCUSABLE: [&Rule; 8] = [
    &text::NOT_UTF_8,
    &text::EMPTY_DOCUMENT,
    &text::TOO_DEEP,
    &text::ENDLESS_ALIAS,
    &syntax::SYNTAX,
    &syntax::TAB_IN_INDENTATION,
    &structure::NOT_OPENAPI,
    &structure::UNSUPPORTED_VERSION,
];

/// What is allowed to be wrong in a document.
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
    /// Reads the text of a file of allowances.
    ///
    /// # Errors
    ///
    /// What keeps it from being read.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        if let Some(mark) = conflicts::first(text) {
            let message = "git could not merge two versions of this";
            let help = "keep one of them, and remove the lines that mark them";
            return Err(INVALID_ALLOWANCE.spanning(mark, message, Some(help)));
        }
        toml::from_str(text).map_err(|error| {
            let form = "give each `[[allowance]]` a `rule`, a `pointer` and a `reason`";
            let (message, help) = malformed::explain(text, &error, form);
            INVALID_ALLOWANCE.spanning(whole_line(text, error.span()), message, Some(&help))
        })
    }

    /// Whether a problem is allowed.
    #[must_use]
    pub fn allow(&self, diagnostic: &Diagnostic) -> bool {
        self.allowance.iter().any(|allowance| allowance.allows(diagnostic))
    }

    /// Removes what is allowed from the problems of a document, and returns what is wrong with the allowances.
    ///
    /// An allowance names a rule of the registry. `has_evidence` says whether the document was compared with all
    /// of the evidence. If not, an allowance of a rule about the evidence may be needed although it allows
    /// nothing now.
    #[must_use]
    pub fn apply(
        &self,
        diagnostics: &mut Vec<Diagnostic>,
        registry: &Registry,
        has_evidence: bool,
    ) -> Vec<Diagnostic> {
        let is_unreadable =
            diagnostics.iter().any(|it| INEXCUSABLE.iter().any(|rule| rule.id == it.rule));
        let others: Vec<Diagnostic> =
            diagnostics.iter().filter(|diagnostic| !self.allow(diagnostic)).cloned().collect();
        let is_judged = |allowance: &Allowance| {
            !is_unreadable && (has_evidence || !allowance.is_about_evidence())
        };
        let mut places = HashSet::new();
        let allowances = self.allowance.iter();
        allowances
            .filter_map(|allowance| {
                let is_first =
                    places.insert((allowance.rule.get_ref(), allowance.pointer.get_ref()));
                if !is_first {
                    return Some(allowance.repeated());
                }
                let is_needed = allowance.apply(diagnostics) || !is_judged(allowance);
                allowance
                    .invalid(registry)
                    .or_else(|| (!is_needed).then(|| allowance.unneeded(&others)))
            })
            .collect()
    }
}

impl Allowance {
    /// Removes what it allows, and returns whether there was anything.
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
            && !self.is_inexcusable()
    }

    fn is_inexcusable(&self) -> bool {
        INEXCUSABLE.iter().any(|rule| rule.id == self.rule.get_ref())
    }

    fn invalid(&self, registry: &Registry) -> Option<Diagnostic> {
        self.unknown_rule(registry)
            .or_else(|| self.inexcusable_rule())
            .or_else(|| self.malformed_pointer())
            .or_else(|| self.no_reason())
    }

    fn inexcusable_rule(&self) -> Option<Diagnostic> {
        self.is_inexcusable().then(|| {
            let message = format!("`{}` cannot be allowed", self.rule.get_ref());
            let help = "correct the document, of which nothing can be read before";
            INVALID_ALLOWANCE.spanning(self.rule.span(), message, Some(help))
        })
    }

    fn unknown_rule(&self, registry: &Registry) -> Option<Diagnostic> {
        let rule = self.rule.get_ref();
        registry.rule(rule).is_none().then(|| {
            let help = match registry.nearest(rule) {
                Some(meant) => format!("write `{meant}`"),
                None => "see `cargo xtask lint --rules`".to_owned(),
            };
            let message = format!("there is no rule `{rule}`");
            INVALID_ALLOWANCE.spanning(self.rule.span(), message, Some(&help))
        })
    }

    fn malformed_pointer(&self) -> Option<Diagnostic> {
        let pointer = self.pointer.get_ref();
        let mut escapes = pointer.split('~').skip(1);
        let is_sound = (pointer.is_empty() || pointer.starts_with('/'))
            && escapes.all(|escape| escape.starts_with(['0', '1']));
        (!is_sound).then(|| {
            let help = match pointer.strip_prefix('#') {
                Some(meant) => format!("write `{meant}`"),
                None => {
                    "write `/` before each key, and in a key `~1` for `/` and `~0` for `~`".into()
                }
            };
            let message = format!("`{pointer}` is no JSON pointer");
            INVALID_ALLOWANCE.spanning(self.pointer.span(), message, Some(&help))
        })
    }

    fn no_reason(&self) -> Option<Diagnostic> {
        self.reason.get_ref().trim().is_empty().then(|| {
            let help = "say why this place is as it should be";
            INVALID_ALLOWANCE.spanning(
                self.reason.span(),
                "the allowance has no reason",
                Some(help),
            )
        })
    }

    fn repeated(&self) -> Diagnostic {
        let message = "another allowance says the same";
        UNNEEDED_ALLOWANCE.spanning(self.rule.span(), message, Some("remove one of them"))
    }

    /// That nothing is allowed; and where the rule is broken, if it is anywhere.
    fn unneeded(&self, diagnostics: &[Diagnostic]) -> Diagnostic {
        let rule = self.rule.get_ref();
        let elsewhere = diagnostics.iter().find(|diagnostic| diagnostic.rule == rule);
        let help = match elsewhere {
            Some(Diagnostic { pointer, .. }) => {
                format!("remove the allowance, or give it the pointer `{pointer}`")
            }
            None => "remove the allowance".to_owned(),
        };
        let message = format!("nothing there breaks `{rule}`");
        UNNEEDED_ALLOWANCE.spanning(self.pointer.span(), message, Some(&help))
    }
}

/// The first line of a span, or of the text.
fn whole_line(text: &str, span: Option<Range<usize>>) -> Range<usize> {
    let start = span.map_or(0, |span| span.start.min(text.len()));
    let start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let length = text[start..].lines().next().unwrap_or_default().len();
    match length {
        0 => 0..text.len().min(1),
        _ => start..start + length,
    }
}
