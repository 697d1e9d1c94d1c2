//! Recognizes calls to the service that the document does not declare.

use document::Node;
use url::Url;

use super::{Targets, below, segments, without_slash};
use crate::names;

/// A call to the service that no operation declares.
pub(crate) struct Undeclared<'d> {
    /// The method and the path. In a path that is not declared, `*` stands for each segment that occurs in no path of
    /// the document, because it may be an ID or a name.
    pub(crate) name: String,
    /// The path item, if only its method is not declared.
    pub(crate) item: Option<Node<'d>>,
}

impl Undeclared<'_> {
    /// Returns true if the status means that the service does not know the call either.
    pub(crate) fn is_unknown_to_service(&self, status: u16) -> bool {
        match self.item {
            Some(_) => matches!(status, 405 | 501),
            None => status == 404,
        }
    }
}

impl<'d> Targets<'d> {
    /// Returns the undeclared call that a request makes, given that it calls no operation. Returns `None` if the
    /// request goes to another service, or if its method needs no declaration.
    pub(crate) fn undeclared(&self, method: &str, url: &Url) -> Option<Undeclared<'d>> {
        let path = self.path_in_service(url)?;
        let operation = self.nearest(url, |_| true).map(|hit| hit.operation);
        let item = operation.map(|operation| operation.item);
        if is_implied(method, item) {
            return None;
        }
        let path = match operation {
            Some(operation) => operation.path.split('#').next().unwrap_or_default().to_owned(),
            None => self.masked(path),
        };
        Some(Undeclared { name: format!("{} {path}", names::shown(method)), item })
    }

    /// Returns the path of a URL below the nearest URL of the service.
    fn path_in_service<'u>(&self, url: &'u Url) -> Option<&'u str> {
        let services = self.services.iter().filter(|service| service.origin() == url.origin());
        let paths = services.filter_map(|it| below(without_slash(it.path()), url.path()));
        paths.min_by_key(|path| path.len())
    }

    fn masked(&self, path: &str) -> String {
        let literals = self.targets.iter().flat_map(|target| &target.segments);
        let literals: Vec<&&str> = literals.filter(|segment| !segment.contains('{')).collect();
        let segments = segments(path).map(|segment| {
            let literal = literals.iter().find(|it| it.eq_ignore_ascii_case(segment));
            literal.map_or("*", |literal| **literal)
        });
        format!("/{}", segments.collect::<Vec<_>>().join("/"))
    }
}

/// Returns true for a method that needs no declaration: browsers send `OPTIONS` on their own, and HTTP provides `HEAD`
/// wherever there is `GET`.
fn is_implied(method: &str, item: Option<Node<'_>>) -> bool {
    match method {
        "OPTIONS" => true,
        "HEAD" => item.is_some_and(|item| item.get("get").is_some()),
        _ => false,
    }
}
