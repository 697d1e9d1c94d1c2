//! The macros that expand the generated table of models and operations.

use std::{fmt::Debug, time::Duration};

use partner_center_client::{HeaderMap, ResponseValue, StatusCode, uuid::Uuid};
use serde::{Serialize, de::DeserializeOwned};

/// A model that was read from JSON: its debug output, and the JSON that it serializes to.
pub struct Decoded {
    pub value: String,
    pub rewritten: String,
}

impl Decoded {
    pub fn new<T: DeserializeOwned + Serialize + Debug>(json: &str) -> serde_json::Result<Self> {
        let value: T = serde_json::from_str(json)?;
        Ok(Self {
            value: compact(&format!("{value:#?}")),
            rewritten: serde_json::to_string(&value)?,
        })
    }
}

/// The response of any operation, with its value as JSON.
#[derive(Debug)]
pub struct Response {
    pub json: String,
    /// The debug output of the response.
    pub debug: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub request_id: String,
    pub sent_request_id: Uuid,
    pub sent_correlation_id: Uuid,
    pub response_request_id: Option<String>,
    pub response_correlation_id: Option<String>,
    pub correlation_id: String,
    pub attempts: u32,
    pub elapsed: Duration,
    pub is_mfa_compliant: Option<bool>,
}

impl<T: Debug + Serialize> From<ResponseValue<T>> for Response {
    fn from(response: ResponseValue<T>) -> Self {
        Self {
            json: serde_json::to_string(&*response).expect("a model can be serialized to JSON"),
            debug: format!("{response:?}"),
            status: response.status(),
            headers: response.headers().clone(),
            request_id: response.request_id().to_owned(),
            correlation_id: response.correlation_id().to_owned(),
            sent_request_id: response.sent_request_id(),
            sent_correlation_id: response.sent_correlation_id(),
            response_request_id: response.response_request_id().map(str::to_owned),
            response_correlation_id: response.response_correlation_id().map(str::to_owned),
            attempts: response.attempts(),
            elapsed: response.elapsed(),
            is_mfa_compliant: response.is_mfa_compliant(),
        }
    }
}

/// Joins `Some(…)` and similar wrappers in debug output into one line if their content is a single line.
pub fn compact(debug: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in debug.lines() {
        let holds_one_line = lines.len() > 1 && lines[lines.len() - 2].ends_with('(');
        if line.trim_start().starts_with(')') && holds_one_line {
            let held = lines.pop().expect("there are two lines");
            let opening = lines.last_mut().expect("there is another line");
            opening.push_str(held.trim().trim_end_matches(','));
            opening.push_str(line.trim());
        } else {
            lines.push(line.to_owned());
        }
    }
    lines.join("\n")
}

/// Parses an argument whose type only the table knows.
pub fn parsed<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

macro_rules! models {
    ($($model:ident,)*) => {
        use futures::{StreamExt as _, stream::BoxStream};
        use partner_center_client::{
            Client, Error,
            mock::{
                MockServer,
                httpmock::{Mock, When},
            },
            types, uuid,
        };

        use crate::table::{Response, parsed};

        /// The names of all models.
        pub const MODELS: &[&str] = &[$(stringify!($model)),*];

        /// Reads JSON as a model.
        pub fn decode(model: &str, json: &str) -> serde_json::Result<crate::table::Decoded> {
            match model {
                $(stringify!($model) => crate::table::Decoded::new::<types::$model>(json),)*
                _ => panic!("{model} is not a model"),
            }
        }

        /// Returns the JSON Schema of a model.
        pub fn json_schema(model: &str) -> schemars::Schema {
            match model {
                $(stringify!($model) => schemars::schema_for!(types::$model),)*
                _ => panic!("{model} is not a model"),
            }
        }

        /// Returns the OpenAPI schema that utoipa generates for a model.
        pub fn openapi_schema(model: &str) -> serde_json::Value {
            use utoipa::PartialSchema as _;
            let schema = match model {
                $(stringify!($model) => types::$model::schema(),)*
                _ => panic!("{model} is not a model"),
            };
            serde_json::to_value(schema).unwrap()
        }
    };
}

