//! Compares an entry with its operation.

mod body;
mod headers;

use document::{Document, Node, Operation, collection, status::is_success};

use crate::{
    har::Entry,
    names,
    observations::{Finding, Part},
    rules::{OTHER_LETTER_CASE, UNDECLARED_PARAMETER, UNDECLARED_STATUS},
    schema::{Direction, Schemas},
    surveyed::Statement,
};

/// The comparison of entries with their operation.
pub(crate) struct Comparison<'s, 'd> {
    document: &'s Document<'d>,
    operation: Operation<'d>,
}

/// The result of comparing one entry.
#[derive(Default)]
pub(crate) struct Compared<'d> {
    pub(crate) findings: Vec<(Part, Finding<'d>)>,
    pub(crate) confirmed: Vec<(Statement, Node<'d>)>,
    /// The reasons why bodies could not be compared.
    pub(crate) unknown_bodies: Vec<&'static str>,
}

impl<'d> Compared<'d> {
    fn extend(&mut self, part: Part, findings: impl IntoIterator<Item = Finding<'d>>) {
        self.findings.extend(findings.into_iter().map(|finding| (part, finding)));
    }
}

impl<'s, 'd> Comparison<'s, 'd> {
    pub(crate) fn new(document: &'s Document<'d>, operation: Operation<'d>) -> Self {
        Self { document, operation }
    }

    /// Compares an entry that has a response.
    pub(crate) fn of(
        &self,
        entry: &Entry,
        status: u16,
        has_other_letter_case: bool,
    ) -> Compared<'d> {
        let mut compared = Compared::default();
        self.request(entry, has_other_letter_case, &mut compared);
        let part = Part::Response(status);
        match self.document.response(&self.operation, status) {
            Some(response) => {
                compared.confirmed.push((Statement::Status, response));
                self.response_headers(response, &entry.response, part, &mut compared);
                let schemas = Schemas { document: self.document, direction: Direction::Response };
                body::compare(
                    schemas,
                    Some(response),
                    response,
                    &entry.response,
                    part,
                    &mut compared,
                );
            }
            None => compared.extend(part, [self.undeclared_status(status)]),
        }
        compared
    }

    fn request(&self, entry: &Entry, has_other_letter_case: bool, compared: &mut Compared<'d>) {
        if has_other_letter_case {
            compared.extend(Part::Request, [self.path_in_other_letter_case()]);
        }
        compared.extend(Part::Request, self.undeclared_parameters(entry));
        self.request_headers(&entry.request, compared);
        let declared = self.operation.node.get("requestBody");
        let declared = declared.and_then(|body| self.document.resolve(body));
        let schemas = Schemas { document: self.document, direction: Direction::Request };
        body::compare(
            schemas,
            declared,
            self.operation.node,
            &entry.request,
            Part::Request,
            compared,
        );
    }

    fn undeclared_status(&self, status: u16) -> Finding<'d> {
        let node = self.operation.node;
        let consequence = match is_success(&status.to_string()) {
            true => "; until then, the client treats this response as an error",
            false => "",
        };
        Finding::new(
            &UNDECLARED_STATUS,
            node.get("responses").unwrap_or(node),
            "the status",
            "is not declared",
        )
        .help(format!("add `'{status}'` to the responses{consequence}"))
    }

    fn path_in_other_letter_case(&self) -> Finding<'d> {
        Finding::new(
            &OTHER_LETTER_CASE,
            self.operation.item,
            "the path",
            "is declared with different letter case",
        )
        .help("if the service does not ignore letter case, write the path as it was sent")
    }

    /// Reports the query parameters that are not declared.
    ///
    /// A paged operation need not declare them, because the service chooses the query of the link to the next page.
    fn undeclared_parameters(&self, entry: &Entry) -> Vec<Finding<'d>> {
        if self.is_paged() {
            return Vec::new();
        }
        let declared = self.parameters("query");
        let names = entry.url.query_pairs().map(|(name, _)| name);
        let undeclared = names.filter(|name| {
            let name_of = |it: &Node<'d>| it.get_str("name").unwrap_or_default();
            // A parameter in the style `deepObject` is sent as `name[member]`.
            let base = name.split('[').next().unwrap_or_default();
            !declared.iter().any(|it| name_of(it) == *name || name_of(it) == base)
        });
        let findings = undeclared.map(|name| {
            Finding::new(
                &UNDECLARED_PARAMETER,
                self.operation.node,
                format!("the query parameter `{}`", names::shown(&name)),
                "is not declared",
            )
            .help("add it to the parameters of the operation")
        });
        findings.collect()
    }

    fn is_paged(&self) -> bool {
        collection::is_paged(self.document, self.operation.method, self.operation.node)
    }

    fn parameters(&self, location: &str) -> Vec<Node<'d>> {
        let mut parameters = self.document.parameters(&self.operation);
        parameters.retain(|parameter| parameter.get_str("in") == Some(location));
        parameters
    }
}
