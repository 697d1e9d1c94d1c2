//! The names of parameters, which become the arguments of methods.

use std::collections::HashMap;

use document::{DiagnosticBuilder, Document, Kind, Node, Operation, Report, repeats::repeats};

use super::{
    COLLIDING_PARAMETERS, DUPLICATE_PARAMETER, PARAMETER_IN_TWO_PLACES, TAKEN_PARAMETER_NAME,
    collisions::{Collisions, Named},
    rust,
};

/// A parameter in a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listed<'t> {
    /// Where the list names it: its name, or the reference to it.
    pub(super) at: Node<'t>,
    /// Its name.
    pub(super) name: &'t str,
    /// Its `in`, if it has one.
    place: Option<&'t str>,
    pub(super) parameter: Node<'t>,
}

impl<'t> Listed<'t> {
    fn new(document: &Document<'t>, item: Node<'t>) -> Option<Self> {
        let parameter = document.resolve(item)?;
        let name = parameter.get("name")?;
        let place = parameter.get("in").and_then(Node::as_str);
        let at = item.get("$ref").unwrap_or(name);
        Some(Self { at, name: name.as_str()?, place, parameter })
    }

    pub(super) fn is_in(&self, place: &str) -> bool {
        self.place == Some(place)
    }

    /// Whether it is the path's parameter of a name, as far as its `in` can be read.
    pub(super) fn may_be_in_path(&self, name: &str) -> bool {
        let is_elsewhere = ["query", "header", "cookie"].iter().any(|place| self.is_in(place));
        self.name == name && !is_elsewhere
    }

    /// Whether the client's runtime sets it, so that it is no argument.
    fn is_managed(&self) -> bool {
        is_managed(self.parameter)
    }
}

/// Whether the client's runtime sets a parameter.
pub(super) fn is_managed(parameter: Node<'_>) -> bool {
    parameter.get("x-client-managed").and_then(Node::as_bool) == Some(true)
}

/// The parameters that a path item or an operation lists itself.
pub(super) fn listed<'t>(document: &Document<'t>, node: Node<'t>) -> Vec<Listed<'t>> {
    let items = node.get("parameters").into_iter().flat_map(Node::items);
    items.filter_map(|item| Listed::new(document, item)).collect()
}

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for kind in [Kind::PathItem, Kind::Operation] {
        let lists = document.objects(kind).map(|node| listed(document, node));
        lists.for_each(|list| report.extend(duplicates(&list)));
    }
    for operation in document.operations() {
        let arguments = arguments(document, &operation);
        report.extend(in_two_places(&arguments));
        let names = arguments.iter().map(|listed| Named { name: listed.name, at: listed.at });
        report.extend(COLLISIONS.among(names, rust::function));
        report.extend(taken(&operation, &arguments));
    }
}

/// The parameters that become arguments of an operation's method: those of its path, unless it overrides
/// them, then its own.
fn arguments<'t>(document: &Document<'t>, operation: &Operation<'t>) -> Vec<Listed<'t>> {
    let own = listed(document, operation.node);
    let mut arguments = listed(document, operation.item);
    arguments.retain(|shared| {
        !own.iter().any(|own| (own.name, own.place) == (shared.name, shared.place))
    });
    arguments.extend(own);
    arguments.retain(|listed| !listed.is_managed());
    arguments
}

fn duplicates<'t>(list: &[Listed<'t>]) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    let parameters = list.iter().map(|listed| ((listed.name, listed.place), listed.at));
    repeats(parameters).map(|((name, _), at, earlier)| {
        DUPLICATE_PARAMETER
            .at(at, format!("the parameter `{name}` is listed twice"))
            .related(earlier, "the first one")
            .help("remove one of them")
    })
}

fn in_two_places<'t>(arguments: &[Listed<'t>]) -> Vec<DiagnosticBuilder<'t>> {
    let mut first: HashMap<&str, Listed<'t>> = HashMap::new();
    let again = arguments.iter().filter_map(|listed| {
        let earlier = *first.entry(listed.name).or_insert(*listed);
        let (one, other) = earlier.place.zip(listed.place).filter(|(one, other)| one != other)?;
        let name = listed.name;
        let message =
            format!("`{name}` is in the {one} already, and the generator drops that for the one in the {other}");
        Some(
            PARAMETER_IN_TWO_PLACES
                .at(listed.at, message)
                .related(earlier.at, "the one that is dropped")
                .help("remove one of them"),
        )
    });
    again.collect()
}

const COLLISIONS: Collisions = Collisions {
    rule: &COLLIDING_PARAMETERS,
    item: "argument",
    help: "remove one of them, or rename it if the service knows it by another name",
};

fn taken<'t>(operation: &Operation<'t>, arguments: &[Listed<'t>]) -> Vec<DiagnosticBuilder<'t>> {
    let has_body = operation.node.get("requestBody").is_some();
    let has_header = arguments.iter().any(|listed| listed.is_in("header"));
    let is_taken = |listed: &Listed<'t>, argument: &str| match argument {
        "info" | "baseurl" => true,
        "body" => has_body,
        "encode_path" => operation.path.contains('{'),
        // The values of placeholders are put in their place before.
        "header_map" => has_header && !listed.is_in("path"),
        _ => false,
    };
    let taken = arguments.iter().filter_map(|listed| {
        let argument = rust::function(listed.name);
        is_taken(listed, &argument).then(|| {
            let message = format!("the method has a variable `{argument}` of its own");
            TAKEN_PARAMETER_NAME.at(listed.at, message).help(match listed.is_in("path") {
                true => "rename it and its placeholder",
                false => "leave it out: the generator cannot send a parameter of this name",
            })
        })
    });
    taken.collect()
}
