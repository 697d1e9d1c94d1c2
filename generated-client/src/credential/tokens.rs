//! The access token of a client: requested when needed, cached, and renewed before it expires.

mod failure;
mod held;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::watch,
    time::{Instant, timeout},
};

use self::{failure::Failure, held::Held};
use super::{AnyCredential, CredentialError, TokenKind};
use crate::{telemetry, token::Token};

/// The token of a client and its clones.
#[derive(Clone)]
pub(crate) struct Tokens(Arc<Shared>);

struct Shared {
    credential: Arc<dyn AnyCredential>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The revision of the credential that the other fields belong to.
    revision: u64,
    held: Option<Held>,
    renewal: Renewal,
    /// The number of exchanges that have failed since the last one that succeeded.
    failures: u32,
}

/// The reason why the client does not renew a rejected token.
#[derive(Clone, Copy)]
pub(crate) enum Kept {
    /// The credential has no other token.
    Only,
    /// The token was obtained so recently that a new one would be rejected too. It is kept for this time.
    For(Duration),
}

/// The state of the exchange for the next token.
#[derive(Default)]
enum Renewal {
    #[default]
    Idle,
    Running(Exchange),
    Failed(Failure),
}

/// An exchange that all waiting calls share; `None` until it has ended.
type Exchange = watch::Receiver<Option<Outcome>>;
type Outcome = Result<Token, CredentialError>;

impl Tokens {
    pub(crate) fn new(credential: Arc<dyn AnyCredential>) -> Self {
        Self(Arc::new(Shared { credential, state: Mutex::default() }))
    }

    /// Returns the kind of all tokens of the credential, if it declares one.
    pub(crate) fn kind(&self) -> Option<TokenKind> {
        self.0.credential.token_kind()
    }

    /// Returns the cached token if it is usable for another call.
    pub(crate) fn cached(&self) -> Option<Token> {
        self.usable(&mut self.0.state())
    }

    /// Returns the cached token, or waits for the outcome of an exchange, which all callers share.
    pub(crate) async fn token(&self) -> Outcome {
        let exchange = {
            let mut state = self.0.state();
            match self.usable(&mut state) {
                Some(token) => return Ok(token),
                None => self.exchange(&mut state)?,
            }
        };
        outcome(exchange).await
    }

    /// Drops the cached token if the service rejected it. Keeps it if it is another token by now, or if it
    /// was obtained so recently that a new one would be rejected too.
    pub(crate) fn reject(&self, token: &Token) {
        let mut state = self.0.state();
        if state.held.as_ref().is_some_and(|held| held.token == *token && held.kept_for().is_none())
        {
            state.held = None;
        }
    }

    /// Returns the reason why a rejected token is not renewed; `None` if it is renewed.
    pub(crate) fn kept(&self, token: &Token) -> Option<Kept> {
        if self.0.credential.has_one_token() {
            return Some(Kept::Only);
        }
        let state = self.0.state();
        let held = state.held.as_ref().filter(|held| held.token == *token)?;
        held.kept_for().map(Kept::For)
    }

    /// Returns the cached token if it is usable, and begins to renew it once it is due for renewal.
    fn usable(&self, state: &mut State) -> Option<Token> {
        let held = state.held.as_ref().filter(|held| held.is_usable())?;
        let (token, is_due) = (held.token.clone(), held.is_due());
        if is_due {
            // No call waits for this exchange, and if it fails, calls continue to use the old token.
            let _ = self.exchange(state);
        }
        Some(token)
    }

    /// Returns the running exchange, or begins one.
    ///
    /// # Errors
    ///
    /// Returns the error of the last exchange until its pause is over.
    fn exchange(&self, state: &mut State) -> Result<Exchange, CredentialError> {
        match &state.renewal {
            Renewal::Running(exchange) if is_running(exchange) => return Ok(exchange.clone()),
            Renewal::Failed(failure) => failure.check()?,
            Renewal::Running(_) | Renewal::Idle => {}
        }
        let exchange = self.begin(state.revision);
        state.renewal = Renewal::Running(exchange.clone());
        Ok(exchange)
    }

    /// Begins an exchange in its own task. The exchange may return a new refresh token, which must not be
    /// lost if the call that began the exchange is dropped.
    fn begin(&self, revision: u64) -> Exchange {
        let (sender, exchange) = watch::channel(None);
        let shared = Arc::clone(&self.0);
        tokio::spawn(async move {
            let began = Instant::now();
            let result = shared.fetch().await;
            let result = result.map_err(|error| error.with_duration(began.elapsed()));
            let outcome = shared.state().conclude(revision, result);
            sender.send_replace(Some(outcome.inspect_err(telemetry::token_failed)));
        });
        exchange
    }
}

/// Returns whether the task of an exchange is still running; false if its runtime was shut down.
fn is_running(exchange: &Exchange) -> bool {
    exchange.has_changed().is_ok()
}

async fn outcome(mut exchange: Exchange) -> Outcome {
    match exchange.wait_for(Option::is_some).await {
        Ok(outcome) => outcome.clone().expect("`wait_for` returns when it is `Some`"),
        Err(_) => Err(CredentialError::aborted()),
    }
}

impl Shared {
    /// Requests a token in its own task, so that a panic of the credential becomes an error.
    async fn fetch(&self) -> Result<Held, CredentialError> {
        let credential = Arc::clone(&self.credential);
        let limit = credential.time_limit();
        let task = tokio::spawn(async move { timeout(limit, credential.access_token()).await });
        let in_time = task.await.map_err(|_| CredentialError::aborted())?;
        Held::new(&in_time.map_err(|_| CredentialError::too_slow(limit))??)
    }

    /// Locks the state. If the credential's secrets have changed, resets it first.
    fn state(&self) -> MutexGuard<'_, State> {
        // No panic can leave the state half changed.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // The revision is read under the lock. Otherwise, an outdated revision could discard what another call has
        // stored for a newer one.
        let revision = self.credential.revision();
        if state.revision != revision {
            *state = State { revision, ..State::default() };
        }
        state
    }
}

impl State {
    /// Stores the result of an exchange, unless the secrets have changed since it began.
    fn conclude(&mut self, revision: u64, result: Result<Held, CredentialError>) -> Outcome {
        let is_current = self.revision == revision;
        match result {
            Ok(held) => {
                let token = held.token.clone();
                if is_current {
                    *self = Self { revision, held: Some(held), ..Self::default() };
                }
                Ok(token)
            }
            Err(error) => {
                let failure = Failure::new(error, self.failures);
                let error = failure.error().clone();
                if is_current {
                    self.failures += 1;
                    self.renewal = Renewal::Failed(failure);
                }
                Err(error)
            }
        }
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<tokens>")
    }
}
