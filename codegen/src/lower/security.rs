//! Derives the kinds of access tokens that an operation accepts from its `security`.
//!
//! The kind depends on the OAuth flow that grants the token, not on the name of a scheme.

use indexmap::IndexMap;
use openapiv3::{
    Components, OAuth2Flows, Operation, ReferenceOr, SecurityRequirement, SecurityScheme,
};

use crate::{annotation::TokenKind, markdown, schemas};

/// The security requirements that operations inherit, and the schemes that requirements refer to.
pub(super) struct Security<'d> {
    inherited: Option<Vec<SecurityRequirement>>,
    components: Option<&'d Components>,
}

impl<'d> Security<'d> {
    pub(super) fn of(
        inherited: Option<Vec<SecurityRequirement>>,
        components: Option<&'d Components>,
    ) -> Self {
        Self { inherited, components }
    }

    /// Returns the kinds of tokens that an operation accepts. The list is empty if the document does not restrict them
    /// to known kinds.
    pub(super) fn kinds(&self, operation: &Operation) -> Vec<TokenKind> {
        let alternatives = self.alternatives(operation).unwrap_or_default();
        let kinds: Vec<_> = alternatives.iter().map(|it| self.kinds_of_all(it)).collect();
        if kinds.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        let mut kinds = kinds.concat();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// Returns a sentence on the tokens that an operation accepts, or `None` if the document does not mention them.
    pub(super) fn sentence(&self, operation: &Operation) -> Option<String> {
        let alternatives = self.alternatives(operation)?;
        let words: Vec<String> = alternatives.iter().map(|it| self.words(it)).collect();
        Some(match words.as_slice() {
            [] => format!("Accepts {WITHOUT_TOKEN}."),
            [only] => format!("Accepts only {only}."),
            [first, second] => format!("Accepts {first}, and {second}."),
            [others @ .., last] => format!("Accepts {}, and {last}.", others.join(", ")),
        })
    }

    /// Returns the alternative requirements, one of which a request has to satisfy.
    fn alternatives<'o>(&'o self, operation: &'o Operation) -> Option<&'o [SecurityRequirement]> {
        operation.security.as_deref().or(self.inherited.as_deref())
    }

    /// Returns the kinds of tokens that satisfy all schemes of a requirement. Schemes without a kind do not restrict
    /// the kinds.
    fn kinds_of_all(&self, requirement: &SecurityRequirement) -> Vec<TokenKind> {
        let kinds = requirement.iter().map(|(name, scopes)| self.kinds_of(name, scopes));
        let common =
            |one: Vec<_>, other: Vec<_>| one.into_iter().filter(|it| other.contains(it)).collect();
        kinds.filter(|kinds| !kinds.is_empty()).reduce(common).unwrap_or_default()
    }

    /// Returns the kinds of tokens that a scheme grants with these scopes.
    fn kinds_of(&self, scheme: &str, scopes: &[String]) -> Vec<TokenKind> {
        match self.scheme(scheme) {
            Some(SecurityScheme::OAuth2 { flows, .. }) => kinds_of_flows(flows, scopes),
            _ => Vec::new(),
        }
    }

    fn scheme(&self, name: &str) -> Option<&'d SecurityScheme> {
        let schemes = |components: &'d Components| &components.security_schemes;
        let scheme: &ReferenceOr<_> = schemes(self.components?).get(name)?;
        schemas::resolve(scheme, self.components, |components, name| schemes(components).get(name))
    }

    fn words(&self, requirement: &SecurityRequirement) -> String {
        let words = requirement.iter().map(|(name, scopes)| {
            let credential = match self.kinds_of(name, scopes).as_slice() {
                [] => format!("credentials of the scheme {}", markdown::code(name)),
                kinds => {
                    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.words()).collect();
                    format!("{} tokens", kinds.join(" or "))
                }
            };
            credential + &with_scopes(scopes)
        });
        let words = words.collect::<Vec<_>>().join(" together with ");
        if words.is_empty() { WITHOUT_TOKEN.to_owned() } else { words }
    }
}

const WITHOUT_TOKEN: &str = "calls without a token";

/// Returns the kinds of tokens that are granted by flows with all of these scopes.
fn kinds_of_flows(flows: &OAuth2Flows, scopes: &[String]) -> Vec<TokenKind> {
    let grants = |declared: Option<&IndexMap<String, String>>| {
        declared.is_some_and(|declared| scopes.iter().all(|scope| declared.contains_key(scope)))
    };
    let is_app_only = grants(flows.client_credentials.as_ref().map(|flow| &flow.scopes));
    let is_app_user = grants(flows.authorization_code.as_ref().map(|flow| &flow.scopes))
        || grants(flows.implicit.as_ref().map(|flow| &flow.scopes))
        || grants(flows.password.as_ref().map(|flow| &flow.scopes));
    let kinds = [(is_app_only, TokenKind::AppOnly), (is_app_user, TokenKind::AppUser)];
    kinds.into_iter().filter_map(|(is_granted, kind)| is_granted.then_some(kind)).collect()
}

fn with_scopes(scopes: &[String]) -> String {
    let codes: Vec<String> = scopes.iter().map(|scope| markdown::code(scope)).collect();
    match codes.as_slice() {
        [] => String::new(),
        [scope] => format!(" with the scope {scope}"),
        [others @ .., last] => format!(" with the scopes {} and {last}", others.join(", ")),
    }
}
