//! Compares the public items of two generated clients.

pub(crate) mod api;
mod attributes;
pub(crate) mod cause;
mod compare;
mod difference;
mod functions;
mod path;
mod renames;
mod signature;
mod tokens;

pub use self::api::Api;
pub(crate) use self::{compare::compare, difference::Difference};

/// Returns the name of the item that changes, as a caller writes it.
pub(crate) fn item_name(difference: &Difference) -> String {
    path::plain(&difference.path)
}

/// The sources of a client.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'s> {
    /// The source of its types.
    pub types: &'s str,
    /// The source of its operations.
    pub operations: &'s str,
    /// The source of its mock server, whose items exist only with the feature `mock`; empty if it has none.
    pub mock: &'s str,
    /// The source of the mock's table of operations; empty if it has none.
    pub examples: &'s str,
}

impl Sources<'_> {
    /// Reads the public items.
    ///
    /// # Errors
    ///
    /// Returns the syntax error, with the name of the source that contains it.
    pub fn api(&self) -> Result<Api, String> {
        let mut api = Api::default();
        let sources = [
            ("types", self.types, "types::", ""),
            ("operations", self.operations, "", ""),
            ("mock", self.mock, "mock::", "mock"),
            ("examples", self.examples, "mock::", "mock"),
        ];
        for (name, source, module, feature) in sources {
            let read = api.add(source, module, feature);
            read.map_err(|error| format!("the {name} of the client cannot be parsed: {error}"))?;
        }
        Ok(api)
    }
}
