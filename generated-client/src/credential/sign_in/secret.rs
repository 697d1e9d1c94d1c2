//! A secret that a program can replace while clients use it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use secrecy::{ExposeSecret, SecretString};

use crate::credential::{CredentialError, CredentialErrorKind};

/// A secret that its clones share.
#[derive(Clone)]
pub(super) struct Secret(Arc<Mutex<Current>>);

struct Current {
    secret: SecretString,
    revision: u64,
}

impl Secret {
    pub(super) fn new(secret: SecretString) -> Self {
        Self(Arc::new(Mutex::new(Current { secret, revision: 0 })))
    }

    pub(super) fn get(&self) -> SecretString {
        self.current().secret.clone()
    }

    pub(super) fn set(&self, secret: SecretString) {
        let mut current = self.current();
        current.secret = secret;
        current.revision += 1;
    }

    /// Returns the number of times that the secret was replaced.
    pub(super) fn revision(&self) -> u64 {
        self.current().revision
    }

    fn current(&self) -> MutexGuard<'_, Current> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Checks that a secret is not empty and contains no whitespace, such as a line break from a file.
pub(super) fn check(name: &str, secret: &SecretString) -> Result<(), CredentialError> {
    let secret = secret.expose_secret();
    if secret.is_empty() || secret.contains(char::is_whitespace) {
        let problem = format!("{name}: empty, or contains whitespace; pass only its value");
        return Err(CredentialError::new(CredentialErrorKind::Configuration, problem));
    }
    Ok(())
}
