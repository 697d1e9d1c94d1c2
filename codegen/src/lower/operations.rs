//! Annotates operations, and removes the parts of them that the runtime handles for all operations.

use openapiv3::{Components, OpenAPI, Parameter, ReferenceOr};

use super::{
    deprecation, docs,
    errors::SharedErrors,
    locations::{for_each_operation, for_each_path_item},
    security::Security,
};
use crate::{annotation::Annotations, schemas};

/// The extension that marks a header parameter that the client's runtime sets.
const MANAGED: &str = "x-client-managed";

/// Records each operation's method, path, tokens, documented errors and deprecation.
pub(super) fn annotate(document: &mut OpenAPI, annotations: &mut Annotations) {
    let shared = SharedErrors::of(document);
    let components = document.components.as_ref();
    let security = Security::of(document.security.clone(), components);
    for_each_operation(&mut document.paths, |method, path, operation| {
        let deprecated = deprecation::of_operation(operation);
        let tokens = security.kinds(operation);
        docs::explain_operation(operation, security.sentence(operation));
        let errors = shared.documented(operation, components);
        annotations.annotate(&mut operation.description, |annotation| {
            annotation.method = Some(method.to_uppercase());
            annotation.path = Some(path.to_owned());
            annotation.tokens = tokens;
            annotation.errors = errors;
            annotation.deprecated = deprecated;
        });
    });
}

/// Drops error responses, because the runtime turns them all into one error type. Also, progenitor panics if an
/// operation has several error schemas.
pub(super) fn drop_error_responses(document: &mut OpenAPI) {
    for_each_operation(&mut document.paths, |_, _, operation| {
        operation.responses.default = None;
        operation.responses.responses.retain(|status, _| schemas::is_success(status));
    });
}

/// Drops the header parameters that the runtime sets, so that no method has an argument for them.
pub(super) fn drop_managed_parameters(document: &mut OpenAPI) {
    let components = document.components.as_ref();
    for_each_path_item(&mut document.paths, |_, item| {
        item.parameters.retain(|parameter| !is_managed(parameter, components));
    });
    for_each_operation(&mut document.paths, |_, _, operation| {
        operation.parameters.retain(|parameter| !is_managed(parameter, components));
    });
}

fn is_managed(parameter: &ReferenceOr<Parameter>, components: Option<&Components>) -> bool {
    schemas::resolve(parameter, components, |components, name| components.parameters.get(name))
        .is_some_and(|parameter| {
            parameter
                .parameter_data_ref()
                .extensions
                .get(MANAGED)
                .is_some_and(|managed| managed == true)
        })
}
