//! Compares the peak memory of sweeps of different sizes. It must not grow with the number of customers.
//!
//! ```text
//! cargo bench --package partner-center-client --bench memory
//! ```
//!
//! The figure is the peak heap usage, including the server's small share.

mod server;

use futures::{StreamExt, stream};
use partner_center_client::{Client, uuid::Uuid};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const CONCURRENT: usize = 50;

fn main() {
    let url = server::serve();
    // The first sweep makes the allocations that last as long as the process, so neither figure includes them.
    peak(&url, CONCURRENT);
    let (small, large) = (peak(&url, 10_000), peak(&url, 100_000));
    println!("a sweep of 10 000 customers: {} KiB", small / 1024);
    println!("100 000 customers: {:.3} times as much, limit 1.1", large as f64 / small as f64);
}

/// Returns the peak number of bytes that a sweep allocates.
fn peak(url: &str, customers: usize) -> usize {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let responses = runtime.expect("a runtime can be built").block_on(sweep(url, customers));
    assert_eq!(responses, customers);
    HEAP.peak_usage() - before
}

/// Handles each result as it arrives and keeps none, like the example `sweep`.
async fn sweep(url: &str, customers: usize) -> usize {
    let client = Client::builder()
        .base_url(url)
        .access_token("eyJ0eXAi.eyJhdWQi.c2lnbmF0")
        .concurrent_calls(CONCURRENT)
        .build();
    let client = &client.expect("the settings are valid");
    stream::iter(0..customers)
        .map(|customer| async move {
            let customer = Uuid::from_u128(customer as u128);
            client.get_usage_budget(&customer).await.expect("the server responds")
        })
        .buffer_unordered(CONCURRENT)
        .filter(|budget| std::future::ready(budget.amount.is_some()))
        .count()
        .await
}
