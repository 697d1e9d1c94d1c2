//! In the last minutes of a token, calls continue to use it while it is renewed. Tokio's clock is paused.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use partner_center_client::{AccessToken, CredentialError};
use tokio::time::sleep;

use super::{
    authority::token,
    calls::twenty_calls,
    scene::{HOUR, MINUTE, SECOND, Scene, granting, refusing, throttling, unavailable},
};
use support::script::{Script, later};

#[tokio::test(start_paused = true)]
async fn calls_use_the_old_token_until_the_new_one_arrives() {
    let renewal = later(20 * SECOND, granting(2, HOUR));
    let scene = Scene::of([granting(1, HOUR), renewal]).await;
    scene.assert_uses(1).await;
    sleep(58 * MINUTE - SECOND).await;
    scene.assert_uses(1).await;
    assert_eq!(scene.exchanges(), 1);
    sleep(2 * SECOND).await;
    for _ in 0..19 {
        scene.assert_uses(1).await;
        sleep(SECOND).await;
    }
    sleep(2 * SECOND).await;
    scene.assert_uses(2).await;
    assert_eq!(scene.exchanges(), 2);
}

#[tokio::test(start_paused = true)]
async fn calls_wait_if_the_old_token_is_about_to_expire() {
    for left in [11, 0] {
        let renewal = later(20 * SECOND, granting(2, HOUR));
        let scene = Scene::of([granting(1, HOUR), renewal]).await;
        scene.assert_uses(1).await;
        sleep(HOUR - left * SECOND).await;
        let (token, waited) = scene.call().await.unwrap();
        assert_eq!((token, waited.as_secs()), (2, 20));
    }
}

#[tokio::test(start_paused = true)]
async fn calls_wait_if_the_renewal_takes_too_long() {
    let renewal = later(20 * SECOND, granting(2, HOUR));
    let scene = Scene::of([granting(1, HOUR), renewal]).await;
    scene.assert_uses(1).await;
    sleep(HOUR - 15 * SECOND).await;
    scene.assert_uses(1).await;
    sleep(5 * SECOND).await;
    let (token, waited) = scene.call().await.unwrap();
    assert_eq!((token, waited.as_secs(), scene.exchanges()), (2, 15, 2));
}

#[tokio::test(start_paused = true)]
async fn a_short_lived_token_has_a_short_renewal_margin() {
    let scene = Scene::of([granting(1, 100 * SECOND), granting(2, 100 * SECOND)]).await;
    scene.assert_uses(1).await;
    sleep(89 * SECOND).await;
    scene.assert_uses(1).await;
    assert_eq!(scene.exchanges(), 1);
    sleep(2 * SECOND).await;
    scene.assert_uses(1).await;
    sleep(SECOND).await;
    scene.assert_uses(2).await;
    assert_eq!(scene.exchanges(), 2);
}

/// Makes a call every second, and returns the seconds in which an exchange began.
async fn exchanges_in(scene: &Scene, seconds: u64) -> Vec<u64> {
    let mut exchanges = Vec::new();
    for second in 0..seconds {
        let before = scene.exchanges();
        scene.assert_uses(1).await;
        sleep(SECOND).await;
        if scene.exchanges() > before {
            exchanges.push(second);
        }
    }
    exchanges
}

#[tokio::test(start_paused = true)]
async fn a_failed_renewal_is_retried_after_a_pause() {
    let renewals = [unavailable(), unavailable(), granting(2, HOUR)];
    let scene = Scene::of([&[granting(1, HOUR)][..], &renewals].concat()).await;
    scene.assert_uses(1).await;
    sleep(58 * MINUTE).await;
    assert_eq!(exchanges_in(&scene, 3).await, [0, 1]);
    scene.assert_uses(1).await;
    sleep(SECOND).await;
    scene.assert_uses(2).await;
    assert_eq!(scene.exchanges(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_renewal_is_retried_when_the_authority_allows_it() {
    let scene = Scene::of([granting(1, HOUR), throttling("40")]).await;
    scene.assert_uses(1).await;
    sleep(58 * MINUTE).await;
    assert_eq!(exchanges_in(&scene, 100).await, [0, 40, 80]);
}

#[tokio::test(start_paused = true)]
async fn calls_fail_once_the_old_token_is_no_longer_usable() {
    for (failure, status, renewals) in [(refusing(), 401, 4), (unavailable(), 503, 8)] {
        let scene = Scene::of([granting(1, HOUR), failure]).await;
        scene.assert_uses(1).await;
        sleep(58 * MINUTE).await;
        assert_eq!(exchanges_in(&scene, 100).await.len(), renewals);
        sleep(10 * SECOND).await;
        assert_eq!(scene.failure().await.status().unwrap().as_u16(), status);
        assert_eq!(scene.exchanges(), 1 + renewals);
    }
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_panics_is_retried_after_a_pause() {
    let exchanges = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&exchanges);
    let credential = move || {
        let n = counted.fetch_add(1, Ordering::Relaxed);
        async move {
            assert_eq!(n, 0, "the renewal panics");
            Ok::<_, CredentialError>(AccessToken::new(token(1)).expires_in(HOUR))
        }
    };
    let scene = Scene::with(Script::of([unavailable()]).await, credential).await;
    scene.assert_uses(1).await;
    sleep(58 * MINUTE).await;
    for _ in 0..20 {
        scene.assert_uses(1).await;
        sleep(SECOND).await;
    }
    assert_eq!(exchanges.load(Ordering::Relaxed), 6);
}

#[tokio::test(start_paused = true)]
async fn twenty_calls_start_one_renewal() {
    let renewal = later(SECOND, granting(2, HOUR));
    let scene = Scene::of([granting(1, HOUR), renewal]).await;
    scene.assert_uses(1).await;
    sleep(59 * MINUTE).await;
    for result in twenty_calls(&scene.client).await {
        result.unwrap();
    }
    sleep(2 * SECOND).await;
    assert_eq!(scene.exchanges(), 2);
}
