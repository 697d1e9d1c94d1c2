//! The refresh token in use, and the hook that stores each new one.

use std::{
    error::Error as StdError,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use secrecy::{ExposeSecret, SecretString};
use tokio::time::timeout;

use crate::{
    credential::{CredentialError, CredentialErrorKind},
    telemetry,
};

/// The time that calls wait for the hook. The hook itself has no time limit.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The refresh tokens of a credential. Only the newest is in use.
pub(super) struct RefreshTokens(Arc<Shared>);

struct Shared {
    newest: Mutex<Newest>,
    hook: Hook,
    /// Held while the hook runs, so that the token stored last is the newest.
    storing: tokio::sync::Mutex<()>,
}

pub(super) type Hook = Arc<dyn Fn(SecretString) -> Stored + Send + Sync>;
type Source = Box<dyn StdError + Send + Sync>;
type Stored = Pin<Box<dyn Future<Output = Result<(), Source>> + Send>>;

struct Newest {
    token: SecretString,
    storage: Storage,
    /// The number of times that the program replaced the token.
    revision: u64,
}

enum Storage {
    Stored,
    Pending,
    Failed(CredentialError),
}

impl RefreshTokens {
    /// Starts with a token that is already stored.
    pub(super) fn new(token: SecretString, hook: Hook) -> Self {
        let newest = Newest { token, storage: Storage::Stored, revision: 0 };
        Self(Arc::new(Shared { newest: Mutex::new(newest), hook, storing: Default::default() }))
    }

    pub(super) fn newest(&self) -> SecretString {
        self.0.newest().token.clone()
    }

    pub(super) fn revision(&self) -> u64 {
        self.0.newest().revision
    }

    /// Replaces the token with one that the program has stored.
    pub(super) fn set(&self, token: SecretString) {
        let mut newest = self.0.newest();
        let revision = newest.revision + 1;
        *newest = Newest { token, storage: Storage::Stored, revision };
    }

    /// Returns the error if the newest token could not be stored.
    pub(super) fn store_error(&self) -> Option<CredentialError> {
        match &self.0.newest().storage {
            Storage::Failed(error) => Some(error.clone()),
            Storage::Stored | Storage::Pending => None,
        }
    }

    /// Switches to a granted token and begins to store it. If no new token was granted, but the hook failed to store
    /// the current one, tries that again. The returned future waits for the hook.
    ///
    /// The hook runs in its own task, which continues even if the caller is dropped.
    pub(super) fn replace(
        &self,
        used: &SecretString,
        granted: Option<SecretString>,
    ) -> impl Future<Output = ()> + use<> {
        let must_store = self.0.newest().replace(used, granted);
        let storing = must_store.then(|| tokio::spawn(Arc::clone(&self.0).store()));
        async move {
            if let Some(storing) = storing {
                // The grant is valid whether or not it is stored, so calls need not wait any longer.
                let _ = timeout(LONGEST_WAIT, storing).await;
            }
        }
    }
}

impl Shared {
    /// Stores the newest token, after any earlier token that is still being stored.
    async fn store(self: Arc<Self>) {
        let _storing = self.storing.lock().await;
        let Some(token) = self.newest().pending() else { return };
        let result = self.run_hook(token.clone()).await.map_err(not_stored);
        if let Err(error) = &result {
            telemetry::not_stored(error);
        }
        self.newest().conclude(&token, result);
    }

    /// Runs the hook in its own task, so that a panic becomes an error.
    async fn run_hook(&self, token: SecretString) -> Result<(), Source> {
        let hook = Arc::clone(&self.hook);
        let task = tokio::spawn(async move { hook(token).await });
        task.await.unwrap_or_else(|_| Err("the hook panicked, or its runtime was shut down".into()))
    }

    fn newest(&self) -> MutexGuard<'_, Newest> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Newest {
    /// Replaces the used token with the granted one, unless the program has set another one in the meantime. Returns
    /// whether there is a token to store.
    fn replace(&mut self, used: &SecretString, granted: Option<SecretString>) -> bool {
        if self.is(used)
            && let Some(granted) = granted
            && !self.is(&granted)
        {
            (self.token, self.storage) = (granted, Storage::Pending);
        }
        !matches!(self.storage, Storage::Stored)
    }

    fn pending(&self) -> Option<SecretString> {
        let is_stored = matches!(self.storage, Storage::Stored);
        (!is_stored).then(|| self.token.clone())
    }

    fn conclude(&mut self, token: &SecretString, result: Result<(), CredentialError>) {
        if self.is(token) {
            self.storage = match result {
                Ok(()) => Storage::Stored,
                Err(error) => Storage::Failed(error),
            };
        }
    }

    fn is(&self, token: &SecretString) -> bool {
        self.token.expose_secret() == token.expose_secret()
    }
}

fn not_stored(source: Source) -> CredentialError {
    let problem = "the new refresh token could not be stored";
    CredentialError::new(CredentialErrorKind::NotStored, problem).with_source(source)
}
