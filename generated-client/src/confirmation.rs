//! Checks that the response to a write confirms what was sent.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::RawValue;

use crate::{amount::Amount, excerpt, response::Response};

/// A member of the request that the response does not confirm.
#[derive(Debug, PartialEq)]
pub(crate) enum Unconfirmed {
    /// The response has no value for it.
    Missing(&'static str),
    /// The response has another number.
    Different { member: &'static str, sent: String, received: String },
}

impl Unconfirmed {
    pub(crate) fn problem(&self) -> String {
        const REMEDY: &str = "read the value before you set it again";
        match self {
            Self::Missing(member) => {
                format!("the response lacks `{member}`, which was sent; {REMEDY}")
            }
            Self::Different { member, sent, received } => {
                format!("`{member}` is {received} in the response, but {sent} was sent; {REMEDY}")
            }
        }
    }
}

/// Returns the first of the members that the response does not confirm.
///
/// A member that was sent must be in the response. Its value may differ, as a service may write a text or an ID in
/// another form; but money must not be another number where the method sets a value. PUT and PATCH do; what POST does
/// with a number is up to the operation.
pub(crate) fn unconfirmed(
    sent: &impl Serialize,
    response: &Response,
    members: &[&'static str],
) -> Option<Unconfirmed> {
    let sent = read(&serde_json::to_vec(sent).ok()?)?;
    let received = read(&response.text())?;
    let sets = matches!(response.head.call.operation.method, "PUT" | "PATCH");
    members.iter().find_map(|member| {
        let sent = sent.get(*member).filter(|value| says_something(value))?;
        match received.get(*member).filter(|value| value.get() != "null") {
            None => Some(Unconfirmed::Missing(member)),
            Some(received) => different(member, sent, received).filter(|_| sets),
        }
    })
}

type Members = BTreeMap<String, Box<RawValue>>;

fn read(json: &[u8]) -> Option<Members> {
    serde_json::from_slice(json).ok()
}

/// Returns whether a value sets something, rather than clears it. A response may confirm a cleared member by leaving it
/// out.
fn says_something(value: &RawValue) -> bool {
    !matches!(value.get(), "null" | "[]" | "{}")
}

fn different(member: &'static str, sent: &RawValue, received: &RawValue) -> Option<Unconfirmed> {
    let number = |value: &RawValue| serde_json::from_str::<Amount>(value.get()).ok();
    let (sent, received) = (number(sent)?, number(received)?);
    let shown = |number: &Amount| excerpt::literal(number.as_str(), 40);
    (sent != received).then(|| Unconfirmed::Different {
        member,
        sent: shown(&sent),
        received: shown(&received),
    })
}

#[cfg(test)]
mod tests {
    use reqwest::{StatusCode, header::HeaderMap};
    use serde_json::json;

    use super::*;
    use crate::{
        call::{Call, Ids, OperationInfo},
        report::Report,
        response::Head,
    };

    fn unconfirmed_by(
        method: &'static str,
        sent: serde_json::Value,
        body: &str,
    ) -> Option<Unconfirmed> {
        let operation =
            OperationInfo { operation_id: "order", method, path: "/v1/orders", tokens: &[] };
        let call = Call::begin(&operation, &Ids::default());
        let (status, headers) = (StatusCode::OK, HeaderMap::new());
        let head = Box::new(Head { call, status, reason: None, headers });
        let report = Report::default();
        let response = Response { head, body: body.into(), limit: 100, report };
        unconfirmed(&sent, &response, &["price", "tags"])
    }

    #[test]
    fn a_member_that_was_not_sent_need_not_be_confirmed() {
        assert_eq!(unconfirmed_by("PATCH", json!({ "tags": ["new"] }), r#"{"tags":["a"]}"#), None);
    }

    #[test]
    fn clearing_a_member_needs_no_confirmation() {
        for sent in [json!({ "price": null }), json!({ "tags": [] }), json!({ "tags": {} })] {
            assert_eq!(unconfirmed_by("PATCH", sent, "{}"), None);
        }
    }

    #[test]
    fn null_does_not_confirm_a_member() {
        for body in ["{}", r#"{"price":null}"#] {
            let missing = Some(Unconfirmed::Missing("price"));
            assert_eq!(unconfirmed_by("PUT", json!({ "price": 5 }), body), missing);
        }
    }

    #[test]
    fn a_number_may_have_other_digits_but_no_other_value() {
        let sent = json!({ "price": 250 });
        assert_eq!(unconfirmed_by("PUT", sent.clone(), r#"{"price":250.00}"#), None);
        let (member, sent_number, received) = ("price", "250".to_owned(), "100".to_owned());
        let different = Unconfirmed::Different { member, sent: sent_number, received };
        assert_eq!(unconfirmed_by("PUT", sent.clone(), r#"{"price":100}"#), Some(different));
        assert_eq!(unconfirmed_by("POST", sent, r#"{"price":100}"#), None);
    }
}
