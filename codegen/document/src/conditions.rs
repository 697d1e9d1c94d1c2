//! Requirements of OpenAPI 3.0 beyond the names and types of members.

use super::{
    duplicates::find_duplicates,
    model::Kind,
    other_version_keys,
    phrasing::{describe, join_or},
    rule::DiagnosticBuilder,
    spelling,
    status::is_status,
    structure::{CONFLICTING_KEYS, INVALID_KEY, INVALID_VALUE, MISSING_KEY, UNKNOWN_KEY},
    tree::{Entry, Node},
};

/// Checks the requirements of an object beyond the names and types of its members.
pub(super) fn check(node: Node<'_>, kind: Kind) -> Vec<DiagnosticBuilder<'_>> {
    match kind {
        Kind::Parameter => parameter(node),
        Kind::Header => content(node, "a header").into_iter().chain(examples(node)).collect(),
        Kind::MediaType => examples(node).into_iter().collect(),
        Kind::Example => conflict(node, "value", "externalValue").into_iter().collect(),
        Kind::Link => conflict(node, "operationRef", "operationId").into_iter().collect(),
        Kind::Responses => responses(node).into_iter().collect(),
        Kind::Schema => schema(node),
        Kind::SecurityScheme => security_scheme(node),
        _ => Vec::new(),
    }
}

/// Checks a key that is not fixed by the specification, such as a path.
pub(super) fn check_key<'t>(
    key: Node<'t>,
    name: &str,
    kind: Kind,
) -> Option<DiagnosticBuilder<'t>> {
    match kind {
        Kind::Paths if !name.starts_with('/') => Some(
            INVALID_KEY.at(key, format!("the path `{name}` does not begin with a slash")).help(
                match Kind::Components.object().field(name) {
                    Some(_) => "move it to `components`".to_owned(),
                    None => format!("write `/{name}`"),
                },
            ),
        ),
        Kind::Responses if !is_status(name) => Some(
            INVALID_KEY
                .at(key, format!("`{name}` is not a response status"))
                .help("write a status such as `'404'`, a range such as `4XX`, or `default`"),
        ),
        _ => None,
    }
}

fn parameter(node: Node<'_>) -> Vec<DiagnosticBuilder<'_>> {
    let location = node.get_str("in").unwrap_or_default();
    let others = [examples(node), required(node, location), style(node, location)];
    content(node, "a parameter").into_iter().chain(others.into_iter().flatten()).collect()
}

/// Requires a path parameter to be marked as required.
fn required<'t>(node: Node<'t>, location: &str) -> Option<DiagnosticBuilder<'t>> {
    if location != "path" {
        return None;
    }
    match node.get("required") {
        None => Some(
            MISSING_KEY
                .at(node, "a path parameter must have `required: true`")
                .help("add `required: true`"),
        ),
        Some(required) if required.as_bool() == Some(false) => Some(
            INVALID_VALUE
                .at(required, "a path parameter cannot be optional")
                .help("write `required: true`"),
        ),
        Some(_) => None,
    }
}

fn style<'t>(node: Node<'t>, location: &str) -> Option<DiagnosticBuilder<'t>> {
    let allowed: &[&str] = match location {
        "path" => &["matrix", "label", "simple"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => return None,
    };
    let style = node.get("style")?;
    let word = style.as_str().filter(|word| !allowed.contains(word))?;
    let message = format!("a `{location}` parameter cannot have the style `{word}`");
    Some(INVALID_VALUE.at(style, message).help(format!("it can have {}", join_or(allowed))))
}

/// Requires a parameter or header to have either a schema or one media type.
fn content<'t>(node: Node<'t>, name: &str) -> Vec<DiagnosticBuilder<'t>> {
    let Some(content) = node.get("content") else {
        let message = format!("{name} must have `schema` or `content`");
        // Swagger 2 keys that belong in the schema are already reported as unknown, with the remedy.
        let is_in_place_of_schema =
            |entry: Entry<'_>| other_version_keys::belongs_in_schema(entry.name());
        let lacks = node.get("schema").is_none() && !node.entries().any(is_in_place_of_schema);
        return lacks
            .then(|| MISSING_KEY.at(node, message).help("add `schema`"))
            .into_iter()
            .collect();
    };
    const OF_A_SCHEMA: [&str; 6] =
        ["schema", "style", "explode", "allowReserved", "example", "examples"];
    let conflicts = OF_A_SCHEMA.into_iter().filter_map(|other| conflict(node, "content", other));
    let count = (content.is_object() && content.entries().count() != 1).then(|| {
        let message = format!("the `content` of {name} must have exactly one media type");
        INVALID_VALUE.at(content, message).help("keep one, or write a `schema` instead")
    });
    conflicts.chain(count).collect()
}

