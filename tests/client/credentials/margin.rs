//! In the last minutes of a token calls go on with it while it is renewed, on paused time.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use partner_center_client::{
    AccessToken, AppCredential, Client, Credential, CredentialError, Error, RetryPolicy,
};
use serde_json::json;
use tokio::time::{Instant, sleep};

use super::authority::{CLIENT_ID, SECRET, TENANT, token};
use support::{
    operation,
    script::{Script, Turn, answer, later},
};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

/// What the authority answers with the n-th token, which lasts so long.
fn granting(n: usize, lifetime: Duration) -> Turn {
    let body = json!({
        "token_type": "Bearer",
        "expires_in": lifetime.as_secs(),
        "access_token": token(n),
    });
    answer("200 OK", &["Content-Type: application/json"], body.to_string())
}

fn disturbed() -> Turn {
    answer("503 Service Unavailable", &[], "")
}

/// An authority, a service, and a client of both.
struct Scene {
    authority: Script,
    service: Script,
    client: Client,
}

impl Scene {
    async fn of(turns: impl Into<Vec<Turn>>) -> Self {
        let authority = Script::of(turns).await;
        let app = AppCredential::new(TENANT, CLIENT_ID, SECRET).authority(authority.url());
        Self::with(authority, app).await
    }

    async fn with(authority: Script, credential: impl Credential) -> Self {
        let service = Script::of([answer("200 OK", &[], operation::example())]).await;
        let builder = service.builder().retry(RetryPolicy::off()).credential(credential);
        Self { authority, client: builder.build().unwrap(), service }
    }

    /// Makes a call, and says which token it had, and how long it waited for it.
    async fn call(&self) -> Result<(usize, Duration), Error> {
        let began = Instant::now();
        operation::call(&self.client).await?;
        let seen = self.service.seen();
        let authorization = seen.last().unwrap().header("authorization").to_owned();
        let token = (1..100).find(|&n| authorization == format!("Bearer {}", token(n))).unwrap();
        Ok((token, began.elapsed()))
    }

    async fn goes_on_with(&self, token: usize) {
        let (found, waited) = self.call().await.unwrap();
        assert_eq!(found, token);
        assert!(waited < SECOND, "{waited:?}");
    }

    fn exchanges(&self) -> usize {
        self.authority.seen().len()
    }
}

