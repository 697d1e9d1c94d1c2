//! Does a stream of items keep only one page in memory at a time?
//!
//! The test has its own process, because allocations of other tests would be counted too.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]
#![cfg(target_os = "linux")]

use futures::StreamExt as _;
use partner_center_client::serde_json::Value;
use peak_alloc::PeakAlloc;

use support::{
    collection::{self, link, page},
    script::{Script, respond_with},
};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const ITEMS: u64 = 200;

/// Returns by how many bytes the heap grows at most while the items of this many pages are read.
async fn peak(pages: u64) -> usize {
    let mut number = 0;
    let script = Script::playing(move |_| {
        number += 1;
        let next = format!("{}?page={number}", collection::path());
        let links = if number < pages { link(&next) } else { Value::Null };
        respond_with("200 OK", &[], page(0..ITEMS, links))
    });
    let client = script.await.builder().build().unwrap();
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let items = collection::items(&client).map(Result::unwrap);
    assert_eq!(items.count().await as u64, pages * ITEMS);
    HEAP.peak_usage() - before
}

#[tokio::test]
async fn memory_use_does_not_grow_with_the_number_of_pages() {
    // The first calls make allocations that live as long as the process.
    peak(2).await;
    let (few, many) = (peak(3).await, peak(100).await);
    assert!(many < 2 * few, "{few} bytes for 3 pages, {many} for 100");
}
