//! Checks that the response to a write confirms what was sent.

use std::collections::BTreeMap;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::{amount::Amount, excerpt, response::Response};

/// A member of the request that the response does not confirm.
#[derive(Debug, PartialEq)]
pub(crate) enum Unconfirmed {
    /// The response has no value for it.
    Missing(&'static str),
    /// The response has a different number or boolean.
    Different { member: &'static str, sent: String, received: String },
    /// The response has a different GUID. The message does not show it, because it may identify a customer's tenant.
    OtherGuid(&'static str),
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
            Self::OtherGuid(member) => {
                format!("the response has a different GUID in `{member}` than was sent; {REMEDY}")
            }
        }
    }
}

/// Returns the first member that the response does not confirm.
///
/// A member that was sent must be in the response. A string may differ, because a service may write it in another form.
/// A number, a boolean or a GUID must have the same value if the method is PUT or PATCH, which set values; what POST
/// does with a value is up to the operation. A member that was cleared may be missing, but must not be a number.
pub(crate) fn unconfirmed(
    sent: &impl Serialize,
    response: &Response,
    members: &[&'static str],
) -> Option<Unconfirmed> {
    let sent = read(&serde_json::to_vec(sent).ok()?)?;
    let received = read(&response.text())?;
    let sets = matches!(response.head.call.operation.method, "PUT" | "PATCH");
    members.iter().find_map(|member| {
        let sent = sent.get(*member)?;
        match received.get(*member).filter(|value| value.get() != "null") {
            None => says_something(sent).then_some(Unconfirmed::Missing(member)),
            Some(received) => different(member, sent, received).filter(|_| sets),
        }
    })
}

type Members = BTreeMap<String, Box<RawValue>>;

fn read(json: &[u8]) -> Option<Members> {
    serde_json::from_slice(json).ok()
}

/// Returns whether a value sets a member rather than clears it. A response may confirm a cleared member by omitting it.
fn says_something(value: &RawValue) -> bool {
    !matches!(value.get(), "null" | "[]" | "{}")
}

fn different(member: &'static str, sent: &RawValue, received: &RawValue) -> Option<Unconfirmed> {
    let is_different = match (Value::of(sent), Value::of(received)) {
        (Value::Null, Value::Number(_)) => true,
        (Value::Boolean(sent), Value::Boolean(received)) => sent != received,
        (Value::Number(sent), Value::Number(received)) => sent != received,
        (Value::Guid(sent), Value::Guid(received)) if sent != received => {
            return Some(Unconfirmed::OtherGuid(member));
        }
        _ => false,
    };
    let shown = |value: &RawValue| excerpt::literal(value.get(), 40);
    is_different.then(|| Unconfirmed::Different {
        member,
        sent: shown(sent),
        received: shown(received),
    })
}

/// A value that is compared by its meaning, not by its notation.
enum Value {
    Null,
    Boolean(bool),
    Number(Amount),
    Guid(Uuid),
    Other,
}

impl Value {
    fn of(value: &RawValue) -> Self {
        fn parsed<T: DeserializeOwned>(value: &RawValue) -> Option<T> {
            serde_json::from_str(value.get()).ok()
        }
        match value.get().as_bytes() {
            b"null" => Some(Self::Null),
            b"true" | b"false" => parsed(value).map(Self::Boolean),
            [b'"', ..] => parsed(value).map(Self::Guid),
            _ => parsed(value).map(Self::Number),
        }
        .unwrap_or(Self::Other)
    }
}

#[cfg(test)]
mod tests {
    use reqwest::{StatusCode, header::HeaderMap};
    use serde_json::json;

    use super::*;
    use crate::{
        call::{Call, Ids, OperationInfo},
        head::Head,
        report::Report,
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
    fn a_cleared_member_must_not_be_a_number() {
        let (member, sent, received) = ("price", "null".to_owned(), "250.00".to_owned());
        let different = Some(Unconfirmed::Different { member, sent, received });
        assert_eq!(
            unconfirmed_by("PATCH", json!({ "price": null }), r#"{"price":250.00}"#),
            different
        );
    }

    #[test]
    fn a_boolean_must_have_the_value_that_was_sent() {
        for value in [true, false] {
            let sent = json!({ "price": value });
            assert_eq!(unconfirmed_by("PUT", sent.clone(), &sent.to_string()), None);
            let (member, received) = ("price", (!value).to_string());
            let other = json!({ "price": !value }).to_string();
            let different = Unconfirmed::Different { member, sent: value.to_string(), received };
            assert_eq!(unconfirmed_by("PUT", sent, &other), Some(different));
        }
    }

    #[test]
    fn a_guid_may_change_its_form_but_not_its_value() {
        let sent = json!({ "price": "0000aaaa-0000-0000-0000-000000000001" });
        for form in ["0000AAAA-0000-0000-0000-000000000001", "not a GUID"] {
            let received = json!({ "price": form }).to_string();
            assert_eq!(unconfirmed_by("PUT", sent.clone(), &received), None);
        }
        let other = r#"{"price":"0000aaaa-0000-0000-0000-000000000002"}"#;
        assert_eq!(unconfirmed_by("PUT", sent, other), Some(Unconfirmed::OtherGuid("price")));
    }

    #[test]
    fn a_number_may_change_its_digits_but_not_its_value() {
        let sent = json!({ "price": 250 });
        assert_eq!(unconfirmed_by("PUT", sent.clone(), r#"{"price":250.00}"#), None);
        let (member, sent_number, received) = ("price", "250".to_owned(), "100".to_owned());
        let different = Unconfirmed::Different { member, sent: sent_number, received };
        assert_eq!(unconfirmed_by("PUT", sent.clone(), r#"{"price":100}"#), Some(different));
        assert_eq!(unconfirmed_by("POST", sent, r#"{"price":100}"#), None);
    }
}
