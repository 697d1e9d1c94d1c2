//! Checks paths and server URLs, and the declarations of their placeholders.

use std::collections::{HashMap, HashSet};

use document::{DiagnosticBuilder, Document, Entry, Kind, Node, Report, spelling};

use super::{
    AMBIGUOUS_PATHS, FRAGMENT_IN_PATH, MALFORMED_PATH, PARAMETER_NOT_IN_PATH, REPEATED_PLACEHOLDER,
    UNDECLARED_PATH_PARAMETER,
    parameters::{Listed, listed},
};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let paths = document.root().entries_of("paths");
    let mut shapes: HashMap<String, Entry<'_>> = HashMap::new();
    for path in paths.filter(|path| path.name().starts_with('/')) {
        let placeholders = match placeholders(path.name()) {
            Ok(placeholders) => placeholders,
            Err((part, reason, help)) => {
                report.add(MALFORMED_PATH.at(path.key, reason).on(part).help(help));
                continue;
            }
        };
        report.extend(fragment(path.name()).map(|fragment| {
            let message = "the part after `#` is never sent";
            FRAGMENT_IN_PATH.at(path.key, message).on(fragment).help("remove it")
        }));
        report.extend(repeated(path, &placeholders));
        let shape = shape(path.name(), &placeholders);
        let first = *shapes.entry(shape).or_insert(path);
        report.extend((first.name() != path.name()).then(|| ambiguous(path, first)));
        report.extend(Path::new(document, path, placeholders).diagnostics());
    }
    report.extend(document.objects(Kind::Server).flat_map(|server| undeclared(document, server)));
}

/// Reports the placeholders in a server URL that have no variable.
fn undeclared<'t>(document: &Document<'t>, server: Node<'t>) -> Vec<DiagnosticBuilder<'t>> {
    let Some((url, text)) = server.get("url").and_then(|url| Some((url, url.as_str()?))) else {
        return Vec::new();
    };
    let variables = server.get("variables");
    let is_declared = |name: &str| variables.is_some_and(|variables| variables.get(name).is_some());
    let is_known = variables.is_some() || document.lacks(server, "variables");
    let names = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    let names = names.filter(|name| is_known && !is_declared(name));
    let diagnostic = |name: &str| {
        let message = format!("there is no server variable `{name}`");
        let diagnostic = UNDECLARED_PATH_PARAMETER.at(url, message).on(&format!("{{{name}}}"));
        let declared = variables.into_iter().flat_map(Node::entries).map(|entry| entry.name());
        match spelling::nearest(name, declared) {
            Some(meant) => diagnostic.help(format!("write `{{{meant}}}`")),
            None => diagnostic.help("add it to `variables`, with a `default`"),
        }
    };
    names.map(diagnostic).collect()
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
        .at(path.key, "this path differs from another path only in the names of placeholders")
        .related(first.key, "the other path")
        .help("move all operations under one of them")
}

/// A path with its placeholders and parameters.
struct Path<'t> {
    key: Node<'t>,
    placeholders: Vec<&'t str>,
    shared: Vec<Listed<'t>>,
    /// The operations, each with its own list of parameters.
    operations: Vec<(Node<'t>, Vec<Listed<'t>>)>,
    /// True if a parameter is invalid or cannot be resolved, so it is unknown which placeholders are declared.
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

    /// Returns the operations that do not declare a placeholder.
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

/// The invalid part of a path, the reason, and the fix.
type TemplateError<'p> = (&'p str, &'static str, &'static str);

/// Returns the fragment of a path, including the `#`. It is never sent.
fn fragment(path: &str) -> Option<&str> {
    path.find('#').map(|at| &path[at..])
}

/// Returns the placeholders of a path such as `/orders/{id}`, in order.
fn placeholders(path: &str) -> Result<Vec<&str>, TemplateError<'_>> {
    let mut placeholders = Vec::new();
    let mut rest = path;
    while let Some(at) = rest.find(['{', '}']) {
        let (name, after) = placeholder(&rest[at..])?;
        placeholders.push(name);
        rest = after;
    }
    if path.contains("//") {
        return Err(("//", "the generator replaces two slashes with one", "write one slash"));
    }
    let fragment = fragment(path).unwrap_or_default();
    let sent = &path[..path.len() - fragment.len()];
    if let Some(at) = sent.find('?') {
        let help = "declare a parameter with `in: query` for each name after `?`";
        return Err((&path[at..], "a path cannot contain a query", help));
    }
    if let Some(dots) = dot_segment(sent) {
        let reason = "a segment `.` or `..` leads to another path";
        return Err((dots, reason, "write the resulting path"));
    }
    match fragment.contains('{') {
        true => Err((fragment, "the part after `#` is never sent", "remove it")),
        false => Ok(placeholders),
    }
}

/// Finds a segment `.` or `..`, percent-encoded or not, with its slash.
fn dot_segment(path: &str) -> Option<&str> {
    let from_slashes = path.match_indices('/').map(|(at, _)| &path[at..]);
    let mut segments = from_slashes.map(|rest| {
        let end = rest[1..].find('/').map_or(rest.len(), |at| at + 1);
        &rest[..end]
    });
    segments.find(|segment| {
        matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "/." | "/..")
    })
}

/// Returns the placeholder at the start of a text, and the rest of the text.
fn placeholder(text: &str) -> Result<(&str, &str), TemplateError<'_>> {
    if text.starts_with('}') {
        return Err((
            "}",
            "`}` has no matching `{`",
            "remove it, or open the placeholder with `{`",
        ));
    }
    let Some(end) = text.find('}') else {
        return Err((text, "`{` is not closed", "close the placeholder with `}`"));
    };
    let (name, whole) = (&text[1..end], &text[..=end]);
    let reason = match name {
        "" => "the placeholder has no name",
        name if name.contains(['{', '/']) => "a placeholder cannot contain `{` or `/`",
        name => return Ok((name, &text[end + 1..])),
    };
    Err((whole, reason, "write the name of one parameter between the braces"))
}

/// Removes the placeholder names from a path. The results are equal for paths that match the same URLs.
fn shape(path: &str, placeholders: &[&str]) -> String {
    placeholders
        .iter()
        .fold(path.to_owned(), |shape, name| shape.replacen(&format!("{{{name}}}"), "{}", 1))
}
