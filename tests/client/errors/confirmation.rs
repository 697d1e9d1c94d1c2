//! Is a response rejected if it does not confirm a write, or if it has a member in another letter case?

use partner_center_client::{Error, ErrorKind, uuid::Uuid};
use serde_json::{Map, Value, json};

use super::{chain, responding_with, response};
use support::{
    document::{self, Example, Operation},
    requests,
};

/// A write with its documented request and response.
struct Write {
    operation: Operation,
    request: Example,
    sent: Map<String, Value>,
    received: Map<String, Value>,
}

impl Write {
    async fn error(&self, received: &Map<String, Value>) -> Option<Error> {
        let body = serde_json::to_string(received).unwrap();
        let client = responding_with(response("200 OK", &["MS-RequestId: of-the-service"], &body));
        let error = requests::call(&client, &self.operation, Some(&self.request)).await.err()?;
        assert_eq!(error.body(), Some(body.as_bytes()));
        Some(error)
    }

    /// Returns the response members to which the request gives a value.
    fn common(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.received
            .iter()
            .filter(|(name, _)| self.sent.get(*name).is_some_and(|it| !it.is_null()))
    }
}

fn object(json: &str) -> Map<String, Value> {
    serde_json::from_str(json).unwrap()
}

fn writes() -> Vec<Write> {
    let write = |operation: Operation| {
        let examples = requests::bodies(&operation).into_iter().flatten();
        let request = examples.min_by_key(|example| example.name != "documented")?;
        let (status, response) = requests::success(&operation);
        let (sent, received) = (object(&request.json), object(&response?));
        (status == 200).then_some(Write { operation, request, sent, received })
    };
    let writes: Vec<Write> = document::operations().into_iter().filter_map(write).collect();
    assert!(!writes.is_empty(), "the document has no write");
    writes
}

fn assert_not_confirmed(error: &Error, member: &str) {
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::NotConfirmed, false), "{error}");
    assert!(error.is_ambiguous());
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.request_id(), Some("of-the-service"));
    assert!(error.to_string().contains(&format!("`{member}`")), "{error}");
}

#[tokio::test]
async fn a_documented_response_confirms_the_documented_request() {
    for write in writes() {
        assert!(write.common().next().is_some());
        let error = write.error(&write.received).await;
        assert!(error.is_none(), "{error:?}");
    }
}

#[tokio::test]
async fn an_empty_response_confirms_nothing() {
    for write in writes() {
        let error = write.error(&Map::new()).await.unwrap();
        assert_eq!(error.kind(), ErrorKind::NotConfirmed);
        assert!(error.to_string().contains(": 200 OK: the response lacks `"), "{error}");
    }
}

#[tokio::test]
async fn a_response_without_a_member_that_was_sent() {
    for write in writes() {
        for (name, _) in write.common() {
            let mut received = write.received.clone();
            received.remove(name);
            assert_not_confirmed(&write.error(&received).await.unwrap(), name);
            received.insert(name.clone(), Value::Null);
            assert_not_confirmed(&write.error(&received).await.unwrap(), name);
        }
    }
}

#[tokio::test]
async fn a_response_with_a_number_that_differs_from_the_request() {
    for write in writes() {
        for (name, value) in write.common().filter(|(_, value)| value.is_number()) {
            let mut received = write.received.clone();
            received.insert(name.clone(), json!(value.as_f64().unwrap() + 1.0));
            assert_not_confirmed(&write.error(&received).await.unwrap(), name);
        }
    }
}

#[tokio::test]
async fn a_response_with_a_boolean_that_differs_from_the_request() {
    for write in writes() {
        for (name, value) in write.common().filter(|(_, value)| value.is_boolean()) {
            let mut received = write.received.clone();
            received.insert(name.clone(), json!(!value.as_bool().unwrap()));
            assert_not_confirmed(&write.error(&received).await.unwrap(), name);
        }
    }
}

#[tokio::test]
async fn a_response_with_a_guid_that_differs_from_the_request() {
    let guid = |value: &Value| value.as_str().and_then(|text| Uuid::parse_str(text).ok());
    for write in writes() {
        for (name, sent) in write.common().filter_map(|(name, value)| Some((name, guid(value)?))) {
            let mut received = write.received.clone();
            received.insert(name.clone(), json!(sent.to_string().to_uppercase()));
            assert!(write.error(&received).await.is_none());
            received.insert(name.clone(), json!(Uuid::from_u128(sent.as_u128() + 1)));
            let error = write.error(&received).await.unwrap();
            assert_not_confirmed(&error, name);
            assert!(!error.to_string().contains(&sent.to_string()), "{error}");
        }
    }
}

/// Returns a variant of the value for each member, with the name in upper case, and the old and new name.
fn misspelled(value: &Value) -> Vec<(Value, String, String)> {
    let inner = |index: &dyn Fn(Value) -> Value, value: &Value| {
        misspelled(value)
            .into_iter()
            .map(|(it, old, new)| (index(it), old, new))
            .collect::<Vec<_>>()
    };
    match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, member)| {
                let with = |name: &str, old: &str, member: Value| {
                    let mut members = members.clone();
                    members.remove(old);
                    members.insert(name.to_owned(), member);
                    Value::Object(members)
                };
                let upper = name.to_uppercase();
                let renamed = (with(&upper, name, member.clone()), name.clone(), upper.clone());
                let mut variants = inner(&|it| with(name, name, it), member);
                variants.push(renamed);
                variants
            })
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .flat_map(|(index, item)| {
                let with = |item| {
                    let mut items = items.clone();
                    items[index] = item;
                    Value::Array(items)
                };
                inner(&with, item)
            })
            .collect(),
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn a_member_in_another_letter_case_is_not_treated_as_absent() {
    for operation in document::operations() {
        let (_, Some(example)) = requests::success(&operation) else { continue };
        for (value, declared, found) in misspelled(&serde_json::from_str(&example).unwrap()) {
            let client = responding_with(response("200 OK", &[], value.to_string()));
            let body = requests::bodies(&operation).remove(0);
            let error = requests::call(&client, &operation, body.as_ref()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidResponse, "{value}");
            let reason = &chain(&error)[0];
            let expected = format!(
                "`{found}` is not declared and `{declared}` is missing; they differ only in letter case"
            );
            let is_required = reason.starts_with(&format!("missing field `{declared}`"));
            assert!(*reason == expected || is_required, "{reason}");
        }
    }
}

#[tokio::test]
async fn a_member_next_to_its_copy_in_another_letter_case_is_read() {
    for operation in document::operations() {
        let (_, Some(example)) = requests::success(&operation) else { continue };
        let mut members = object(&example);
        for (name, value) in members.clone() {
            members.insert(name.to_uppercase(), value);
        }
        let client =
            responding_with(response("200 OK", &[], serde_json::to_string(&members).unwrap()));
        let body = requests::bodies(&operation).remove(0);
        requests::call(&client, &operation, body.as_ref()).await.unwrap();
    }
}
