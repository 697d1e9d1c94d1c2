//! The hook that stores refresh tokens can be slow or fail. Tokio's clock is paused.

use std::{
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use partner_center_client::{
    AppUserCredential, CredentialErrorKind,
    secrecy::{ExposeSecret, SecretString},
};
use serde_json::json;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

use super::{
    authority::token,
    calls::twenty_calls,
    scene::{HOUR, MINUTE, SECOND, Scene, app, granting},
};
use support::{
    operation,
    script::{Script, Turn, later, respond_with},
};

/// Returns a response with the n-th access token and the n-th refresh token.
fn rotating(n: usize) -> Turn {
    let body = json!({
        "token_type": "Bearer",
        "expires_in": 3600,
        "access_token": token(n),
        "refresh_token": format!("refresh-token-{n}"),
    });
    respond_with("200 OK", &["Content-Type: application/json"], body.to_string())
}

/// The behavior of the hook when it gets the n-th refresh token.
type Behavior = fn(usize) -> Outcome;

enum Outcome {
    Takes(Duration),
    Fails,
    Panics,
}
use Outcome::{Fails, Panics, Takes};

/// A scene whose client signs in for a user, with the refresh tokens that the hook has stored.
struct Vault {
    scene: Scene,
    credential: Arc<AppUserCredential>,
    stored: Arc<Mutex<Vec<usize>>>,
}

impl Vault {
    async fn new(turns: impl Into<Vec<Turn>>, behavior: Behavior) -> Self {
        let authority = Script::of(turns).await;
        let stored = Arc::<Mutex<Vec<usize>>>::default();
        let into = Arc::clone(&stored);
        let store = move |token: SecretString| store(token, behavior, Arc::clone(&into));
        let user = AppUserCredential::new(app(&authority), "refresh-token-0", store);
        let credential = Arc::new(user);
        let scene = Scene::with(authority, Arc::clone(&credential)).await;
        Self { scene, credential, stored }
    }

    fn stored(&self) -> Vec<usize> {
        self.stored.lock().unwrap().clone()
    }

    /// Returns the number of the refresh token that each exchange used.
    fn used(&self) -> Vec<usize> {
        let seen = self.scene.authority.seen();
        seen.iter().map(|seen| number(seen.body.split("refresh_token=").nth(1).unwrap())).collect()
    }
}

async fn store(
    token: SecretString,
    behavior: Behavior,
    stored: Arc<Mutex<Vec<usize>>>,
) -> io::Result<()> {
    let n = number(token.expose_secret());
    match behavior(n) {
        Takes(time) => sleep(time).await,
        Fails => return Err(io::Error::other("disk full")),
        Panics => panic!("the hook panics"),
    }
    stored.lock().unwrap().push(n);
    Ok(())
}

/// Returns 7 for `refresh-token-7&scope=…`.
fn number(text: &str) -> usize {
    let text = text.strip_prefix("refresh-token-").unwrap();
    text.split('&').next().unwrap().parse().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_slow_hook_runs_to_completion() {
    let vault = Vault::new([rotating(1)], |_| Takes(90 * SECOND)).await;
    let (token, waited) = vault.scene.call().await.unwrap();
    assert_eq!((token, waited.as_secs(), vault.stored()), (1, 60, vec![]));
    sleep(31 * SECOND).await;
    assert_eq!(vault.stored(), [1]);
    vault.scene.assert_uses(1).await;
    assert_eq!(vault.scene.exchanges(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_hook_runs_to_completion_even_if_the_call_is_dropped() {
    let vault = Vault::new([rotating(1)], |_| Takes(3 * SECOND)).await;
    timeout(SECOND, vault.scene.call()).await.unwrap_err();
    sleep(3 * SECOND).await;
    assert_eq!(vault.stored(), [1]);
    vault.scene.assert_uses(1).await;
    assert_eq!(vault.scene.exchanges(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_hook_that_never_finishes_does_not_hold_up_later_calls() {
    let vault = Vault::new([rotating(1)], |_| Takes(Duration::MAX)).await;
    assert_eq!(vault.scene.call().await.unwrap().1.as_secs(), 60);
    vault.scene.assert_uses(1).await;
    assert!(vault.credential.store_error().is_none());
}

#[tokio::test(start_paused = true)]
async fn a_hook_that_never_finishes_does_not_hold_up_clients_that_share_the_credential() {
    let vault = Vault::new([rotating(1), rotating(2), rotating(3)], |_| Takes(Duration::MAX)).await;
    let service = Script::of([respond_with("200 OK", &[], operation::example())]).await;
    let client = || service.builder().credential(Arc::clone(&vault.credential)).build().unwrap();
    let (one, other) = (client(), client());
    let began = Instant::now();
    let calls = (operation::call(&one), operation::call(&other), vault.scene.call());
    let (one, other, third) = tokio::join!(calls.0, calls.1, calls.2);
    one.and(other).unwrap();
    third.unwrap();
    assert_eq!(began.elapsed().as_secs(), 60);
    assert_eq!(vault.used(), [0, 1, 2]);
}

#[tokio::test(start_paused = true)]
async fn an_exchange_can_wait_for_exchanges_of_other_clients() {
    let slow = |n| later(29 * SECOND, rotating(n));
    let vault = Vault::new(Vec::from_iter((1..=6).map(slow)), |_| Takes(SECOND)).await;
    let service = Script::of([respond_with("200 OK", &[], operation::example())]).await;
    let mut calls = JoinSet::new();
    for _ in 0..6 {
        let builder = service.builder().credential(Arc::clone(&vault.credential));
        let client = builder.build().unwrap();
        calls.spawn(async move { operation::call(&client).await.map(drop) });
    }
    assert!(calls.join_all().await.iter().all(Result::is_ok));
    assert_eq!(vault.used(), [0, 1, 2, 3, 4, 5]);
}

#[tokio::test(start_paused = true)]
async fn the_token_that_is_stored_last_is_the_newest() {
    let slow_at_first: Behavior = |n| Takes(if n == 1 { 2 * HOUR } else { SECOND });
    let vault = Vault::new([rotating(1), rotating(2), rotating(3)], slow_at_first).await;
    for n in 1..=3 {
        assert_eq!(vault.scene.call().await.unwrap().0, n);
        sleep(HOUR - MINUTE / 12).await;
    }
    assert_eq!(vault.used(), [0, 1, 2]);
    assert_eq!(vault.stored(), [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn calls_use_the_new_tokens_even_if_the_hook_fails() {
    let failing: [Behavior; 2] = [
        |n| if n == 1 { Fails } else { Takes(SECOND) },
        |n| if n == 1 { Panics } else { Takes(SECOND) },
    ];
    for failing in failing {
        let vault = Vault::new([rotating(1), rotating(2)], failing).await;
        for _ in 0..2 {
            assert!(twenty_calls(&vault.scene.client).await.iter().all(Result::is_ok));
        }
        assert_eq!(vault.scene.exchanges(), 1);
        let error = vault.credential.store_error().unwrap();
        assert_eq!(error.kind(), CredentialErrorKind::NotStored);
        sleep(HOUR).await;
        assert_eq!(vault.scene.call().await.unwrap().0, 2);
        assert_eq!((vault.used(), vault.stored()), (vec![0, 1], vec![2]));
        assert!(vault.credential.store_error().is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn the_error_of_the_hook_is_the_source() {
    let vault = Vault::new([rotating(1)], |_| Fails).await;
    vault.scene.assert_uses(1).await;
    let error = vault.credential.store_error().unwrap();
    assert_eq!(error.to_string(), "the new refresh token could not be stored");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "disk full");
}

#[tokio::test(start_paused = true)]
async fn a_token_that_could_not_be_stored_is_stored_after_the_next_exchange() {
    static HAS_FAILED: AtomicBool = AtomicBool::new(false);
    let fails_once: Behavior =
        |_| if HAS_FAILED.swap(true, Ordering::Relaxed) { Takes(SECOND) } else { Fails };
    let vault = Vault::new([rotating(1), granting(2, HOUR)], fails_once).await;
    vault.scene.assert_uses(1).await;
    sleep(HOUR).await;
    assert_eq!(vault.scene.call().await.unwrap().0, 2);
    assert_eq!((vault.used(), vault.stored()), (vec![0, 1], vec![1]));
}
