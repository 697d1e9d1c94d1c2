//! Does a stream of items have one page at a time in memory?
//!
//! It runs in a separate process, in which no other test allocates.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg(target_os = "linux")]

use futures::StreamExt as _;
use partner_center_client::serde_json::Value;
use peak_alloc::PeakAlloc;

use support::{
    collection::{self, link, page},
    script::{Script, answer},
};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const ITEMS: u64 = 200;

/// Returns the peak number of bytes while the items of a number of pages are read.
async fn peak(pages: u64) -> usize {
    let mut number = 0;
    let script = Script::playing(move |_| {
        number += 1;
        let next = format!("{}?page={number}", collection::path());
        let links = if number < pages { link(&next) } else { Value::Null };
        answer("200 OK", &[], page(0..ITEMS, links))
    });
    let client = script.await.builder().build().unwrap();
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let items = collection::items(&client).map(Result::unwrap);
    assert_eq!(items.count().await as u64, pages * ITEMS);
    HEAP.peak_usage() - before
}

#[tokio::test]
async fn more_pages_take_no_more_memory() {
    // The first calls allocate what lives as long as the process.
    peak(2).await;
    let (few, many) = (peak(3).await, peak(100).await);
    assert!(many < 2 * few, "{few} bytes for 3 pages, {many} for 100");
}
