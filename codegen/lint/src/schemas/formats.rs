//! Reports formats that do not apply to their type, or that look like a misspelling.

use std::collections::BTreeSet;

use document::{DiagnosticBuilder, Node, phrasing::join_or, validation::with_article};

use super::{MISMATCHED_FORMAT, MISSPELLED_FORMAT};

const TEXT: &[&str] = &["string"];

/// The formats of OpenAPI 3.0 and JSON Schema, each with the types that it applies to.
///
/// Google's documents use `int64` with strings, since JavaScript cannot represent all such integers.
const FORMATS: &[(&str, &[&str])] = &[
    ("int32", &["integer", "number"]),
    ("int64", &["integer", "number", "string"]),
    ("float", &["number"]),
    ("double", &["number"]),
    ("decimal", &["number", "string"]),
    ("byte", TEXT),
    ("binary", TEXT),
    ("date", TEXT),
    ("date-time", TEXT),
    ("password", TEXT),
    ("email", TEXT),
    ("hostname", TEXT),
    ("ipv4", TEXT),
    ("ipv6", TEXT),
    ("uri", TEXT),
    ("uuid", TEXT),
];

/// Names of formats in other languages and tools, each with its OpenAPI equivalent.
const SYNONYMS: &[(&str, &str)] = &[
    ("guid", "uuid"),
    ("uid", "uuid"),
    ("base64", "byte"),
    ("long", "int64"),
    ("bigint", "int64"),
    ("int", "int32"),
    ("single", "float"),
];

/// The other formats in OpenAPI's registry, which the generator has no types for.
///
/// Source: <https://spec.openapis.org/registry/format/>.
const REGISTERED: &str = "base64url char commonmark date-time-local decimal128 double-int duration html http-date \
     idn-email idn-hostname int8 int16 iri iri-reference json-pointer media-range regex relative-json-pointer \
     sf-binary sf-boolean sf-decimal sf-integer sf-string sf-token time time-local uint8 uint16 uint32 uint64 \
     unixtime uri-reference uri-template";

/// Formats in use that are not misspellings, although they resemble others.
const OTHERS: &str = "int4 int24 int31 int63 int128 uint24 uint128 sint32 sint64 float16 float32 float64 decimal32 \
     decimal64 bytes url timestamp ulid cuid cuid2 ksuid";

fn is_listed(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == name)
}

pub(super) fn invalid(schema: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let format = schema.get("format")?;
    let name = format.as_str()?;
    match FORMATS.iter().find(|(known, _)| *known == name) {
        Some((_, types)) => mismatched(schema, format, types),
        None => misspelled(schema, format, name),
    }
}

fn mismatched<'t>(
    schema: Node<'t>,
    format: Node<'t>,
    types: &[&str],
) -> Option<DiagnosticBuilder<'t>> {
    let (node, name) = (schema.get("type")?, format.as_str()?);
    let kind = node.as_str().filter(|kind| !types.contains(kind))?;
    let article = with_article(kind)?;
    let diagnostic =
        MISMATCHED_FORMAT.at(format, format!("the format `{name}` has no effect on {article}"));
    Some(
        diagnostic
            .related(node, "the type")
            .help(format!("remove it, or change the type to {}", join_or(types))),
    )
}

fn misspelled<'t>(schema: Node<'t>, format: Node<'t>, name: &str) -> Option<DiagnosticBuilder<'t>> {
    let kind = schema.get_str("type");
    let meant = synonym(kind, &folded(name)).or_else(|| similar(kind, name))?;
    let message = format!("`{name}` is not a known format");
    Some(MISSPELLED_FORMAT.at(format, message).help(format!("write `{meant}`")))
}

/// Returns the known format that a synonym stands for, if the format applies to the type.
fn synonym(kind: Option<&str>, name: &str) -> Option<&'static str> {
    let (_, meant) = SYNONYMS.iter().find(|(synonym, _)| *synonym == name)?;
    applies_to(kind, meant).then_some(meant)
}

fn applies_to(kind: Option<&str>, format: &str) -> bool {
    let types = FORMATS.iter().find(|(known, _)| *known == format).map_or(TEXT, |(_, types)| types);
    kind.is_none_or(|kind| types.contains(&kind))
}

/// Returns the known format that a name resembles.
fn similar(kind: Option<&str>, name: &str) -> Option<&'static str> {
    let folded_name = folded(name);
    if is_version_of_uuid(&folded_name) {
        return Some("uuid");
    }
    // Some documents write registered formats as .NET does, such as `UInt32`.
    if is_listed(OTHERS, &folded_name) || is_listed(REGISTERED, &name.to_ascii_lowercase()) {
        return None;
    }
    let known =
        || FORMATS.iter().map(|(known, _)| *known).chain(REGISTERED.split_ascii_whitespace());
    let same = known().find(|known| folded(known) == folded_name);
    let is_meant = |known: &&str| {
        is_near(&folded_name, &folded(known)) && (known.len() > SHORT || applies_to(kind, known))
    };
    same.or_else(|| known().find(is_meant))
}

/// Returns true for a name such as `uuid4` or `uuidv4`.
fn is_version_of_uuid(name: &str) -> bool {
    let version = name.strip_prefix("uuid").map(|rest| rest.strip_prefix('v').unwrap_or(rest));
    version.is_some_and(|version| matches!(version.as_bytes(), [b'1'..=b'8']))
}

/// The maximum length of words for which no similar format is suggested, because short words resemble many others.
const SHORT: usize = 4;

/// Returns true if one letter or digit is wrong, missing or added.
fn is_near(word: &str, known: &str) -> bool {
    let has_digits = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    strsim::damerau_levenshtein(word, known) == 1
        && has_digits(word) == has_digits(known)
        // No other word resembles `uuid`.
        && (known.len() > SHORT || known == "uuid" || is_typo(word, known))
}

/// Returns true if two letters are in the wrong order, or one is doubled or missing.
fn is_typo(word: &str, known: &str) -> bool {
    let letters = |word: &str| word.bytes().collect::<BTreeSet<u8>>();
    let has_the_letters = match word.len() == known.len() {
        true => letters(word) == letters(known),
        false => letters(word).is_subset(&letters(known)),
    };
    has_the_letters && word.bytes().next() == known.bytes().next()
}

/// Normalizes case and removes separators, because most mistakes are in these.
fn folded(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).flat_map(char::to_lowercase).collect()
}
