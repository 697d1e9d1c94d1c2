//! Compares the signatures of a function.

use super::{
    api::Item,
    difference::Difference,
    path::Path,
    signature::{Argument, Signature},
};
use crate::rules::rust::*;

/// Compares two signatures. `renamed` replaces the old name of a renamed type.
pub(super) fn compare(
    (path, item): (&Path, &Item),
    old: &Signature,
    new: &Signature,
    renamed: &dyn Fn(&str) -> String,
) -> Vec<Difference> {
    let difference = |rule, change: &str| Difference::new(rule, (path, item), change);
    let mut differences = arguments((path, item), old, new, renamed);
    if renamed(&old.result) != new.result {
        let change = format!("returns `{}` instead of `{}`", new.result, old.result);
        differences.push(difference(&RESULT_TYPE, &change));
    }
    if old.form != new.form {
        let change = format!("is `{}` instead of `{}`", new.form, old.form);
        differences.push(difference(&SIGNATURE, &change));
    }
    differences
}

/// Compares each argument with the one of the same name, or else with the one at the same position.
fn arguments(
    (path, item): (&Path, &Item),
    old: &Signature,
    new: &Signature,
    renamed: &dyn Fn(&str) -> String,
) -> Vec<Difference> {
    let difference = |rule, change: String, argument: &Argument| {
        Difference::new(rule, (path, item), &change).of_argument(&argument.name)
    };
    let before: Vec<Argument> = old
        .arguments
        .iter()
        .map(|it| Argument { name: it.name.clone(), ty: renamed(&it.ty) })
        .collect();
    let after = &new.arguments;
    let has = |list: &[Argument], name: &str| list.iter().any(|it| it.name == name);
    if before.len() == after.len() {
        let is_permuted = before.iter().zip(after).any(|(one, other)| one.name != other.name)
            && before.iter().all(|it| has(after, &it.name));
        let pairs = before.iter().zip(after);
        return pairs
            .filter_map(|(one, other)| match (one.ty == other.ty, one.name == other.name) {
                (true, true) => None,
                (false, _) => Some(retyped(path, item, one, other)),
                // The compiler does not notice that two arguments of the same type are swapped.
                (true, false) if is_permuted => Some(difference(
                    &ARGUMENT_TYPE,
                    format!("takes `{}` in place of `{}`", other.name, one.name),
                    other,
                )),
                (true, false) => Some(difference(
                    &ARGUMENT_RENAMED,
                    format!("renames the argument `{}` to `{}`", one.name, other.name),
                    other,
                )),
            })
            .collect();
    }
    let gained = after.iter().filter(|it| !has(&before, &it.name)).map(|it| {
        difference(&ARGUMENT_ADDED, format!("gains the argument `{}: {}`", it.name, it.ty), it)
    });
    let lost = before
        .iter()
        .filter(|it| !has(after, &it.name))
        .map(|it| difference(&ARGUMENT_REMOVED, format!("loses the argument `{}`", it.name), it));
    let retyped = before.iter().filter_map(|one| {
        let other = after.iter().find(|it| it.name == one.name && it.ty != one.ty)?;
        Some(retyped(path, item, one, other))
    });
    gained.chain(lost).chain(retyped).collect()
}

fn retyped(path: &Path, item: &Item, old: &Argument, new: &Argument) -> Difference {
    let is_wider = new.ty == format!("impl Into<{}>", old.ty);
    let rule = if is_wider { &ARGUMENT_WIDENED } else { &ARGUMENT_TYPE };
    let change = format!("takes `{}: {}` instead of `{}`", new.name, new.ty, old.ty);
    Difference::new(rule, (path, item), &change).of_argument(&new.name)
}
