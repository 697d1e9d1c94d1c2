//! What a document must have before a client can be made of it.

use openapiv3::{Components, MediaType, OpenAPI, Operation, Response};

use crate::{Problem, recursion, schemas};

/// Checks the version, and that the runtime can serve each operation.
pub(crate) fn document(document: &OpenAPI) -> Result<(), Vec<Problem>> {
    let components = document.components.as_ref();
    let operations = schemas::operations(document).flat_map(|(method, path, operation)| {
        let messages = operation_problems(operation, components);
        messages.into_iter().map(move |message| Problem::new(format!("{method} {path}"), message))
    });
    let recursion = components.into_iter().flat_map(recursion::problems);
    let problems: Vec<Problem> =
        version(document).into_iter().chain(operations).chain(recursion).collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn version(document: &OpenAPI) -> Option<Problem> {
    let version = &document.openapi;
    (!version.starts_with("3.0.")).then(|| {
        Problem::new(
            "openapi",
            format!("version `{version}` is not supported; convert it to 3.0.3"),
        )
    })
}

fn operation_problems(operation: &Operation, components: Option<&Components>) -> Vec<String> {
    let mut problems = Vec::new();
    if operation.operation_id.is_none() {
        problems.push("no operationId; add one".to_owned());
    }
    let body = operation.request_body.as_ref();
    let body = body.and_then(|body| schemas::resolve_request_body(body, components));
    if body.is_some_and(|body| !is_json(body.content.iter())) {
        problems.push(
            "the request body is not JSON; give it the one media type `application/json`"
                .to_owned(),
        );
    }
    let successes =
        operation.responses.responses.iter().filter(|(status, _)| schemas::is_success(status));
    let successes: Vec<_> = successes
        .filter_map(|(_, response)| schemas::resolve_response(response, components))
        .collect();
    if successes.is_empty() {
        problems.push("no answer for success; add one such as `200`".to_owned());
    }
    if successes.iter().any(|answer| !answer.content.is_empty() && !is_json(answer.content.iter()))
    {
        problems.push(
            "an answer is not JSON; give it the one media type `application/json`".to_owned(),
        );
    }
    if !have_one_schema(&successes) {
        problems.push("its answers for success differ in schema; give them the same".to_owned());
    }
    problems
}

fn have_one_schema(answers: &[&Response]) -> bool {
    let mut schemas =
        answers.iter().map(|answer| answer.content.values().next().map(|media| &media.schema));
    let first = schemas.next();
    schemas.all(|schema| Some(schema) == first)
}

/// Whether there is one media type, which is JSON.
fn is_json<'a>(mut content: impl Iterator<Item = (&'a String, &'a MediaType)>) -> bool {
    let first = content.next().map(|(name, _)| name.split(';').next().unwrap_or(name).trim());
    first == Some("application/json") && content.next().is_none()
}
