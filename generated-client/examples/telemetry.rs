//! Prints the span and the events of a call to a server that fails twice before it succeeds.
//!
//! ```text
//! cargo run --example telemetry --features tracing
//! ```

use std::{error::Error, time::Duration};

use partner_center_client::{Client, RetryPolicy, uuid::Uuid};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tracing_subscriber::{
    filter::{LevelFilter, Targets},
    fmt::{self, format::FmtSpan},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::registry()
        .with(fmt::layer().without_time().with_span_events(FmtSpan::CLOSE))
        .with(Targets::new().with_target("partner_center_client", LevelFilter::DEBUG))
        .init();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let policy = RetryPolicy::default().base(Duration::from_millis(100));
    let client = Client::builder()
        .base_url(format!("http://{}", listener.local_addr()?))
        .access_token("not-a-token")
        .retry(policy)
        .build()?;
    tokio::spawn(serve(listener));
    let budget = client.get_usage_budget(&Uuid::from_u128(0x1111)).await?;
    if let Some(amount) = &budget.amount {
        println!("budget: {amount} a month, after {} attempts", budget.attempts());
    }
    Ok(())
}

/// Sends one response per request, in order, regardless of the request.
async fn serve(listener: TcpListener) -> std::io::Result<()> {
    let responses = [
        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\nRetry-After: 1\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 14\r\nConnection: close\r\n\r\n{\"amount\":100}",
    ];
    for response in responses {
        let (mut stream, _) = listener.accept().await?;
        let _request = stream.read(&mut [0; 4096]).await?;
        stream.write_all(response.as_bytes()).await?;
    }
    Ok(())
}