macro_rules! operations {
    ($($operation:ident($($argument:ident: $type:ty => $value:expr),*),)*) => {
        /// Calls the operation with this name. The arguments are JSON.
        #[allow(deprecated, reason = "the document may deprecate an operation")]
        pub async fn call(
            client: &Client,
            operation: &str,
            arguments: impl Fn(&str) -> String,
        ) -> Result<Response, Error> {
            match operation {
                $(stringify!($operation) => {
                    $(let $argument: $type = parsed(&arguments(stringify!($argument)));)*
                    client.$operation($($value),*).await.map(Response::from)
                })*
                _ => panic!("{operation} is not an operation"),
            }
        }

        /// Calls an operation until a predicate accepts its response, which it receives as JSON.
        #[allow(deprecated, reason = "the document may deprecate an operation")]
        #[cfg(target_os = "linux")]
        pub async fn wait_until(
            client: &Client,
            operation: &str,
            arguments: impl Fn(&str) -> String,
            is_settled: impl Fn(&str) -> bool,
            time: std::time::Duration,
        ) -> Result<Response, Error> {
            let is_settled = |json: serde_json::Result<String>| is_settled(&json.unwrap());
            match operation {
                $(stringify!($operation) => {
                    $(let $argument: $type = parsed(&arguments(stringify!($argument)));)*
                    let call = || client.$operation($($value),*);
                    let value = partner_center_client::wait_until(
                        call,
                        |value| is_settled(serde_json::to_string(value)),
                        time,
                    );
                    value.await.map(Response::from)
                })*
                _ => panic!("{operation} is not an operation"),
            }
        }

        /// Makes the mock respond to calls of an operation with one of its examples.
        pub fn expect<'a>(
            server: &'a MockServer,
            operation: &str,
            (status, example): (u16, &str),
            expected: impl FnOnce(When),
        ) -> Mock<'a> {
            match operation {
                $(stringify!($operation) => server.$operation(|when, then| {
                    expected(when.into_inner());
                    then.example(status, example);
                }),)*
                _ => panic!("{operation} is not an operation"),
            }
        }

        /// Makes the mock respond with an example to calls of an operation that send this body.
        pub fn expect_body<'a>(
            server: &'a MockServer,
            operation: &str,
            (status, example): (u16, &str),
            body: &str,
        ) -> Mock<'a> {
            match operation {
                $(stringify!($operation) => server.$operation(|when, then| {
                    $(expected_body!(when, body, $argument: $type => $value);)*
                    drop(when);
                    then.example(status, example);
                }),)*
                _ => panic!("{operation} is not an operation"),
            }
        }
    };
}

macro_rules! pages {
    ($($operation:ident $pages:ident $items:ident($($argument:ident: $type:ty => $value:expr),*),)*) => {
        /// The operations whose response can be one of several pages.
        pub const PAGED: &[&str] = &[$(stringify!($operation)),*];

        /// Returns a stream of the pages of an operation.
        #[allow(deprecated, reason = "the document may deprecate an operation")]
        pub fn pages(
            client: &Client,
            operation: &str,
            arguments: impl Fn(&str) -> String,
        ) -> BoxStream<'static, Result<Response, Error>> {
            match operation {
                $(stringify!($operation) => {
                    $(let $argument: $type = parsed(&arguments(stringify!($argument)));)*
                    client.$pages($($value),*).map(|page| page.map(Response::from)).boxed()
                })*
                _ => panic!("{operation} has no pages"),
            }
        }

        /// Returns a stream of the items of an operation as JSON.
        #[allow(deprecated, reason = "the document may deprecate an operation")]
        pub fn items(
            client: &Client,
            operation: &str,
            arguments: impl Fn(&str) -> String,
        ) -> BoxStream<'static, Result<String, Error>> {
            match operation {
                $(stringify!($operation) => {
                    $(let $argument: $type = parsed(&arguments(stringify!($argument)));)*
                    let json = |item: Result<_, Error>| {
                        item.map(|item| serde_json::to_string(&item).unwrap())
                    };
                    client.$items($($value),*).map(json).boxed()
                })*
                _ => panic!("{operation} has no pages"),
            }
        }
    };
}

/// Adds an expectation for the argument if it is the body.
macro_rules! expected_body {
    ($when:ident, $json:ident, body: $type:ty => $value:expr) => {
        let body: $type = parsed($json);
        let $when = $when.body(&body);
    };
    ($when:ident, $json:ident, $argument:ident: $type:ty => $value:expr) => {};
}
