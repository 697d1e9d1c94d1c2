//! What the generated table of models and operations becomes here.

use serde::{Serialize, de::DeserializeOwned};

/// A JSON text as a model reads it, and as the model writes it back.
pub(crate) struct Decoded {
    pub(crate) value: String,
    pub(crate) rewritten: String,
}

impl Decoded {
    pub(crate) fn new<T: DeserializeOwned + Serialize + std::fmt::Debug>(
        json: &str,
    ) -> serde_json::Result<Self> {
        let value: T = serde_json::from_str(json)?;
        Ok(Self {
            value: compact(&format!("{value:#?}")),
            rewritten: serde_json::to_string(&value)?,
        })
    }
}

/// Debug output with `Some(…)` and its like in one line where what it holds is one.
pub(crate) fn compact(debug: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in debug.lines() {
        let holds_one_line = lines.len() > 1 && lines[lines.len() - 2].ends_with('(');
        if line.trim_start().starts_with(')') && holds_one_line {
            let held = lines.pop().expect("two lines are there");
            let opening = lines.last_mut().expect("a line is there");
            opening.push_str(held.trim().trim_end_matches(','));
            opening.push_str(line.trim());
        } else {
            lines.push(line.to_owned());
        }
    }
    lines.join("\n")
}

macro_rules! models {
    ($($model:ident,)*) => {
        use partner_center_client::{Client, Error, types, uuid};

        /// The name of every model.
        pub(crate) const MODELS: &[&str] = &[$(stringify!($model)),*];

        /// Reads a JSON text as a model.
        pub(crate) fn decode(model: &str, json: &str) -> serde_json::Result<crate::table::Decoded> {
            match model {
                $(stringify!($model) => crate::table::Decoded::new::<types::$model>(json),)*
                _ => panic!("{model} is no model"),
            }
        }

        /// The JSON Schema that a model states of itself.
        pub(crate) fn json_schema(model: &str) -> schemars::Schema {
            match model {
                $(stringify!($model) => schemars::schema_for!(types::$model),)*
                _ => panic!("{model} is no model"),
            }
        }
    };
}

macro_rules! operations {
    ($($operation:ident($($argument:ident: $type:ty => $value:expr),*),)*) => {
        /// Calls an operation, each argument by its name as JSON, and prints the value of its answer.
        pub(crate) async fn call(
            client: &Client,
            operation: &str,
            arguments: impl Fn(&str) -> String,
        ) -> Result<String, Error> {
            match operation {
                $(stringify!($operation) => {
                    $(let $argument: $type = serde_json::from_str(&arguments(stringify!($argument))).unwrap();)*
                    let answer = client.$operation($($value),*).await?;
                    Ok(format!("{:#?}", answer.into_inner()))
                })*
                _ => panic!("{operation} is no operation"),
            }
        }
    };
}
