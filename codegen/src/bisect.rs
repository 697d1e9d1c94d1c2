//! Which part of a document the generator cannot take.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, PathItem, ReferenceOr};

use crate::{Problem, generate, schemas};

/// The schemas that fail by themselves; if there are none, the paths and operations that do; if there are
/// none, the document as a whole.
pub(crate) fn problems(document: &OpenAPI, failure: &str) -> Vec<Problem> {
    let schemas = failing_schemas(document);
    if !schemas.is_empty() {
        return schemas;
    }
    let paths: Vec<Problem> = failing_paths(document).chain(failing_operations(document)).collect();
    if !paths.is_empty() {
        return paths;
    }
    vec![problem("document", failure)]
}

fn problem(at: impl Into<String>, failure: &str) -> Problem {
    let reason = failure.lines().next().unwrap_or_default();
    Problem::new(at, format!("progenitor cannot take this ({reason}); write it in a simpler way"))
}

/// The schemas that fail although all that they refer to succeed.
fn failing_schemas(document: &OpenAPI) -> Vec<Problem> {
    let names = || document.components.iter().flat_map(|components| components.schemas.keys());
    if generate::client(&only_schemas(document, &names().cloned().collect())).is_ok() {
        return Vec::new();
    }
    let failing: Vec<(&String, BTreeSet<String>, String)> = names()
        .filter_map(|name| {
            let closure = schemas::closure(document, BTreeSet::from([name.clone()]));
            let failure = generate::client(&only_schemas(document, &closure)).err()?;
            Some((name, closure, failure))
        })
        .collect();
    let is_cause = |name: &String, closure: &BTreeSet<String>| {
        !failing.iter().any(|(other, of_other, _)| {
            *other != name && closure.contains(*other) && of_other.len() < closure.len()
        })
    };
    failing
        .iter()
        .filter(|(name, closure, _)| is_cause(name, closure))
        .map(|(name, _, failure)| problem(format!("components.schemas.{name}"), failure))
        .collect()
}

fn only_schemas(document: &OpenAPI, names: &BTreeSet<String>) -> OpenAPI {
    let mut part = document.clone();
    part.paths.paths.clear();
    if let Some(components) = &mut part.components {
        components.schemas.retain(|name, _| names.contains(name));
    }
    part
}

fn failing_paths(document: &OpenAPI) -> impl Iterator<Item = Problem> {
    document.paths.iter().filter_map(|(path, item)| {
        let ReferenceOr::Reference { reference } = item else { return None };
        Some(Problem::new(path, format!("refers to `{reference}`; write the operations here")))
    })
}

fn failing_operations(document: &OpenAPI) -> impl Iterator<Item = Problem> {
    schemas::operations(document).filter_map(|(method, path, _)| {
        let failure = generate::client(&only_operation(document, &method, path)).err()?;
        Some(problem(format!("{method} {path}"), &failure))
    })
}

fn only_operation(document: &OpenAPI, method: &str, path: &str) -> OpenAPI {
    let mut part = document.clone();
    part.paths.paths.retain(|other, _| other == path);
    for item in part.paths.paths.values_mut() {
        if let ReferenceOr::Item(item) = item {
            keep_method(item, method);
        }
    }
    let needed = schemas::closure(document, schemas::mentioned(&part));
    if let Some(components) = &mut part.components {
        components.schemas.retain(|name, _| needed.contains(name));
    }
    part
}

fn keep_method(item: &mut PathItem, method: &str) {
    for (name, operation) in schemas::methods_mut(item) {
        if name != method {
            *operation = None;
        }
    }
}
