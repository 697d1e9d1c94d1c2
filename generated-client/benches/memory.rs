//! Does the memory of a sweep grow with the number of customers?
//!
//! ```text
//! cargo bench --package partner-center-client --bench memory
//! ```
//!
//! What counts is the heap at its fullest, with the server's part, which is small.

mod server;

use futures::{StreamExt, stream};
use partner_center_client::{Client, uuid::Uuid};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const AT_ONCE: usize = 50;

fn main() {
    let url = server::serve();
    // What is made once counts for neither.
    peak(&url, AT_ONCE);
    let (one, ten) = (peak(&url, 10_000), peak(&url, 100_000));
    println!("a sweep of 10 000 customers: {} KiB", one / 1024);
    println!("one of 100 000: {:.3} times as much, at most 1.1", ten as f64 / one as f64);
}

/// How many bytes a sweep of so many customers takes at most.
fn peak(url: &str, customers: usize) -> usize {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let answered = runtime.expect("a runtime can be made").block_on(sweep(url, customers));
    assert_eq!(answered, customers);
    HEAP.peak_usage() - before
}

/// As in the example `sweep`: results are dealt with as they come, and none is kept.
async fn sweep(url: &str, customers: usize) -> usize {
    let client = Client::builder()
        .base_url(url)
        .access_token("eyJ0eXAi.eyJhdWQi.c2lnbmF0")
        .concurrent_calls(AT_ONCE)
        .build();
    let client = &client.expect("the settings are allowed");
    stream::iter(0..customers)
        .map(|customer| async move {
            let customer = Uuid::from_u128(customer as u128);
            client.get_usage_budget(&customer).await.expect("the server answers")
        })
        .buffer_unordered(AT_ONCE)
        .filter(|budget| std::future::ready(budget.amount.is_some()))
        .count()
        .await
}
