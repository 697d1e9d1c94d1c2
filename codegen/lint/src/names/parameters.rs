//! The names of parameters, which become the arguments of methods.

use std::collections::HashMap;

use document::{Document, Finding, Kind, Node, Operation, Report, Rule, Severity};

use super::{
    collisions::{self, Named},
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
        report.extend(collisions::among(names, rust::function).into_iter().map(colliding));
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

pub(super) static DUPLICATE_PARAMETER: Rule = Rule {
    id: "duplicate-parameter",
    severity: Severity::Error,
    summary: "a list has each parameter once",
    why: "The name and the place tell a parameter from others. Of two that have both in common the \
          generator keeps one, and what the other says is lost.",
    wrong: "\
paths:
  /v1/orders:
    parameters:
      - { name: page, in: query, schema: { type: integer } }
      - { name: page, in: query, schema: { type: string } }
",
    right: "\
paths:
  /v1/orders:
    parameters:
      - { name: page, in: query, schema: { type: integer } }
",
};

fn duplicates<'t>(list: &[Listed<'t>]) -> Vec<Finding<'t>> {
    let mut first: HashMap<(&str, Option<&str>), Node<'t>> = HashMap::new();
    let repeated = list.iter().filter_map(|listed| {
        let earlier = *first.entry((listed.name, listed.place)).or_insert(listed.at);
        (earlier != listed.at).then(|| {
            DUPLICATE_PARAMETER
                .at(listed.at, format!("the parameter `{}` is listed twice", listed.name))
                .related(earlier, "the first one")
                .help("remove one of them")
        })
    });
    repeated.collect()
}

pub(super) static PARAMETER_IN_TWO_PLACES: Rule = Rule {
    id: "parameter-in-two-places",
    severity: Severity::Error,
    summary: "an operation has no two parameters of one name",
    why: "OpenAPI allows the same name in the query and in a header, but the generator goes by the name \
          alone: it keeps the last and drops the other in silence.",
    wrong: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      parameters:
        - { name: locale, in: query, schema: { type: string } }
        - { name: locale, in: header, schema: { type: string } }
      responses: { '200': { description: The orders. } }
",
    right: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      parameters:
        - { name: locale, in: query, schema: { type: string } }
      responses: { '200': { description: The orders. } }
",
};

fn in_two_places<'t>(arguments: &[Listed<'t>]) -> Vec<Finding<'t>> {
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

pub(super) static COLLIDING_PARAMETERS: Rule = Rule {
    id: "colliding-parameters",
    severity: Severity::Error,
    summary: "the parameters of an operation differ in Rust, too",
    why: "Arguments are written in snake case: `page-size` and `pageSize` both become `page_size`, and a \
          method with two arguments of one name does not compile.",
    wrong: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      parameters:
        - { name: page-size, in: query, schema: { type: integer } }
        - { name: pageSize, in: query, schema: { type: integer } }
      responses: { '200': { description: The orders. } }
",
    right: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      parameters:
        - { name: pageSize, in: query, schema: { type: integer } }
      responses: { '200': { description: The orders. } }
",
};

fn colliding<'t>((named, earlier, argument): (Named<'t>, Named<'t>, String)) -> Finding<'t> {
    let message =
        format!("`{}` and `{}` both become the argument `{argument}`", earlier.name, named.name);
    COLLIDING_PARAMETERS
        .at(named.at, message)
        .related(earlier.at, "the first one")
        .help("remove one of them, or rename it if the service knows it by another name")
}

pub(super) static TAKEN_PARAMETER_NAME: Rule = Rule {
    id: "taken-parameter-name",
    severity: Severity::Error,
    summary: "no parameter has a name that the method uses itself",
    why: "A generated method has variables of its own, such as `info` and, if it sends one, `body`. A \
          parameter of that name hides them or is hidden: the client does not compile, or sends something \
          else.",
    wrong: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      parameters:
        - { name: info, in: query, schema: { type: string } }
      responses: { '200': { description: The orders. } }
",
    right: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      parameters:
        - { name: topic, in: query, schema: { type: string } }
      responses: { '200': { description: The orders. } }
",
};

fn taken<'t>(operation: &Operation<'t>, arguments: &[Listed<'t>]) -> Vec<Finding<'t>> {
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
