//! Checks the names of parameters, which become the arguments of methods.

use std::collections::HashMap;

use document::{
    DiagnosticBuilder, Document, Kind, Node, Operation, Report, duplicates::find_duplicates,
    parts::is_managed,
};

use super::{
    COLLIDING_PARAMETERS, DUPLICATE_PARAMETER, PARAMETER_IN_TWO_PLACES, TAKEN_PARAMETER_NAME,
    collisions::{Collisions, Named},
    rust,
};

/// A parameter in a list of parameters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listed<'t> {
    /// The name in the list, or the reference to the parameter.
    pub(super) at: Node<'t>,
    pub(super) name: &'t str,
    location: Option<&'t str>,
    pub(super) parameter: Node<'t>,
}

impl<'t> Listed<'t> {
    fn new(document: &Document<'t>, item: Node<'t>) -> Option<Self> {
        let parameter = document.resolve(item)?;
        let name = parameter.get("name")?;
        let location = parameter.get_str("in");
        let at = item.get("$ref").unwrap_or(name);
        Some(Self { at, name: name.as_str()?, location, parameter })
    }

    pub(super) fn is_in(&self, location: &str) -> bool {
        self.location == Some(location)
    }

    /// Returns true if this can be the path parameter with the given name, even if its `in` is invalid.
    pub(super) fn may_be_in_path(&self, name: &str) -> bool {
        let is_elsewhere =
            ["query", "header", "cookie"].iter().any(|location| self.is_in(location));
        self.name == name && !is_elsewhere
    }
}

/// Returns the parameters that a path item or an operation itself lists.
pub(super) fn listed<'t>(document: &Document<'t>, node: Node<'t>) -> Vec<Listed<'t>> {
    let items = node.items_of("parameters");
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

/// Returns the parameters that become arguments of a method: first the path's parameters that the operation does not
/// override, then the operation's own.
fn arguments<'t>(document: &Document<'t>, operation: &Operation<'t>) -> Vec<Listed<'t>> {
    let own = listed(document, operation.node);
    let mut arguments = listed(document, operation.item);
    arguments.retain(|shared| {
        !own.iter().any(|own| (own.name, own.location) == (shared.name, shared.location))
    });
    arguments.extend(own);
    arguments.retain(|listed| !is_managed(listed.parameter));
    arguments
}

fn duplicates<'t>(list: &[Listed<'t>]) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    let parameters = list.iter().map(|listed| ((listed.name, listed.location), listed.at));
    find_duplicates(parameters).map(|((name, _), at, earlier)| {
        DUPLICATE_PARAMETER
            .at(at, format!("the parameter `{name}` is listed twice"))
            .related(earlier, "first occurrence")
            .help("remove one of them")
    })
}

fn in_two_places<'t>(arguments: &[Listed<'t>]) -> Vec<DiagnosticBuilder<'t>> {
    let mut first: HashMap<&str, Listed<'t>> = HashMap::new();
    let again = arguments.iter().filter_map(|listed| {
        let earlier = *first.entry(listed.name).or_insert(*listed);
        let (one, other) =
            earlier.location.zip(listed.location).filter(|(one, other)| one != other)?;
        let name = listed.name;
        let message = format!(
            "`{name}` is also in the {one}, and the generator keeps only the parameter in the {other}"
        );
        Some(
            PARAMETER_IN_TWO_PLACES
                .at(listed.at, message)
                .related(earlier.at, "dropped by the generator")
                .help("remove one of them"),
        )
    });
    again.collect()
}

const COLLISIONS: Collisions = Collisions {
    rule: &COLLIDING_PARAMETERS,
    item: "argument",
    help: "remove one of them, or rename it if the service has another name for it",
};

/// The methods of the types that describe expected requests to the mock. These types also have a method for each
/// parameter.
const MOCK: [&str; 2] = ["into_inner", "new"];

fn taken<'t>(operation: &Operation<'t>, arguments: &[Listed<'t>]) -> Vec<DiagnosticBuilder<'t>> {
    let has_body = operation.node.get("requestBody").is_some();
    let has_header = arguments.iter().any(|listed| listed.is_in("header"));
    let is_taken = |listed: &Listed<'t>, argument: &str| match argument {
        "info" | "baseurl" => true,
        "body" => has_body,
        "encode_path" => operation.path.contains('{'),
        // The method formats the path before it declares `header_map`.
        "header_map" => has_header && !listed.is_in("path"),
        name => MOCK.contains(&name),
    };
    let taken = arguments.iter().filter_map(|listed| {
        let argument = rust::function(listed.name);
        is_taken(listed, &argument).then(|| {
            let message = match MOCK.contains(&argument.as_str()) {
                true => format!("the mock's expectations already have a method `{argument}`"),
                false => format!("the generated method already has a variable `{argument}`"),
            };
            TAKEN_PARAMETER_NAME.at(listed.at, message).help(match listed.is_in("path") {
                true => "rename it and its placeholder",
                false => "remove it, because the generator cannot send a parameter with this name",
            })
        })
    });
    taken.collect()
}
