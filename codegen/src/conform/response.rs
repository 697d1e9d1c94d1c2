//! A response against its operation.

use super::{
    body,
    document::{Declared, Operation},
    headers::Allowed,
};
use crate::{
    Problem,
    documented::{
        Message,
        http::{Request, Response},
    },
};

/// The headers that OpenAPI leaves to HTTP.
const STANDARD: &[&str] = &["Content-Length", "Content-Type", "Date"];

/// The headers of a response that repeat those of its request.
const ECHOED: [&str; 2] = ["MS-CorrelationId", "MS-RequestId"];

/// What the operations find wrong with a response.
pub(super) fn problems(
    operations: &[Operation<'_>],
    message: &Message,
    response: &Response,
) -> Vec<Problem> {
    let declared = operations.iter().filter_map(|operation| operation.response(message.status?));
    let mut declared: Vec<Declared<'_>> = declared.collect();
    // Operations share their error answers, by reference.
    declared.dedup_by(|one, other| one.is(other));
    let problems =
        declared.iter().flat_map(|declared| problems_of(declared, &message.example, response));
    status_problem(message, response).into_iter().chain(problems).collect()
}

fn status_problem(message: &Message, response: &Response) -> Option<Problem> {
    let (status, other) = (message.status?, response.status);
    (other != status).then(|| {
        Problem::new(other.to_string(), format!("the index says {status}; correct one of them"))
    })
}

fn problems_of(declared: &Declared<'_>, example: &str, response: &Response) -> Vec<Problem> {
    let headers = declared.headers().collect();
    let allowed = Allowed { document: declared.document, standard: STANDARD, declared: headers };
    let headers = allowed.problems(&response.content.headers).into_iter();
    headers.chain(body::problems(Some(declared), example, &response.content)).collect()
}

/// The headers in which a response does not repeat its request.
pub(super) fn echo<'a>(
    request: &'a Request,
    response: &'a Response,
) -> impl Iterator<Item = Problem> {
    ECHOED.into_iter().filter_map(|name| {
        let sent = request.content.headers.get(name)?;
        let echoed = response.content.headers.get(name)?;
        (sent != echoed).then(|| {
            Problem::new(name, format!("{echoed}, but the request has {sent}; write an erratum"))
        })
    })
}
