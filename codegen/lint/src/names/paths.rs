//! Paths, and the parameters that their placeholders name.

use std::collections::{HashMap, HashSet};

use document::{DiagnosticBuilder, Document, Entry, Kind, Node, Report, spelling};

use super::{
    AMBIGUOUS_PATHS, FRAGMENT_IN_PATH, MALFORMED_PATH, PARAMETER_NOT_IN_PATH, REPEATED_PLACEHOLDER,
    UNDECLARED_PATH_PARAMETER,
    parameters::{Listed, listed},
    template::{self, TemplateError},
};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let paths = document.root().get("paths").into_iter().flat_map(Node::entries);
    let mut shapes: HashMap<String, Entry<'_>> = HashMap::new();
    for path in paths.filter(|path| path.name().starts_with('/')) {
        let placeholders = match template::placeholders(path.name()) {
            Ok(placeholders) => placeholders,
            Err(flaw) => {
                report.add(malformed(path, &flaw));
                continue;
            }
        };
        report.extend(template::fragment(path.name()).map(|fragment| never_sent(path, fragment)));
        report.extend(repeated(path, &placeholders));
        let shape = template::shape(path.name(), &placeholders);
        let first = *shapes.entry(shape).or_insert(path);
        report.extend((first.name() != path.name()).then(|| ambiguous(path, first)));
        report.extend(Path::new(document, path, placeholders).diagnostics());
    }
}

fn malformed<'t>(
    path: Entry<'t>,
    TemplateError { part, reason, remedy }: &TemplateError<'_>,
) -> DiagnosticBuilder<'t> {
    MALFORMED_PATH.at(path.key, *reason).on(part).help(*remedy)
}

fn never_sent<'t>(path: Entry<'t>, fragment: &str) -> DiagnosticBuilder<'t> {
    FRAGMENT_IN_PATH
        .at(path.key, "what follows `#` is never sent")
        .on(fragment)
        .help("leave it out")
}

fn repeated<'t>(path: Entry<'t>, placeholders: &[&str]) -> Option<DiagnosticBuilder<'t>> {
    let mut seen = HashSet::new();
    let name = placeholders.iter().find(|name| !seen.insert(**name))?;
    let placeholder = format!("{{{name}}}");
    let diagnostic = REPEATED_PLACEHOLDER
        .at(path.key, format!("`{placeholder}` stands twice in the path"))
        .help("give each placeholder a name of its own");
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
        .at(path.key, "another path differs from this one in its placeholders only")
        .related(first.key, "the other one")
        .help("move the operations below one of the two")
}

/// A path with what its placeholders and parameters say of each other.
struct Path<'t> {
    key: Node<'t>,
    placeholders: Vec<&'t str>,
    shared: Vec<Listed<'t>>,
    /// Each operation with the parameters that it lists itself.
    operations: Vec<(Node<'t>, Vec<Listed<'t>>)>,
    /// Whether a reference leads nowhere, or a parameter is no sound one, so that nobody knows what is declared.
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
        let idle: Vec<&Listed<'t>> = all
            .filter(|listed| listed.is_in("path") && !self.placeholders.contains(&listed.name))
            .collect();
        let mut diagnostics = Vec::new();
        let mut meant = HashSet::new();
        for name in self.placeholders.iter().filter(|_| !self.is_unknown) {
            let lacking = self.lacking(name);
            let only = || idle.first().filter(|_| self.placeholders.len() == 1 && idle.len() == 1);
            let misspelled = spelling::nearest(name, idle.iter().map(|listed| listed.name))
                .or_else(|| only().map(|listed| listed.name))
                .filter(|_| !lacking.is_empty());
            meant.extend(misspelled);
            diagnostics.extend(self.undeclared(name, &lacking, misspelled));
        }
        let idle = idle.into_iter().filter(|listed| !meant.contains(listed.name));
        diagnostics.extend(idle.map(|listed| self.not_in_path(listed)));
        diagnostics
    }

    /// The operations for which nobody declares a placeholder.
    fn lacking(&self, name: &str) -> Vec<Node<'t>> {
        let declares = |all: &[Listed<'t>]| all.iter().any(|listed| listed.may_be_in_path(name));
        if declares(&self.shared) {
            return Vec::new();
        }
        let lacking = self.operations.iter().filter(|(_, own)| !declares(own));
        lacking.map(|(operation, _)| *operation).collect()
    }

    fn undeclared(
        &self,
        name: &str,
        lacking: &[Node<'t>],
        misspelled: Option<&str>,
    ) -> Vec<DiagnosticBuilder<'t>> {
        let placeholder = format!("{{{name}}}");
        let help = match misspelled {
            Some(meant) => format!("write `{{{meant}}}`, or call the parameter `{name}`"),
            None => format!("add a parameter `{name}` with `in: path` and `required: true`"),
        };
        if lacking.len() == self.operations.len() && !lacking.is_empty() {
            let message = format!("no path parameter is called `{name}`");
            return vec![
                UNDECLARED_PATH_PARAMETER.at(self.key, message).on(&placeholder).help(help),
            ];
        }
        let one = |operation: &Node<'t>| {
            let message = format!("this operation does not declare the path parameter `{name}`");
            UNDECLARED_PATH_PARAMETER.at(*operation, message).help(help.clone())
        };
        lacking.iter().map(one).collect()
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
