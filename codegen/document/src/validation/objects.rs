//! Validates objects and arrays.

use std::collections::HashMap;

use super::{Case, Direction, Role, Validator, Violation, ViolationKind, scalars};
use crate::{
    parts::{alternatives, required, walk},
    spelling,
    tree::{Entry, Node},
};

impl<'t> Validator<'_, 't> {
    pub(super) fn array(&mut self, case: Case<'t>) -> Vec<Violation<'t>> {
        let Case { schema, value, role } = case;
        let keywords = ["minItems", "maxItems"];
        let sizes = scalars::size(schema, value, keywords, "item", value.items().count());
        let sizes = sizes.chain(duplicate(schema, value)).filter(|_| role != Role::Structure);
        let mut violations: Vec<Violation<'t>> = sizes.collect();
        if let Some(items) = schema.get("items").filter(|items| items.is_object()) {
            for item in value.items() {
                violations.extend(self.violations(items, item, role));
            }
        }
        violations
    }

    pub(super) fn object(&mut self, case: Case<'t>) -> Vec<Violation<'t>> {
        let Case { schema, value, role } = case;
        let keywords = ["minProperties", "maxProperties"];
        let sizes = scalars::size(schema, value, keywords, "member", members(value).count());
        let mut violations: Vec<Violation<'t>> =
            sizes.filter(|_| role != Role::Structure).collect();
        for entry in members(value) {
            match schema.get("properties").and_then(|properties| properties.get(entry.name())) {
                Some(property) => violations.extend(self.declared(case, property, entry)),
                None => violations.extend(self.undeclared(case, entry)),
            }
        }
        violations.extend(self.missing(case));
        violations
    }

    fn declared(
        &mut self,
        Case { role, .. }: Case<'t>,
        property: Node<'t>,
        entry: Entry<'t>,
    ) -> Vec<Violation<'t>> {
        let (mark, message) = match role {
            Role::Example(Direction::Sent) => ("readOnly", "a request"),
            Role::Example(Direction::Received) => ("writeOnly", "a response"),
            _ => ("", ""),
        };
        let flag = self.document.resolve(property).and_then(|property| property.get(mark));
        let Some(flag) = flag.filter(|flag| flag.as_bool() == Some(true)) else {
            return self.violations(property, entry.value, role);
        };
        let problem = format!("is `{mark}`, but this is an example of {message}");
        let violation = Violation::by_member(entry, flag, problem);
        let help = format!("remove it, or remove `{mark}` from its schema");
        vec![violation.kind(ViolationKind::OtherDirection).help(help)]
    }

    fn undeclared(&mut self, case: Case<'t>, entry: Entry<'t>) -> Vec<Violation<'t>> {
        let Case { schema, role, .. } = case;
        match schema.get("additionalProperties") {
            Some(others) if others.is_object() => self.violations(others, entry.value, role),
            Some(others) if others.as_bool() == Some(false) => {
                self.forbidden(schema, others, entry).into_iter().collect()
            }
            Some(_) => Vec::new(),
            None if matches!(role, Role::Message | Role::Structure) => Vec::new(),
            None => self.misspelled(case, entry).into_iter().collect(),
        }
    }

    /// Reports the members that neither the schema nor the schemas that it is composed of declare. If none of them
    /// declares any members, all members are allowed.
    pub(super) fn undeclared_members(
        &mut self,
        schema: Node<'t>,
        value: Node<'t>,
        role: Role,
    ) -> Vec<Violation<'t>> {
        let document = self.document;
        let parts: Vec<Node<'t>> = walk(document, [schema], |schema| {
            let parts: Vec<Node<'t>> = alternatives(schema).collect();
            let matching = parts.iter().copied().filter(|part| self.matches(*part, value, role));
            let matching: Vec<Node<'t>> = matching.collect();
            // If no alternative matches, it is unknown which one was meant.
            let alternatives = if matching.is_empty() { parts } else { matching };
            schema.items_of("allOf").chain(alternatives)
        })
        .collect();
        let declares = |part: &Node<'t>, name: &str| {
            let others = part.get("additionalProperties");
            others.is_some_and(|others| others.as_bool() != Some(false))
                || part.get("properties").is_some_and(|declared| declared.get(name).is_some())
        };
        const DECLARING: [&str; 2] = ["additionalProperties", "properties"];
        let is_open = !parts.iter().any(|part| DECLARING.iter().any(|it| part.get(it).is_some()));
        let undeclared = members(value)
            .filter(|entry| !is_open && !parts.iter().any(|part| declares(part, entry.name())));
        let violation = |entry| Violation::by_member(entry, schema, "is not declared");
        undeclared.map(|entry| violation(entry).kind(ViolationKind::Undeclared)).collect()
    }

    fn forbidden(
        &self,
        schema: Node<'t>,
        others: Node<'t>,
        entry: Entry<'t>,
    ) -> Option<Violation<'t>> {
        // Another rule reports a misspelled `properties`.
        if schema.get("properties").is_none() && !self.document.lacks(schema, "properties") {
            return None;
        }
        let name = entry.name();
        let problem = "is not declared, and its schema allows no other members";
        let violation =
            Violation::by_member(entry, others, problem).kind(ViolationKind::Undeclared);
        let declared = schema.entries_of("properties").map(|entry| entry.name());
        Some(match spelling::nearest(name, declared) {
            Some(meant) => violation.help(format!("write `{meant}`")),
            None => violation.help("remove it, or declare it"),
        })
    }

    /// Reports an undeclared member that resembles a declared one that the value does not have.
    fn misspelled(
        &mut self,
        Case { schema, value, .. }: Case<'t>,
        entry: Entry<'t>,
    ) -> Option<Violation<'t>> {
        self.suggestions = self.suggestions.checked_sub(1)?;
        let composition =
            self.compositions.of(schema).filter(|composition| !composition.is_open())?;
        let name = entry.name();
        if !composition.property(name).is_empty() {
            return None;
        }
        let absent = composition.properties().filter(|name| value.get(name).is_none());
        let meant = spelling::nearest(name, absent)?;
        let declared = composition.property(meant).first()?;
        // A missing required member is already reported, with this name in the help.
        if required(schema).any(|(required, _)| required == meant) {
            return None;
        }
        let problem = format!("is not declared, but resembles `{meant}`");
        let violation =
            Violation::by_member(entry, *declared, problem).kind(ViolationKind::Misspelled);
        let cause = (*declared, "declared here");
        Some(Violation { cause, ..violation }.help(format!("write `{meant}`, or declare `{name}`")))
    }

    /// Reports all missing members together, since they are missing at the same location.
    fn missing(&self, case: Case<'t>) -> Option<Violation<'t>> {
        let Case { schema, value, .. } = case;
        let missing: Vec<(&str, Node<'t>)> = required(schema)
            .filter(|(name, _)| value.get(name).is_none() && !self.is_excused(case, name))
            .collect();
        let violation = |cause: Node<'t>, members: &str| {
            let problem = format!("is missing the required {members}");
            let violation = Violation::new(value, cause, problem).kind(ViolationKind::Missing);
            violation.weight(missing.len())
        };
        match missing.as_slice() {
            [] => None,
            [(name, item)] => {
                let violation = violation(*item, &format!("member `{name}`"));
                Some(violation.help(match misspelling(schema, value, name) {
                    Some(found) => format!("write `{name}` instead of `{found}`"),
                    None => format!("add `{name}`"),
                }))
            }
            several => {
                let members = format!("members {}", names(several));
                Some(violation(schema.get("required")?, &members).help("add them"))
            }
        }
    }

    /// Returns true if a required member may be absent.
    ///
    /// Such a member only occurs in messages of the other direction, or its name is misspelled in `required` and
    /// reported there.
    fn is_excused(&self, Case { schema, role, .. }: Case<'t>, name: &str) -> bool {
        if matches!(role, Role::Message | Role::Structure) {
            return false;
        }
        let Some(composition) = self.compositions.of(schema) else { return false };
        let declarations = composition.property(name);
        if !composition.is_open()
            && declarations.is_empty()
            && spelling::nearest(name, composition.properties()).is_some()
        {
            return true;
        }
        let mut declared = declarations.iter().filter_map(|it| self.document.resolve(*it));
        match role {
            Role::Example(Direction::Sent) => declared.any(|it| it.is_true("readOnly")),
            Role::Example(Direction::Received) => declared.any(|it| it.is_true("writeOnly")),
            _ => declared.any(|it| it.is_true("readOnly") || it.is_true("writeOnly")),
        }
    }
}

