//! A value against the schemas of which another is composed.

use document::{Node, words::called};

use super::{Breaches, Case, Judge};
use crate::{
    examples::{Breach, Flaw},
    schemas::with_article,
};

impl<'t> Judge<'_, 't> {
    pub(super) fn of_composition(&mut self, case: Case<'t>) -> Vec<Breach<'t>> {
        let Case { schema, value, role } = case;
        let parts = schema.get("allOf").into_iter().flat_map(Node::items);
        let mut breaches: Vec<Breach<'t>> =
            parts.flat_map(|part| self.breaches(part, value, role).to_vec()).collect();
        for keyword in ["anyOf", "oneOf"] {
            breaches.extend(self.of_alternatives(case, keyword));
        }
        breaches.extend(self.of_negation(case));
        breaches
    }

    fn of_negation(&mut self, Case { schema, value, role }: Case<'t>) -> Option<Breach<'t>> {
        let excluded = schema.get("not").filter(|_| self.is_sound)?;
        let fits = !self.breaches(excluded, value, role).iter().any(Breach::refuses);
        fits.then(|| {
            let message = format!("{} is what its schema excludes", called(value));
            Breach::new(value, Flaw::Other, message).because(excluded)
        })
    }

    fn of_alternatives(&mut self, case: Case<'t>, keyword: &str) -> Vec<Breach<'t>> {
        let Case { schema, value, role } = case;
        let Some(list) = schema.get(keyword) else { return Vec::new() };
        let branches: Vec<Branch<'t>> = list
            .items()
            .map(|part| Branch { part, breaches: self.breaches(part, value, role) })
            .collect();
        let fitting: Vec<&Branch<'t>> = branches.iter().filter(|branch| branch.fits()).collect();
        let is_told = schema.get("discriminator").is_some();
        match fitting.as_slice() {
            [] => closest(case, list, &branches),
            [only] => only.breaches.to_vec(),
            several if keyword == "oneOf" && self.is_sound && !is_told => {
                let count = several.len();
                let message = format!("{} fits {count} schemas of `oneOf`", called(value));
                let help = "make the schemas exclude each other, or write `anyOf`";
                vec![Breach::new(value, Flaw::Ambiguous, message).because(list).help(help)]
            }
            _ => Vec::new(),
        }
    }
}

/// A schema of `anyOf` or `oneOf`.
struct Branch<'t> {
    part: Node<'t>,
    breaches: Breaches<'t>,
}

impl<'t> Branch<'t> {
    fn fits(&self) -> bool {
        !self.breaches.iter().any(Breach::refuses)
    }

    /// The breach of a value that is of another type altogether.
    fn other_type(&self, value: Node<'t>) -> Option<&Breach<'t>> {
        let mut breaches = self.breaches.iter();
        breaches.find(|breach| breach.flaw == Flaw::Type && breach.at == value)
    }

    /// How far the value is from fitting.
    fn distance(&self) -> usize {
        let breaches = self.breaches.iter().filter(|breach| breach.refuses());
        breaches.map(|breach| breach.weight).sum()
    }
}

/// What is wrong with a value that fits none, by the schema that was probably meant.
fn closest<'t>(case: Case<'t>, list: Node<'t>, branches: &[Branch<'t>]) -> Vec<Breach<'t>> {
    let value = case.value;
    if let Some(named) = branches.iter().find(|branch| is_named(case, branch.part)) {
        return named.breaches.to_vec();
    }
    let near = branches.iter().filter(|branch| branch.other_type(value).is_none());
    let least = near.clone().map(Branch::distance).min();
    let nearest: Vec<&Branch<'t>> =
        near.filter(|branch| Some(branch.distance()) == least).collect();
    match nearest.as_slice() {
        [] => of_other_types(value, list, branches).into_iter().collect(),
        [first, others @ ..] if others.iter().all(|other| says_the_same(first, other)) => {
            first.breaches.to_vec()
        }
        several => vec![none(value, list, several)],
    }
}

fn says_the_same(one: &Branch<'_>, other: &Branch<'_>) -> bool {
    let said = |branch: &Branch<'_>| -> Vec<String> {
        branch.breaches.iter().map(|breach| breach.message.clone()).collect()
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
) -> Option<Breach<'t>> {
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
    let message = format!("{} must be {expected} but is {found}", called(value));
    Some(Breach::new(value, Flaw::Type, message).because(list))
}

/// What is wrong with a value that is equally far from several schemas.
fn none<'t>(value: Node<'t>, list: Node<'t>, nearest: &[&Branch<'t>]) -> Breach<'t> {
    const MOST_SHOWN: usize = 3;
    let keyword = list.name().unwrap_or_default();
    let message = format!("{} fits no schema of `{keyword}`", called(value));
    let said = nearest.iter().filter_map(|branch| Some(branch.breaches.first()?.message.as_str()));
    let mut said: Vec<&str> = said.take(MOST_SHOWN).collect();
    said.dedup();
    let help = format!("by one of them {}", said.join("; by another "));
    Breach::new(value, Flaw::Other, message).because(list).help(help)
}