fn examples(node: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    conflict(node, "example", "examples")
}

/// Forbids combining two members in the same object.
fn conflict<'t>(node: Node<'t>, one: &str, other: &str) -> Option<DiagnosticBuilder<'t>> {
    let (one, other) = (node.entry(one)?, node.entry(other)?);
    let (first, second) =
        if one.key.span().start < other.key.span().start { (one, other) } else { (other, one) };
    let message = format!("`{}` cannot be combined with `{}`", second.name(), first.name());
    Some(
        CONFLICTING_KEYS
            .at(second.key, message)
            .related(first.key, "the other one")
            .help("keep one of them"),
    )
}

fn responses(node: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let is_empty = node.entries().all(|entry| entry.name().starts_with("x-"));
    is_empty.then(|| {
        MISSING_KEY.at(node, "`responses` must have a response").help("add one such as `'200'`")
    })
}

fn schema(node: Node<'_>) -> Vec<DiagnosticBuilder<'_>> {
    let kind = node.get("type").filter(|kind| kind.as_str() == Some("array"));
    let is_misspelled = || spelling::has_misspelling(node, Some(Kind::Schema), "items");
    let lacking = kind.filter(|_| node.get("items").is_none() && !is_misspelled());
    let items = lacking.map(|_| {
        MISSING_KEY.at(node, "a schema of type `array` must have `items`").help("add `items`")
    });
    let factor = node.get("multipleOf").and_then(|factor| {
        let number: f64 = factor.as_number()?.parse().ok()?;
        (number <= 0.0).then(|| {
            let message = format!("{} must be greater than 0", describe(factor));
            INVALID_VALUE.at(factor, message)
        })
    });
    items.into_iter().chain(factor).chain(duplicate_requirements(node)).collect()
}

fn duplicate_requirements<'t>(node: Node<'t>) -> impl Iterator<Item = DiagnosticBuilder<'t>> {
    let names = node.items_of("required");
    find_duplicates(names.filter_map(|item| Some((item.as_str()?, item)))).map(
        |(name, item, first)| {
            INVALID_VALUE
                .at(item, format!("`{name}` is listed twice in `required`"))
                .related(first, "the first one")
                .help("remove one of them")
        },
    )
}

/// Requires the members that belong to a security scheme's type, and forbids the members of other types.
fn security_scheme(node: Node<'_>) -> Vec<DiagnosticBuilder<'_>> {
    let Some(kind) = node.get_str("type") else { return Vec::new() };
    let Some((_, own)) = SECURITY_SCHEMES.iter().find(|(name, _)| *name == kind) else {
        return Vec::new();
    };
    let missing = own.iter().filter(|name| node.get(name).is_none()).map(|name| {
        let message = format!("a security scheme of type `{kind}` must have `{name}`");
        MISSING_KEY.at(node, message).help(format!("add `{name}`"))
    });
    let others =
        SECURITY_SCHEMES.iter().flat_map(|(_, names)| *names).filter(|name| !own.contains(name));
    let of_other_types = others.filter_map(|name| node.entry(name)).map(|entry| {
        let name = entry.name();
        let message = format!("a security scheme of type `{kind}` cannot have `{name}`");
        UNKNOWN_KEY.at(entry.key, message).help("remove it, or correct the `type`")
    });
    missing.chain(of_other_types).chain(bearer_format(node)).collect()
}

/// The members that each type of security scheme requires and other types do not allow.
static SECURITY_SCHEMES: &[(&str, &[&str])] = &[
    ("apiKey", &["name", "in"]),
    ("http", &["scheme"]),
    ("oauth2", &["flows"]),
    ("openIdConnect", &["openIdConnectUrl"]),
];

fn bearer_format(node: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let format = node.entry("bearerFormat")?;
    let scheme = node.get_str("scheme");
    (!scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer"))).then(|| {
        let message = "`bearerFormat` applies only to the scheme `bearer`";
        UNKNOWN_KEY.at(format.key, message).help("remove it, or write `scheme: bearer`")
    })
}