fn duplicate<'t>(schema: Node<'t>, value: Node<'t>) -> Option<Violation<'t>> {
    let keyword = schema.get("uniqueItems").filter(|unique| unique.as_bool() == Some(true))?;
    let mut first = HashMap::new();
    let duplicate =
        value.items().find(|item| first.insert(scalars::canonical(*item), *item).is_some())?;
    let problem = "occurs twice, but the items must be unique";
    Some(Violation::new(duplicate, keyword, problem).help("remove it"))
}

/// Returns the members of an object, except the ones that the YAML rules report.
fn members<'t>(value: Node<'t>) -> impl Iterator<Item = Entry<'t>> {
    value.entries().filter(move |entry| {
        let first = value.entry(entry.name());
        first.is_some_and(|first| first.key == entry.key) && entry.name() != "<<"
    })
}

/// Lists the names of several members: "`a`, `b` and 5 more".
fn names(members: &[(&str, Node<'_>)]) -> String {
    const MOST_SHOWN: usize = 3;
    let quoted = |(name, _): &(&str, Node<'_>)| format!("`{name}`");
    let (shown, rest) = match members.len() > MOST_SHOWN {
        true => members.split_at(MOST_SHOWN),
        false => members.split_at(members.len() - 1),
    };
    let rest = match rest {
        [one] => quoted(one),
        several => format!("{} more", several.len()),
    };
    let shown: Vec<String> = shown.iter().map(quoted).collect();
    format!("{} and {rest}", shown.join(", "))
}

/// Returns an undeclared member of a value that resembles a name.
fn misspelling<'t>(schema: Node<'t>, value: Node<'t>, name: &str) -> Option<&'t str> {
    let declared = schema.get("properties");
    let is_declared = |key: &str| declared.is_some_and(|declared| declared.get(key).is_some());
    let others = members(value).map(|entry| entry.name()).filter(|key| !is_declared(key));
    spelling::nearest(name, others)
}
