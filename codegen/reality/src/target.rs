//! Finds the operation of a request by its method and path.

mod undeclared;

use std::{cmp::Reverse, fmt};

use document::{Document, Operation};
use percent_encoding::percent_decode_str;
use url::Url;

pub(crate) use undeclared::Undeclared;

/// The base URL of the service, to which a survey can be restricted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(Url);

/// The error for a string that is not the base URL of a service.
#[derive(Clone, Copy, Debug)]
pub struct InvalidBaseUrl;

impl fmt::Display for InvalidBaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not an `http` or `https` URL; write one such as https://gateway.example.com/api",
        )
    }
}

impl std::error::Error for InvalidBaseUrl {}

impl std::str::FromStr for BaseUrl {
    type Err = InvalidBaseUrl;

    fn from_str(text: &str) -> Result<Self, InvalidBaseUrl> {
        let url = Url::parse(text).map_err(|_| InvalidBaseUrl)?;
        let is_base = matches!(url.scheme(), "http" | "https") && url.has_host();
        if is_base { Ok(Self(url)) } else { Err(InvalidBaseUrl) }
    }
}

/// The operations of a document, and the base paths below which they are called.
pub(crate) struct Targets<'d> {
    targets: Vec<Target<'d>>,
    base_url: Option<Url>,
    /// The URLs of the service: the base URL, or else the server URLs.
    services: Vec<Url>,
    /// The server paths, without a trailing slash.
    base_paths: Vec<String>,
}

struct Target<'d> {
    operation: Operation<'d>,
    segments: Vec<&'d str>,
}

/// The operation of a request.
pub(crate) struct Hit<'d> {
    /// The index of the operation.
    pub(crate) index: usize,
    pub(crate) operation: Operation<'d>,
    /// True if a literal segment differs from the document in letter case.
    pub(crate) has_other_letter_case: bool,
}

impl<'d> Targets<'d> {
    pub(crate) fn new(document: &Document<'d>, base_url: Option<BaseUrl>) -> Self {
        let targets = document.operations().map(|operation| Target {
            // A fragment only distinguishes operations with the same path. It is not sent.
            segments: segments(operation.path.split('#').next().unwrap_or_default()).collect(),
            operation,
        });
        let base_url = base_url.map(|base| base.0);
        let (services, base_paths) = match &base_url {
            Some(url) => (vec![url.clone()], vec![without_slash(url.path()).to_owned()]),
            None => (
                servers(document).filter_map(|url| Url::parse(url).ok()).collect(),
                server_paths(document),
            ),
        };
        Self { targets: targets.collect(), base_url, services, base_paths }
    }

    pub(crate) fn operations(&self) -> impl Iterator<Item = Operation<'d>> {
        self.targets.iter().map(|target| target.operation)
    }

    /// Finds the operation of a request. If several match, returns the one with the most literal segments.
    pub(crate) fn find(&self, method: &str, url: &Url) -> Option<Hit<'d>> {
        self.nearest(url, |it| it.method.eq_ignore_ascii_case(method))
    }

    /// Finds the matching operation among those that `fits` accepts.
    fn nearest(&self, url: &Url, fits: impl Fn(&Operation<'d>) -> bool) -> Option<Hit<'d>> {
        if self.base_url.as_ref().is_some_and(|base| base.origin() != url.origin()) {
            return None;
        }
        let path = without_slash(url.path());
        let paths = self.base_paths.iter().filter_map(|base| below(base, path));
        let hits = paths.flat_map(|path| self.hits(path)).filter(|(hit, _)| fits(&hit.operation));
        hits.min_by_key(|(hit, literals)| (Reverse(*literals), hit.index)).map(|(hit, _)| hit)
    }

    fn hits(&self, path: &str) -> Vec<(Hit<'d>, usize)> {
        let decode = |it| percent_decode_str(it).decode_utf8_lossy().into_owned();
        let path: Vec<String> = segments(path).map(decode).collect();
        let targets = self.targets.iter().enumerate();
        let hits = targets.filter_map(|(index, target)| {
            let template = target.matching(&path)?;
            let is_literal = |segment: &&&str| !segment.contains('{');
            let literals = template.iter().filter(is_literal).count();
            let mut pairs = template.iter().zip(&path);
            let has_other_letter_case = pairs.any(|(it, found)| !it.contains('{') && it != found);
            Some((Hit { index, operation: target.operation, has_other_letter_case }, literals))
        });
        hits.collect()
    }
}

impl<'d> Target<'d> {
    /// Returns the segments of the template that match a path: all of them, or all except a leading version such as
    /// `v1`, which a gateway may add.
    fn matching(&self, path: &[String]) -> Option<&[&'d str]> {
        let fits = |template: &&[&str]| {
            template.len() == path.len()
                && template.iter().zip(path).all(|(template, segment)| fits(template, segment))
        };
        let without_version = match self.segments.split_first() {
            Some((first, rest)) if is_version(first) => Some(rest),
            _ => None,
        };
        [Some(self.segments.as_slice()), without_version].into_iter().flatten().find(fits)
    }
}

/// Returns true if a path segment matches a template segment. Services ignore the letter case of literals.
fn fits(template: &str, segment: &str) -> bool {
    let Some((before, rest)) = template.split_once('{') else {
        return template.eq_ignore_ascii_case(segment);
    };
    let (Some((_, after)), Some((start, argument))) =
        (rest.split_once('}'), segment.split_at_checked(before.len()))
    else {
        return false;
    };
    if !start.eq_ignore_ascii_case(before) || argument.is_empty() {
        return false;
    }
    // An argument has at least one character.
    after.is_empty()
        || argument.char_indices().skip(1).any(|(end, _)| fits(after, &argument[end..]))
}

fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix('v').unwrap_or_default();
    number.starts_with(|first: char| first.is_ascii_digit())
}

fn servers<'d>(document: &Document<'d>) -> impl Iterator<Item = &'d str> {
    document.root().items_of("servers").filter_map(|it| it.get_str("url"))
}

fn server_paths(document: &Document<'_>) -> Vec<String> {
    let mut paths: Vec<String> = servers(document)
        .map(|url| match Url::parse(url) {
            Ok(url) => without_slash(url.path()).to_owned(),
            Err(_) => without_slash(url).to_owned(),
        })
        .chain([String::new()])
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

fn without_slash(path: &str) -> &str {
    path.strip_suffix('/').unwrap_or(path)
}

/// Returns the part of a path below a base path.
fn below<'p>(base: &str, path: &'p str) -> Option<&'p str> {
    path.strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    without_slash(path).split('/').skip(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_matches_its_template() {
        for (template, segment) in [
            ("orders", "Orders"),
            ("{id}", "7"),
            ("{id}", "{id}"),
            ("order-{id}", "ORDER-é"),
            ("{id}:{part}", "a:b"),
            ("({id})", "(7)"),
        ] {
            assert!(fits(template, segment), "{template} {segment}");
        }
        for (template, segment) in [
            ("orders", "order"),
            ("{id}", ""),
            ("order-{id}", "order-"),
            ("{id}:{part}", "a:"),
            ("é{id}", "e7"),
        ] {
            assert!(!fits(template, segment), "{template} {segment}");
        }
    }

    #[test]
    fn a_version_has_a_number() {
        assert!(is_version("v1") && is_version("v2.0"));
        assert!(!is_version("values") && !is_version("1") && !is_version("v"));
    }
}
