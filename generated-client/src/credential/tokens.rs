//! The tokens of a client: fetched when needed, kept while they last, renewed in time.

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
use crate::{telemetry, token::Token};

/// How long before its expiry a token is renewed, while calls go on with it. In the last tenth of
/// this time they wait for the new one: what is left, 12 seconds, is more than connecting takes by
/// default, so that no token expires on its way to the service.
const MARGIN: Duration = Duration::from_secs(120);

/// How soon after a renewal that failed the next one begins, while the token is good.
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
    good_until: Option<Instant>,
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
        self.good(&mut self.0.state())
    }

    /// The token that is kept, or else the outcome of an exchange, one for all callers.
    pub(crate) async fn token(&self) -> Outcome {
        let mut exchange = match self.good_or_exchange() {
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

    fn good_or_exchange(&self) -> Result<Token, Exchange> {
        let mut state = self.0.state();
        self.good(&mut state).ok_or_else(|| self.exchange(&mut state))
    }

    /// The token that is kept, while it is good. A renewal that is due begins, and nobody waits for it
    /// or hears of its failure: once the token is no longer good, a call has an exchange of its own.
    fn good(&self, state: &mut State) -> Option<Token> {
        let kept = state.kept.as_ref().filter(|kept| !is_past(kept.good_until))?;
        let (token, is_due) = (kept.token.clone(), is_past(kept.renewed_at));
        if is_due {
            state.put_off(RESPITE);
            self.exchange(state);
        }
        Some(token)
    }

    fn exchange(&self, state: &mut State) -> Exchange {
        match state.exchange.as_ref().filter(|exchange| is_under_way(exchange)) {
            Some(exchange) => exchange.clone(),
            None => state.exchange.insert(self.begin()).clone(),
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
            sender.send_replace(Some(outcome.inspect_err(telemetry::no_token)));
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
    fn conclude(&mut self, fetched: Result<Kept, CredentialError>) -> Outcome {
        self.exchange = None;
        match fetched {
            Ok(kept) => Ok(self.kept.insert(kept).token.clone()),
            Err(error) => {
                self.put_off(RESPITE.max(error.retry_after().unwrap_or_default()));
                Err(error)
            }
        }
    }

    /// Lets calls go on with the token so long, if it is good so long, before its next renewal.
    fn put_off(&mut self, time: Duration) {
        if let Some(kept) = &mut self.kept {
            kept.renewed_at = Instant::now().checked_add(time);
        }
    }
}

impl Kept {
    fn new(token: &AccessToken) -> Result<Self, CredentialError> {
        let (expires_at, margin) = (token.expiry(), token.expiry().map(margin).unwrap_or_default());
        let before_expiry = |time| expires_at.map(|expires_at| expires_at - time);
        Ok(Self {
            token: token.token().ok_or_else(CredentialError::given_no_token)?,
            renewed_at: before_expiry(margin),
            good_until: before_expiry(margin / 10),
        })
    }
}

/// A token that lasts only minutes is used for most of them.
fn margin(expires_at: Instant) -> Duration {
    let lifetime = expires_at.saturating_duration_since(Instant::now());
    MARGIN.min(lifetime / 10)
}

fn is_past(time: Option<Instant>) -> bool {
    time.is_some_and(|time| time <= Instant::now())
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<tokens>")
    }
}
