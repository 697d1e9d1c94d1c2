//! The tokens of a client: fetched when needed, kept while they last.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::watch,
    time::{Instant, timeout},
};

use super::{AccessToken, AnyCredential, CredentialError};
use crate::token::Token;

/// How long before its expiry a token is renewed, so that no call begins with one that expires on
/// the way.
const MARGIN: Duration = Duration::from_secs(120);

/// How long a token that could not be renewed serves on, if it lasts so long.
const RESPITE: Duration = Duration::from_secs(10);

/// How long a credential may take. One that never ends would hold up every later call.
const LIMIT: Duration = Duration::from_secs(60);

/// The token of a client and its clones.
#[derive(Clone)]
pub(crate) struct Tokens(Arc<Shared>);

struct Shared {
    credential: Arc<dyn AnyCredential>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    exchange: Option<Exchange>,
}

struct Kept {
    token: Token,
    /// `None` if it is not known; then the service tells by a 401.
    renewed_at: Option<Instant>,
    expires_at: Option<Instant>,
}

/// One exchange, for all who wait for it; `None` until it is over.
type Exchange = watch::Receiver<Option<Outcome>>;
type Outcome = Result<Token, CredentialError>;

impl Tokens {
    pub(crate) fn new(credential: Arc<dyn AnyCredential>) -> Self {
        Self(Arc::new(Shared { credential, state: Mutex::default() }))
    }

    /// The token that is kept, if it is good for another call.
    pub(crate) fn kept(&self) -> Option<Token> {
        self.0.state().fresh()
    }

    /// The token that is kept, or else the outcome of an exchange, one for all callers.
    pub(crate) async fn token(&self) -> Outcome {
        let mut exchange = match self.kept_or_exchange() {
            Ok(token) => return Ok(token),
            Err(exchange) => exchange,
        };
        match exchange.wait_for(Option::is_some).await {
            Ok(outcome) => outcome.clone().expect("it was waited for"),
            Err(_) => Err(CredentialError::aborted()),
        }
    }

    /// Gives up this token, which the service refused, unless another one has taken its place.
    pub(crate) fn reject(&self, token: &Token) {
        let mut state = self.0.state();
        if state.kept.as_ref().is_some_and(|kept| kept.token == *token) {
            state.kept = None;
        }
    }

    fn kept_or_exchange(&self) -> Result<Token, Exchange> {
        let mut state = self.0.state();
        if let Some(token) = state.fresh() {
            return Ok(token);
        }
        match state.exchange.as_ref().filter(|exchange| is_under_way(exchange)) {
            Some(exchange) => Err(exchange.clone()),
            None => Err(state.exchange.insert(self.begin()).clone()),
        }
    }

    /// The exchange is a task of its own: it may bring a new refresh token, which must not be lost
    /// because the call that began it was dropped.
    fn begin(&self) -> Exchange {
        let (sender, exchange) = watch::channel(None);
        let shared = Arc::clone(&self.0);
        tokio::spawn(async move {
            let fetched = shared.fetch().await;
            let outcome = shared.state().conclude(fetched);
            sender.send_replace(Some(outcome));
        });
        exchange
    }
}

/// An exchange whose task panicked, or whose runtime ended, is not, and has no outcome.
fn is_under_way(exchange: &Exchange) -> bool {
    exchange.has_changed().is_ok()
}

impl Shared {
    async fn fetch(&self) -> Result<Kept, CredentialError> {
        let token = timeout(LIMIT, self.credential.access_token());
        Kept::new(&token.await.map_err(|_| CredentialError::too_slow(LIMIT))??)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that holds the lock can leave the state half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn fresh(&self) -> Option<Token> {
        let kept = self.kept.as_ref().filter(|kept| !is_past(kept.renewed_at))?;
        Some(kept.token.clone())
    }

    fn conclude(&mut self, fetched: Result<Kept, CredentialError>) -> Outcome {
        self.exchange = None;
        match fetched {
            Ok(kept) => Ok(self.kept.insert(kept).token.clone()),
            Err(error) => self.respite().filter(|_| error.is_retryable()).ok_or(error),
        }
    }

    /// While sign-in is disturbed, a token serves to its very end.
    fn respite(&mut self) -> Option<Token> {
        let kept = self.kept.as_mut().filter(|kept| !is_past(kept.expires_at))?;
        kept.renewed_at = Some(Instant::now() + RESPITE).min(kept.expires_at);
        Some(kept.token.clone())
    }
}

impl Kept {
    fn new(token: &AccessToken) -> Result<Self, CredentialError> {
        let expires_at = token.expiry();
        let token = token.token().ok_or_else(CredentialError::given_no_token)?;
        Ok(Self { token, renewed_at: expires_at.map(renewal), expires_at })
    }
}

/// A token that lasts only minutes is used for most of them.
fn renewal(expires_at: Instant) -> Instant {
    let lifetime = expires_at.saturating_duration_since(Instant::now());
    expires_at - MARGIN.min(lifetime / 10)
}

fn is_past(time: Option<Instant>) -> bool {
    time.is_some_and(|time| time <= Instant::now())
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<tokens>")
    }
}