#[tokio::test(start_paused = true)]
async fn calls_go_on_with_the_old_token_until_the_new_one_is_there() {
    let renewal = later(20 * SECOND, granting(2, 60 * MINUTE));
    let scene = Scene::of([granting(1, 60 * MINUTE), renewal]).await;
    scene.goes_on_with(1).await;
    sleep(58 * MINUTE - SECOND).await;
    scene.goes_on_with(1).await;
    assert_eq!(scene.exchanges(), 1);
    sleep(2 * SECOND).await;
    for _ in 0..19 {
        scene.goes_on_with(1).await;
        sleep(SECOND).await;
    }
    sleep(2 * SECOND).await;
    scene.goes_on_with(2).await;
    assert_eq!(scene.exchanges(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_token_about_to_expire_is_waited_for() {
    for left in [11, 0] {
        let renewal = later(20 * SECOND, granting(2, 60 * MINUTE));
        let scene = Scene::of([granting(1, 60 * MINUTE), renewal]).await;
        scene.goes_on_with(1).await;
        sleep(60 * MINUTE - left * SECOND).await;
        let (token, waited) = scene.call().await.unwrap();
        assert_eq!((token, waited.as_secs()), (2, 20));
    }
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_takes_too_long_is_waited_for() {
    let renewal = later(20 * SECOND, granting(2, 60 * MINUTE));
    let scene = Scene::of([granting(1, 60 * MINUTE), renewal]).await;
    scene.goes_on_with(1).await;
    sleep(60 * MINUTE - 15 * SECOND).await;
    scene.goes_on_with(1).await;
    sleep(5 * SECOND).await;
    let (token, waited) = scene.call().await.unwrap();
    assert_eq!((token, waited.as_secs(), scene.exchanges()), (2, 15, 2));
}

#[tokio::test(start_paused = true)]
async fn a_short_lived_token_has_a_short_margin() {
    let scene = Scene::of([granting(1, 100 * SECOND), granting(2, 100 * SECOND)]).await;
    scene.goes_on_with(1).await;
    sleep(89 * SECOND).await;
    scene.goes_on_with(1).await;
    assert_eq!(scene.exchanges(), 1);
    sleep(2 * SECOND).await;
    scene.goes_on_with(1).await;
    sleep(SECOND).await;
    scene.goes_on_with(2).await;
    assert_eq!(scene.exchanges(), 2);
}

/// Makes a call in each second, and says in which of them the authority was asked.
async fn asked_in(scene: &Scene, seconds: u64) -> Vec<u64> {
    let mut asked = Vec::new();
    for second in 0..seconds {
        let before = scene.exchanges();
        scene.goes_on_with(1).await;
        sleep(SECOND).await;
        if scene.exchanges() > before {
            asked.push(second);
        }
    }
    asked
}

#[tokio::test(start_paused = true)]
async fn a_disturbed_authority_is_asked_again_after_a_while() {
    let renewals = [disturbed(), disturbed(), granting(2, 60 * MINUTE)];
    let scene = Scene::of([&[granting(1, 60 * MINUTE)][..], &renewals].concat()).await;
    scene.goes_on_with(1).await;
    sleep(58 * MINUTE).await;
    assert_eq!(asked_in(&scene, 20).await, [0, 10]);
    scene.goes_on_with(1).await;
    sleep(SECOND).await;
    scene.goes_on_with(2).await;
    assert_eq!(scene.exchanges(), 4);
}

#[tokio::test(start_paused = true)]
async fn an_authority_is_asked_again_when_it_wants() {
    let busy = answer("429 Too Many Requests", &["Retry-After: 40"], "");
    let scene = Scene::of([granting(1, 60 * MINUTE), busy]).await;
    scene.goes_on_with(1).await;
    sleep(58 * MINUTE).await;
    assert_eq!(asked_in(&scene, 100).await, [0, 40, 80]);
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_told_when_the_token_is_no_longer_good() {
    let refusal = answer("401 Unauthorized", &[], r#"{ "error": "invalid_client" }"#);
    for (failure, status) in [(refusal, 401), (disturbed(), 503)] {
        let scene = Scene::of([granting(1, 60 * MINUTE), failure]).await;
        scene.goes_on_with(1).await;
        sleep(58 * MINUTE).await;
        assert_eq!(asked_in(&scene, 100).await.len(), 10);
        sleep(10 * SECOND).await;
        let error = scene.call().await.unwrap_err();
        assert_eq!(error.credential_error().unwrap().status().unwrap().as_u16(), status);
        assert_eq!(scene.exchanges(), 12);
    }
}

#[tokio::test(start_paused = true)]
async fn a_credential_that_panics_is_asked_again_after_a_while() {
    let exchanges = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&exchanges);
    let credential = move || {
        let n = counted.fetch_add(1, Ordering::Relaxed);
        async move {
            assert_eq!(n, 0, "the renewal panics");
            Ok::<_, CredentialError>(AccessToken::new(token(1)).expires_in(60 * MINUTE))
        }
    };
    let scene = Scene::with(Script::of([disturbed()]).await, credential).await;
    scene.goes_on_with(1).await;
    sleep(58 * MINUTE).await;
    for _ in 0..20 {
        scene.goes_on_with(1).await;
        sleep(SECOND).await;
    }
    assert_eq!(exchanges.load(Ordering::Relaxed), 3);
}

#[tokio::test(start_paused = true)]
async fn twenty_calls_begin_one_renewal() {
    let renewal = later(SECOND, granting(2, 60 * MINUTE));
    let scene = Scene::of([granting(1, 60 * MINUTE), renewal]).await;
    scene.goes_on_with(1).await;
    sleep(59 * MINUTE).await;
    let calls = (0..20)
        .map(|_| scene.client.clone())
        .map(|client| tokio::spawn(async move { operation::call(&client).await.map(drop) }));
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    sleep(2 * SECOND).await;
    assert_eq!(scene.exchanges(), 2);
}
