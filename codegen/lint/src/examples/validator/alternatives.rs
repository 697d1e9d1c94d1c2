//! A value against the schemas of which another is composed.

use document::{Node, phrasing::describe};

use super::{Case, Validator, Violations};
use crate::{
    examples::{Violation, ViolationKind},
    schemas::with_article,
};

impl<'t> Validator<'_, 't> {
    pub(super) fn of_composition(&mut self, case: Case<'t>) -> Vec<Violation<'t>> {
        let Case { schema, value, role } = case;
        let parts = schema.get("allOf").into_iter().flat_map(Node::items);
        let mut violations: Vec<Violation<'t>> =
            parts.flat_map(|part| self.violations(part, value, role).to_vec()).collect();
        for keyword in ["anyOf", "oneOf"] {
            violations.extend(self.of_alternatives(case, keyword));
        }
        violations.extend(self.of_negation(case));
        violations
    }

    fn of_negation(&mut self, Case { schema, value, role }: Case<'t>) -> Option<Violation<'t>> {
        let excluded = schema.get("not").filter(|_| self.is_valid)?;
        let fits = !self.violations(excluded, value, role).iter().any(Violation::refuses);
        fits.then(|| {
            let message = format!("{} is what its schema excludes", describe(value));
            Violation::new(value, ViolationKind::Other, message).because(excluded)
        })
    }

    fn of_alternatives(&mut self, case: Case<'t>, keyword: &str) -> Vec<Violation<'t>> {
        let Case { schema, value, role } = case;
        let Some(list) = schema.get(keyword) else { return Vec::new() };
        let branches: Vec<Branch<'t>> = list
            .items()
            .map(|part| Branch { part, violations: self.violations(part, value, role) })
            .collect();
        let fitting: Vec<&Branch<'t>> = branches.iter().filter(|branch| branch.fits()).collect();
        let is_told = schema.get("discriminator").is_some();
        match fitting.as_slice() {
            [] => closest(case, list, &branches),
            [only] => only.violations.to_vec(),
            several if keyword == "oneOf" && self.is_valid && !is_told => {
                let count = several.len();
                let message = format!("{} fits {count} schemas of `oneOf`", describe(value));
                let help = "make the schemas exclude each other, or write `anyOf`";
                vec![
                    Violation::new(value, ViolationKind::Ambiguous, message)
                        .because(list)
                        .help(help),
                ]
            }
            _ => Vec::new(),
        }
    }
}

/// A schema of `anyOf` or `oneOf`.
struct Branch<'t> {
    part: Node<'t>,
    violations: Violations<'t>,
}

impl<'t> Branch<'t> {
    fn fits(&self) -> bool {
        !self.violations.iter().any(Violation::refuses)
    }

    /// The violation of a value that is of another type altogether.
    fn other_type(&self, value: Node<'t>) -> Option<&Violation<'t>> {
        let mut violations = self.violations.iter();
        violations.find(|violation| violation.flaw == ViolationKind::Type && violation.at == value)
    }

    /// How far the value is from fitting.
    fn distance(&self) -> usize {
        let violations = self.violations.iter().filter(|violation| violation.refuses());
        violations.map(|violation| violation.weight).sum()
    }
}

/// What is wrong with a value that fits none, by the schema that was probably meant.
fn closest<'t>(case: Case<'t>, list: Node<'t>, branches: &[Branch<'t>]) -> Vec<Violation<'t>> {
    let value = case.value;
    if let Some(named) = branches.iter().find(|branch| is_named(case, branch.part)) {
        return named.violations.to_vec();
    }
    let near = branches.iter().filter(|branch| branch.other_type(value).is_none());
    let least = near.clone().map(Branch::distance).min();
    let nearest: Vec<&Branch<'t>> =
        near.filter(|branch| Some(branch.distance()) == least).collect();
    match nearest.as_slice() {
        [] => of_other_types(value, list, branches).into_iter().collect(),
        [first, others @ ..] if others.iter().all(|other| says_the_same(first, other)) => {
            first.violations.to_vec()
        }
        several => vec![none(value, list, several)],
    }
}

fn says_the_same(one: &Branch<'_>, other: &Branch<'_>) -> bool {
    let said = |branch: &Branch<'_>| -> Vec<String> {
        branch.violations.iter().map(|violation| violation.message.clone()).collect()
    };
    said(one) == said(other)
}

/// Whether the discriminator of the schema names a part.
fn is_named(Case { schema, value, .. }: Case<'_>, part: Node<'_>) -> bool {
    let named = || {
        let discriminator = schema.get("discriminator")?;
        let tag = value.get(discriminator.get("propertyName")?.as_str()?)?.as_str()?;
        let mapped = discriminator.get("mapping").and_then(|mapping| mapping.get(tag)?.as_str());
        let target = part.get("$ref")?.as_str()?;
        let name = mapped.unwrap_or(tag);
        Some(target == name || target.rsplit_once('/')?.1 == name)
    };
    named() == Some(true)
}

/// What is wrong with a value that is of no alternative's type.
fn of_other_types<'t>(
    value: Node<'t>,
    list: Node<'t>,
    branches: &[Branch<'t>],
) -> Option<Violation<'t>> {
    let types = branches.iter().filter_map(|branch| branch.other_type(value)?.cause?.0.as_str());
    let mut expected: Vec<&str> = Vec::new();
    for article in types.filter_map(with_article) {
        if !expected.contains(&article) {
            expected.push(article);
        }
    }
    if expected.is_empty() {
        // Of alternatives within alternatives the nearest will do.
        return branches.iter().find_map(|branch| branch.other_type(value)).cloned();
    }
    let (expected, found) = (expected.join(" or "), value.value().describe());
    let message = format!("{} must be {expected} but is {found}", describe(value));
    Some(Violation::new(value, ViolationKind::Type, message).because(list))
}

/// What is wrong with a value that is equally far from several schemas.
fn none<'t>(value: Node<'t>, list: Node<'t>, nearest: &[&Branch<'t>]) -> Violation<'t> {
    const MOST_SHOWN: usize = 3;
    let keyword = list.name().unwrap_or_default();
    let message = format!("{} fits no schema of `{keyword}`", describe(value));
    let said =
        nearest.iter().filter_map(|branch| Some(branch.violations.first()?.message.as_str()));
    let mut said: Vec<&str> = said.take(MOST_SHOWN).collect();
    said.dedup();
    let help = format!("by one of them {}", said.join("; by another "));
    Violation::new(value, ViolationKind::Other, message).because(list).help(help)
}
