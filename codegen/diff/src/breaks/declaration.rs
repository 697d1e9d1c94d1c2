//! Reads the declared breaks. Reports all mistakes in them, not only the first.

use std::ops::Range;

use document::spelling::nearest;
use semver::Version;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{rules, version::Versions};

const MEMBERS: [&str; 4] = ["rule", "pointer", "reason", "version"];

const FORM: &str = "give each `[[break]]` a `rule`, a `pointer`, a `reason` and a `version`";

/// A declaration. A member is `None` if it is missing or not a string.
pub(super) struct Declaration {
    pub(super) rule: Option<Spanned<String>>,
    pub(super) pointer: Option<Spanned<String>>,
    pub(super) reason: Option<Spanned<String>>,
    pub(super) version: Option<Spanned<String>>,
}

/// A mistake in the file: its span, and a message that says what is wrong and how to fix it.
pub(super) type Mistake = (Range<usize>, String);

/// Returns the declarations in a file, and the mistakes in their form.
pub(super) fn read(text: &str) -> (Vec<Declaration>, Vec<Mistake>) {
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let message = error.message().lines().next().unwrap_or_default();
            let mistake =
                (error.span().unwrap_or_default(), format!("{message}; correct the TOML"));
            return (Vec::new(), vec![mistake]);
        }
    };
    let (mut declarations, mut mistakes) = (Vec::new(), Vec::new());
    for (key, value) in table.get_ref() {
        match value.get_ref().as_array() {
            _ if key.get_ref() != "break" => {
                let message = format!("`{}` is unknown here; write `[[break]]`", key.get_ref());
                mistakes.push((key.span(), message));
            }
            Some(entries) => {
                declarations.extend(entries.iter().map(|it| declaration(it, &mut mistakes)));
            }
            None => {
                let message = "`break` is not a list; write `[[break]]`".to_owned();
                mistakes.push((key.span(), message));
            }
        }
    }
    (declarations, mistakes)
}

fn declaration(entry: &Spanned<DeValue<'_>>, mistakes: &mut Vec<Mistake>) -> Declaration {
    let members = entry.get_ref().as_table();
    let unknown = members.into_iter().flat_map(|members| members.keys());
    let mut missing: Vec<&str> = MEMBERS.to_vec();
    for key in unknown.filter(|key| !MEMBERS.contains(&&**key.get_ref())) {
        let meant = nearest(key.get_ref(), MEMBERS);
        let help = meant.map_or_else(|| FORM.to_owned(), |meant| format!("write `{meant}`"));
        mistakes.push((key.span(), format!("unknown member `{}`; {help}", key.get_ref())));
        missing.retain(|name| Some(*name) != meant);
    }
    let [rule, pointer, reason, version] = MEMBERS.map(|name| {
        let value = members.and_then(|members| members.get(name))?;
        missing.retain(|other| *other != name);
        let text = value.get_ref().as_str();
        if text.is_none() {
            mistakes.push((value.span(), format!("`{name}` is not a string; put it in quotes")));
        }
        text.map(|text| Spanned::new(value.span(), text.to_owned()))
    });
    if !missing.is_empty() {
        let missing: Vec<String> = missing.iter().map(|name| format!("no `{name}`")).collect();
        mistakes.push((entry.span(), format!("the break has {}; {FORM}", missing.join(", "))));
    }
    Declaration { rule, pointer, reason, version }
}

impl Declaration {
    /// Returns the values that are wrong regardless of the changes.
    pub(super) fn mistakes(&self, versions: &Versions<'_>) -> Vec<Mistake> {
        let Self { rule, reason, version, .. } = self;
        let mistakes = [
            rule.as_ref().and_then(unknown_rule),
            reason.as_ref().and_then(missing_reason),
            version.as_ref().and_then(|version| wrong_version(version, versions)),
        ];
        mistakes.into_iter().flatten().collect()
    }
}

fn unknown_rule(rule: &Spanned<String>) -> Option<Mistake> {
    let id = rule.get_ref();
    if rules::find(id).is_some() {
        return None;
    }
    let help = match rules::nearest(id) {
        Some(meant) => format!("write `{meant}`"),
        None => "list the rules with `cargo xtask diff --rules`".to_owned(),
    };
    Some((rule.span(), format!("there is no rule `{id}`; {help}")))
}

fn missing_reason(reason: &Spanned<String>) -> Option<Mistake> {
    // The report suggests a declaration with `…` as the reason.
    let is_missing = ["", "…"].contains(&reason.get_ref().trim());
    is_missing.then(|| (reason.span(), "the break has no reason; say why it is needed".to_owned()))
}

fn wrong_version(version: &Spanned<String>, versions: &Versions<'_>) -> Option<Mistake> {
    let (released, due) = (versions.released(), versions.due_for_a_break());
    let message = match (Version::parse(version.get_ref()), released, due) {
        (Err(_), ..) => "this is not a version; write one such as `0.2.0`".to_owned(),
        (Ok(parsed), Some(released), _) if parsed <= released => {
            format!("version {parsed} is released; remove the declaration")
        }
        (Ok(parsed), _, Some(due)) if parsed < due => {
            format!("version {parsed} cannot ship a break; write `{due}` or higher")
        }
        _ => return None,
    };
    Some((version.span(), message))
}
