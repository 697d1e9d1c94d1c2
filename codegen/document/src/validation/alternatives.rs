//! Validates a value against the schemas that compose its schema.

use super::{Case, Role, Validator, Violation, ViolationKind, Violations, with_article};
use crate::tree::Node;

impl<'t> Validator<'_, 't> {
    pub(super) fn composition(&mut self, case: Case<'t>) -> Vec<Violation<'t>> {
        let Case { schema, value, role } = case;
        let parts = schema.items_of("allOf");
        let mut violations: Vec<Violation<'t>> =
            parts.flat_map(|part| self.of_part(part, value, role).to_vec()).collect();
        for keyword in ["anyOf", "oneOf"] {
            violations.extend(self.alternatives(case, keyword));
        }
        violations.extend(self.negation(case));
        violations
    }

    fn negation(&mut self, Case { schema, value, role }: Case<'t>) -> Option<Violation<'t>> {
        let is_known = self.document.is_valid() && role != Role::Structure;
        let excluded = schema.get("not").filter(|_| is_known)?;
        let matches = self.matches(excluded, value, role);
        matches.then(|| Violation::new(value, excluded, "is excluded by `not`"))
    }

    pub(super) fn matches(&mut self, schema: Node<'t>, value: Node<'t>, role: Role) -> bool {
        !self.of_part(schema, value, role).iter().any(Violation::is_invalid)
    }

    fn alternatives(&mut self, case: Case<'t>, keyword: &str) -> Vec<Violation<'t>> {
        let Case { schema, value, role } = case;
        let Some(list) = schema.get(keyword) else { return Vec::new() };
        let alternatives: Vec<Alternative<'t>> = list
            .items()
            .map(|schema| Alternative { schema, violations: self.of_part(schema, value, role) })
            .collect();
        let mut matching = alternatives.iter().filter(|alternative| alternative.matches());
        match (matching.next(), matching.count()) {
            (None, _) => closest(case, list, &alternatives),
            (Some(only), 0) => only.violations.to_vec(),
            (Some(_), others) => self.ambiguous(case, list, others + 1).into_iter().collect(),
        }
    }

    fn ambiguous(&self, case: Case<'t>, list: Node<'t>, count: usize) -> Option<Violation<'t>> {
        let is_exclusive = list.name() == Some("oneOf") && self.document.is_valid();
        // A discriminator determines which schema applies.
        if !is_exclusive || case.schema.get("discriminator").is_some() {
            return None;
        }
        let problem = format!("matches {count} schemas of `oneOf`, but must match only one");
        let violation = Violation::new(case.value, list, problem).kind(ViolationKind::Ambiguous);
        Some(violation.help("make the schemas exclude each other, or write `anyOf`"))
    }
}

/// A schema of `anyOf` or `oneOf`, with the violations by the value.
struct Alternative<'t> {
    schema: Node<'t>,
    violations: Violations<'t>,
}

impl<'t> Alternative<'t> {
    fn matches(&self) -> bool {
        !self.violations.iter().any(Violation::is_invalid)
    }

    /// Returns the type violation by the value as a whole, if there is one.
    fn other_type(&self, value: Node<'t>) -> Option<&Violation<'t>> {
        let mut violations = self.violations.iter();
        violations
            .find(|violation| violation.kind == ViolationKind::Type && violation.value == value)
    }

    /// Returns how far the value is from matching.
    fn distance(&self) -> usize {
        let violations = self.violations.iter().filter(|violation| violation.is_invalid());
        violations.map(|violation| violation.weight).sum()
    }

    fn messages(&self) -> impl Iterator<Item = String> {
        self.violations.iter().map(Violation::message)
    }
}

/// Returns the violations of the alternative that was probably meant, for a value that matches none.
fn closest<'t>(
    case: Case<'t>,
    list: Node<'t>,
    alternatives: &[Alternative<'t>],
) -> Vec<Violation<'t>> {
    let value = case.value;
    if let Some(named) = alternatives.iter().find(|alternative| is_named(case, alternative.schema))
    {
        return named.violations.to_vec();
    }
    let of_type = alternatives.iter().filter(|it| it.other_type(value).is_none());
    let least = of_type.clone().map(Alternative::distance).min();
    let closest: Vec<&Alternative<'t>> =
        of_type.filter(|alternative| Some(alternative.distance()) == least).collect();
    match closest.as_slice() {
        [] => no_type_matches(value, list, alternatives).into_iter().collect(),
        [first, others @ ..]
            if others.iter().all(|other| first.messages().eq(other.messages())) =>
        {
            first.violations.to_vec()
        }
        several => vec![no_match(value, list, several)],
    }
}

/// Returns true if the discriminator in a value names an alternative.
fn is_named(Case { schema, value, .. }: Case<'_>, alternative: Node<'_>) -> bool {
    let is_named = || {
        let discriminator = schema.get("discriminator")?;
        let tag = value.get_str(discriminator.get_str("propertyName")?)?;
        let mapped = discriminator.get("mapping").and_then(|mapping| mapping.get_str(tag));
        let target = alternative.get_str("$ref")?;
        let name = mapped.unwrap_or(tag);
        Some(target == name || target.rsplit_once('/')?.1 == name)
    };
    is_named() == Some(true)
}

/// Returns the violation by a value whose type no alternative allows.
fn no_type_matches<'t>(
    value: Node<'t>,
    list: Node<'t>,
    alternatives: &[Alternative<'t>],
) -> Option<Violation<'t>> {
    let types = alternatives.iter().filter_map(|it| it.other_type(value)?.cause.0.as_str());
    let mut expected: Vec<&str> = Vec::new();
    for article in types.filter_map(with_article) {
        if !expected.contains(&article) {
            expected.push(article);
        }
    }
    if expected.is_empty() {
        // Nested alternatives have no single type, so the first violation is reported.
        return alternatives.iter().find_map(|it| it.other_type(value)).cloned();
    }
    let (expected, found) = (expected.join(" or "), value.value().describe());
    let problem = format!("must be {expected}, but is {found}");
    Some(Violation::new(value, list, problem).kind(ViolationKind::Type))
}

/// Returns the violation by a value that is equally far from several alternatives.
fn no_match<'t>(value: Node<'t>, list: Node<'t>, closest: &[&Alternative<'t>]) -> Violation<'t> {
    const MOST_SHOWN: usize = 3;
    let keyword = list.name().unwrap_or_default();
    let messages = closest.iter().filter_map(|alternative| alternative.messages().next());
    let mut messages: Vec<String> = messages.take(MOST_SHOWN).collect();
    messages.dedup();
    let help = format!("for one schema, {}", messages.join("; for another, "));
    Violation::new(value, list, format_args!("matches no schema of `{keyword}`")).help(help)
}
