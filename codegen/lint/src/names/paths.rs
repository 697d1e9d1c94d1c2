//! Paths, and the parameters for their placeholders.

use std::collections::{HashMap, HashSet};

use document::{DiagnosticBuilder, Document, Entry, Kind, Node, Report, spelling};

use super::{
    AMBIGUOUS_PATHS, FRAGMENT_IN_PATH, MALFORMED_PATH, PARAMETER_NOT_IN_PATH, REPEATED_PLACEHOLDER,
    UNDECLARED_PATH_PARAMETER,
    parameters::{Listed, listed},
    template::{self, TemplateError},
};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let paths = document.root().entries_of("paths");
    let mut shapes: HashMap<String, Entry<'_>> = HashMap::new();
    for path in paths.filter(|path| path.name().starts_with('/')) {
        let placeholders = match template::placeholders(path.name()) {
            Ok(placeholders) => placeholders,
            Err(error) => {
                report.add(malformed(path, &error));
                continue;
            }
        };
        report.extend(
            template::fragment(path.name()).map(|fragment| unsent_fragment(path, fragment)),
        );
        report.extend(repeated(path, &placeholders));
        let shape = template::shape(path.name(), &placeholders);
        let first = *shapes.entry(shape).or_insert(path);
        report.extend((first.name() != path.name()).then(|| ambiguous(path, first)));
        report.extend(Path::new(document, path, placeholders).diagnostics());
    }
}

fn malformed<'t>(
    path: Entry<'t>,
    TemplateError { part, reason, help }: &TemplateError<'_>,
) -> DiagnosticBuilder<'t> {
    MALFORMED_PATH.at(path.key, *reason).on(part).help(*help)
}

fn unsent_fragment<'t>(path: Entry<'t>, fragment: &str) -> DiagnosticBuilder<'t> {
    FRAGMENT_IN_PATH.at(path.key, "the part after `#` is never sent").on(fragment).help("remove it")
}

fn repeated<'t>(path: Entry<'t>, placeholders: &[&str]) -> Option<DiagnosticBuilder<'t>> {
    let mut seen = HashSet::new();
    let name = placeholders.iter().find(|name| !seen.insert(**name))?;
    let placeholder = format!("{{{name}}}");
    let diagnostic = REPEATED_PLACEHOLDER
        .at(path.key, format!("`{placeholder}` occurs twice in the path"))
        .help("give each placeholder a different name");
    Some(match path.key.source().rfind(&placeholder) {
        Some(at) => {
            let start = path.key.span().start + at;
            diagnostic.spanning(start..start + placeholder.len())
        }
        None => diagnostic,
    })
}

fn ambiguous<'t>(path: Entry<'t>, first: Entry<'t>) -> DiagnosticBuilder<'t> {
    AMBIGUOUS_PATHS
        .at(path.key, "this path differs from another one in the names of placeholders only")
        .related(first.key, "the other path")
        .help("move all operations under one of them")
}

/// A path with its placeholders and parameters.
struct Path<'t> {
    key: Node<'t>,
    placeholders: Vec<&'t str>,
    shared: Vec<Listed<'t>>,
    /// Each operation with the parameters that it lists itself.
    operations: Vec<(Node<'t>, Vec<Listed<'t>>)>,
    /// True if a parameter is invalid or cannot be resolved, so that it is unknown which placeholders are declared.
    is_unknown: bool,
}

impl<'t> Path<'t> {
    fn new(document: &Document<'t>, path: Entry<'t>, placeholders: Vec<&'t str>) -> Self {
        let methods = path.value.entries().map(|entry| entry.value);
        let operations = methods.filter(|node| document.kind(*node) == Some(Kind::Operation));
        let operations: Vec<_> =
            operations.map(|operation| (operation, listed(document, operation))).collect();
        let is_unknown = has_unknown_parameters(document, path.value)
            || operations.iter().any(|(node, _)| has_unknown_parameters(document, *node));
        let shared = listed(document, path.value);
        Self { key: path.key, placeholders, shared, operations, is_unknown }
    }

    fn diagnostics(&self) -> Vec<DiagnosticBuilder<'t>> {
        let all = self.operations.iter().flat_map(|(_, own)| own).chain(&self.shared);
        let unmatched: Vec<&Listed<'t>> = all
            .filter(|listed| listed.is_in("path") && !self.placeholders.contains(&listed.name))
            .collect();
        let mut diagnostics = Vec::new();
        let mut meant = HashSet::new();
        for name in self.placeholders.iter().filter(|_| !self.is_unknown) {
            let operations = self.operations_without(name);
            let only = || {
                unmatched.first().filter(|_| self.placeholders.len() == 1 && unmatched.len() == 1)
            };
            let misspelled = spelling::nearest(name, unmatched.iter().map(|listed| listed.name))
                .or_else(|| only().map(|listed| listed.name))
                .filter(|_| !operations.is_empty());
            meant.extend(misspelled);
            diagnostics.extend(self.undeclared(name, &operations, misspelled));
        }
        let unmatched = unmatched.into_iter().filter(|listed| !meant.contains(listed.name));
        diagnostics.extend(unmatched.map(|listed| self.not_in_path(listed)));
        diagnostics
    }

    /// Returns the operations without a declaration of a placeholder.
    fn operations_without(&self, name: &str) -> Vec<Node<'t>> {
        let declares = |all: &[Listed<'t>]| all.iter().any(|listed| listed.may_be_in_path(name));
        if declares(&self.shared) {
            return Vec::new();
        }
        let operations = self.operations.iter().filter(|(_, own)| !declares(own));
        operations.map(|(operation, _)| *operation).collect()
    }

    fn undeclared(
        &self,
        name: &str,
        operations: &[Node<'t>],
        misspelled: Option<&str>,
    ) -> Vec<DiagnosticBuilder<'t>> {
        let placeholder = format!("{{{name}}}");
        let help = match misspelled {
            Some(meant) => format!("write `{{{meant}}}`, or rename the parameter to `{name}`"),
            None => format!("add a parameter `{name}` with `in: path` and `required: true`"),
        };
        if operations.len() == self.operations.len() && !operations.is_empty() {
            let message = format!("there is no path parameter `{name}`");
            return vec![
                UNDECLARED_PATH_PARAMETER.at(self.key, message).on(&placeholder).help(help),
            ];
        }
        let one = |operation: &Node<'t>| {
            let message = format!("this operation does not declare the path parameter `{name}`");
            UNDECLARED_PATH_PARAMETER.at(*operation, message).help(help.clone())
        };
        operations.iter().map(one).collect()
    }

    fn not_in_path(&self, listed: &Listed<'t>) -> DiagnosticBuilder<'t> {
        let name = listed.name;
        PARAMETER_NOT_IN_PATH
            .at(listed.at, format!("the path has no placeholder `{{{name}}}`"))
            .related(self.key, "the path")
            .help(format!("add `{{{name}}}` to the path, or remove the parameter"))
    }
}

fn has_unknown_parameters<'t>(document: &Document<'t>, node: Node<'t>) -> bool {
    let Some(parameters) = node.get("parameters") else {
        return !document.lacks(node, "parameters");
    };
    let has_structural_error = |parameter| document.has_structural_error(parameter);
    parameters.items().any(|item| document.resolve(item).is_none_or(has_structural_error))
}
