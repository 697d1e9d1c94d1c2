//! Prints a credential error on one line.

use std::{error::Error as StdError, fmt};

use super::CredentialError;
use crate::{credential::remedy, excerpt};

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = self.inner.problem.as_str();
        match self.codes().iter().find_map(|&code| remedy::of_sign_in(code)) {
            Some(remedy) => write!(f, "{}; {remedy}", problem.trim_end_matches('.'))?,
            None => write!(f, "{problem}")?,
        }
        let details: Vec<String> = ids(self).chain(pause(self)).collect();
        if details.is_empty() { Ok(()) } else { write!(f, " ({})", details.join(", ")) }
    }
}

fn ids(error: &CredentialError) -> impl Iterator<Item = String> {
    let ids = [("trace ID", error.trace_id()), ("correlation ID", error.correlation_id())];
    ids.into_iter().filter_map(|(name, id)| Some(format!("{name} {}", excerpt::one_line(id?, 64))))
}

fn pause(error: &CredentialError) -> Option<String> {
    let seconds = error.retry_after()?.as_millis().div_ceil(1000);
    Some(format!("no further token request for {seconds} s"))
}

impl fmt::Debug for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialError")
            .field("kind", &self.inner.kind)
            .field("message", &self.to_string())
            .field("source", &self.inner.source)
            .finish_non_exhaustive()
    }
}

impl StdError for CredentialError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner.source.as_deref().map(|source| source as _)
    }
}
