//! Helpers that make one call or concurrent calls.

use std::time::Duration;

use partner_center_client::{Client, Error};
use tokio::task::JoinSet;

use support::operation;

pub(super) async fn call(client: &Client) -> Result<(), Error> {
    operation::call(client).await.map(drop)
}

/// Makes twenty concurrent calls.
pub(super) async fn twenty_calls(client: &Client) -> Vec<Result<(), Error>> {
    let mut calls = JoinSet::new();
    for _ in 0..20 {
        let client = client.clone();
        calls.spawn(async move { call(&client).await });
    }
    calls.join_all().await
}

/// Advances Tokio's clock at once. The clock runs while servers work, because it is paused only for the advance.
pub(super) async fn pass(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}
