//! A token that the service rejects is renewed, but not repeatedly. Tokio's clock is paused.

use tokio::time::sleep;

use super::{
    calls::{call, twenty_calls},
    scene::{HOUR, MINUTE, SECOND, Scene, granting},
};
use support::{
    operation,
    script::{Turn, respond_with},
};

fn rejecting() -> Turn {
    respond_with("401 Unauthorized", &[], "")
}

fn accepting() -> Turn {
    respond_with("200 OK", &[], operation::example())
}

/// Creates an authority with a new token for each exchange, and a service with these responses.
async fn scene(service: impl Into<Vec<Turn>>) -> Scene {
    let scene = Scene::of((1..100).map(|n| granting(n, HOUR)).collect::<Vec<_>>()).await;
    scene.service.play(service);
    scene
}

#[tokio::test(start_paused = true)]
async fn a_new_token_is_not_renewed() {
    let scene = scene([rejecting()]).await;
    for _ in 0..2 {
        for result in twenty_calls(&scene.client).await {
            let error = result.unwrap_err();
            assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 1));
        }
    }
    assert_eq!((scene.exchanges(), scene.service.seen().len()), (1, 40));
}

#[tokio::test(start_paused = true)]
async fn an_error_says_when_a_new_token_can_be_renewed() {
    let scene = scene([rejecting()]).await;
    for seconds in [30, 20, 10] {
        let line = call(&scene.client).await.unwrap_err().to_string();
        let reason = format!(
            ": empty body; the token is new, so the client requests no other token for {seconds} s ("
        );
        assert!(line.contains(&reason), "{line}");
        sleep(10 * SECOND).await;
    }
}

#[tokio::test(start_paused = true)]
async fn tokens_are_renewed_at_most_every_30_seconds() {
    let scene = scene([rejecting()]).await;
    for _ in 0..100 {
        call(&scene.client).await.unwrap_err();
        sleep(SECOND).await;
    }
    assert_eq!(scene.exchanges(), 4);
}

#[tokio::test(start_paused = true)]
async fn an_older_token_is_renewed_once_for_all_calls() {
    let scene = scene([accepting(), rejecting()]).await;
    call(&scene.client).await.unwrap();
    sleep(MINUTE).await;
    for result in twenty_calls(&scene.client).await {
        assert_eq!(result.unwrap_err().attempts(), 2);
    }
    for result in twenty_calls(&scene.client).await {
        assert_eq!(result.unwrap_err().attempts(), 1);
    }
    assert_eq!(scene.exchanges(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_token_is_not_renewed_if_a_new_one_would_be_rejected_too() {
    for code in [900_420, 900_421, 900_329] {
        let body = format!(r#"{{ "code": {code}, "description": "Rejected." }}"#);
        let scene = scene([accepting(), respond_with("401 Unauthorized", &[], body)]).await;
        call(&scene.client).await.unwrap();
        sleep(MINUTE).await;
        for result in twenty_calls(&scene.client).await {
            assert_eq!(result.unwrap_err().attempts(), 1);
        }
        assert_eq!(scene.exchanges(), 1);
    }
}
