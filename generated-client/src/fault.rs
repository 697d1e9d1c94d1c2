//! Reads a fault from a body, in any of its known forms.

use serde_json::{Map, Value};

use crate::{
    excerpt,
    generated::types::{Fault, FaultError},
};

/// The maximum length of a description according to Microsoft's page on error codes.
const DESCRIPTION_LIMIT: usize = 1024;

impl Fault {
    /// Returns `None` if the body is not a JSON object, or contains no more information than the status.
    pub(crate) fn parse(body: &[u8]) -> Option<Self> {
        // One invalid byte in the description must not hide the code.
        let text = String::from_utf8_lossy(excerpt::without_bom(body));
        let members = serde_json::from_str(&text).ok()?;
        Self::from_members(members).filter(|fault| fault.summary().is_some())
    }

    /// Returns the code and the description, such as `800111: The entitlement was not found.`, or the one that is present.
    pub(crate) fn summary(&self) -> Option<String> {
        let code = self.code_text().map(|code| excerpt::one_line(&code, 64));
        let text = self.text().map(|text| excerpt::one_line(text, DESCRIPTION_LIMIT));
        let parts: Vec<String> = [code, text].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(": "))
    }

    /// Returns the code, which can be a number or a string, or else the one in `error`.
    pub(crate) fn code_text(&self) -> Option<String> {
        let code = self.code.as_ref().map(ToString::to_string);
        let inner = match &self.error {
            Some(FaultError::FaultDetail(detail)) => detail.code.clone(),
            Some(FaultError::String(code)) => Some(code.clone()),
            None => None,
        };
        let mut codes = [code, inner].into_iter().flatten().map(|code| code.trim().to_owned());
        codes.find(|code| !code.is_empty())
    }

    fn text(&self) -> Option<&str> {
        let inner = match &self.error {
            Some(FaultError::FaultDetail(detail)) => &detail.message,
            _ => &None,
        };
        [&self.description, &self.message, inner, &self.error_description]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .find(|text| !text.trim().is_empty())
    }

    /// Keeps a member with an undocumented type among the undeclared members, so that the rest of the fault can still be
    /// read.
    fn from_members(members: Map<String, Value>) -> Option<Self> {
        let (documented, foreign): (Map<_, _>, Map<_, _>) =
            members.into_iter().partition(|(name, value)| has_documented_type(name, value));
        let mut fault: Self = serde_json::from_value(documented.into()).ok()?;
        fault.extra.extend(foreign);
        Some(fault)
    }
}

fn has_documented_type(name: &str, value: &Value) -> bool {
    let alone = Map::from_iter([(name.to_owned(), value.clone())]);
    serde_json::from_value::<Fault>(alone.into()).is_ok()
}
