//! Collects error statuses: their shared descriptions, and descriptions that are specific to an operation.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, Operation};

use crate::{annotation::DocumentedError, markdown::in_one_line, schemas};

/// The descriptions of a status in document order, each with the number of operations that use it.
type Uses = IndexMap<String, usize>;

/// The shared description of each error status that operations have in common.
pub(super) struct SharedErrors(BTreeMap<String, String>);

impl SharedErrors {
    /// Finds one shared description for each status: the first component that an operation uses for it, or else the
    /// description that most operations repeat.
    ///
    /// A component takes precedence, even if few operations use it, so that a new operation does not change others.
    pub(super) fn of(document: &OpenAPI) -> Self {
        let components = document.components.as_ref();
        let mut statuses: BTreeMap<String, Uses> = BTreeMap::new();
        for (_, _, operation) in document.operations() {
            for (status, description) in errors(operation, components) {
                *statuses.entry(status).or_default().entry(description).or_default() += 1;
            }
        }
        let components = component_descriptions(components);
        let shared = statuses.into_iter().filter_map(|(status, uses)| {
            let component = components.iter().find(|text| uses.contains_key(*text));
            Some((status, component.or_else(|| most_repeated(&uses))?.clone()))
        });
        Self(shared.collect())
    }

    /// Returns the error statuses of an operation.
    pub(super) fn documented(
        &self,
        operation: &Operation,
        components: Option<&Components>,
    ) -> Vec<DocumentedError> {
        let errors = errors(operation, components).into_iter().map(|(status, description)| {
            let is_shared = self.0.get(&status) == Some(&description);
            DocumentedError { status, description, is_shared }
        });
        errors.collect()
    }
}

fn most_repeated(uses: &Uses) -> Option<&String> {
    let most = *uses.values().max().filter(|&&uses| uses > 1)?;
    uses.iter().find(|&(_, &uses)| uses == most).map(|(description, _)| description)
}

fn component_descriptions(components: Option<&Components>) -> Vec<String> {
    let responses = components.into_iter().flat_map(|components| components.responses.values());
    let responses = responses.filter_map(|it| schemas::resolve_response(it, components));
    responses.map(|response| in_one_line(&response.description)).collect()
}

/// Returns each error status of an operation with its description.
fn errors(operation: &Operation, components: Option<&Components>) -> Vec<(String, String)> {
    let responses = &operation.responses;
    let explicit = responses.responses.iter().filter(|(status, _)| !schemas::is_success(status));
    let explicit = explicit.map(|(status, response)| (status.to_string(), response));
    let default = responses.default.iter().map(|response| ("other".to_owned(), response));
    let errors = explicit.chain(default).filter_map(|(status, response)| {
        let response = schemas::resolve_response(response, components)?;
        Some((status, in_one_line(&response.description)))
    });
    errors.collect()
}
