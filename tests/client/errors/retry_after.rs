//! Is the requested wait read in each of its forms, and never rounded down?

use std::time::Duration;

use super::{error, response};

const DATE: &str = "Date: Tue, 21 Jul 2020 04:10:58 GMT";

async fn wait(headers: &[&str]) -> Option<Duration> {
    error(response("429 Too Many Requests", headers, "")).await.retry_after()
}

async fn assert_seconds(cases: &[(&[&str], Option<u64>)]) {
    for (headers, seconds) in cases {
        assert_eq!(wait(headers).await, seconds.map(Duration::from_secs), "{headers:?}");
    }
}

#[tokio::test]
async fn whole_seconds() {
    assert_seconds(&[
        (&["Retry-After: 57"], Some(57)),
        (&["Retry-After:  0 "], Some(0)),
        (&["Retry-After: 18446744073709551615"], Some(u64::MAX)),
        (&["Retry-After: 18446744073709551616"], Some(u64::MAX)),
        (&["Retry-After: +5"], Some(5)),
        (&["Retry-After: 1e3"], Some(1000)),
        (&["Retry-After: 1e999"], Some(u64::MAX)),
    ])
    .await;
}

#[tokio::test]
async fn fractions_of_a_second_are_rounded_up() {
    assert_seconds(&[
        (&["Retry-After: 1.5"], Some(2)),
        (&["Retry-After: 0.493"], Some(1)),
        (&["Retry-After: 2.0"], Some(2)),
        (&["Retry-After: .5"], Some(1)),
        (&["Retry-After: 5."], Some(5)),
        (&["Retry-After: 18446744073709551615.5"], Some(u64::MAX)),
    ])
    .await;
}

#[tokio::test]
async fn dates() {
    assert_seconds(&[
        (&["Retry-After: Tue, 21 Jul 2020 04:11:28 GMT", DATE], Some(30)),
        (&["Retry-After: Tuesday, 21-Jul-20 04:12:58 GMT", DATE], Some(120)),
        (&["Retry-After: Tue Jul 21 04:11:28 2020", DATE], Some(30)),
        (&["Retry-After: Tue, 21 Jul 2020 04:11:28 UTC", DATE], Some(30)),
        (&["Retry-After: Tue, 21 Jul 2020 04:11:28 gmt", DATE], Some(30)),
        (&["Retry-After: Tue, 21 Jul 2020 04:11:28 +0000", DATE], Some(30)),
        (&["Retry-After: Tue, 21 Jul 2020 04:11:28 -0000", DATE], Some(30)),
        (&["Retry-After: Tue, 21 Jul 2020 06:11:28 +0200", DATE], Some(30)),
        (&["Retry-After: Mon, 20 Jul 2020 23:41:28 -0430", DATE], Some(30)),
        (&["Retry-After: Tue, 21 Jul 2020 04:00:00 GMT", DATE], Some(0)),
        (&["Retry-After: Tue, 21 Jul 2020 04:11:28 GMT"], Some(0)),
    ])
    .await;
}

#[tokio::test]
async fn a_date_is_relative_to_a_date_header_in_another_format() {
    let headers =
        ["Retry-After: Tue, 21 Jul 2020 04:11:28 GMT", "Date: Tue, 21 Jul 2020 04:10:58 UTC"];
    assert_eq!(wait(&headers).await, Some(Duration::from_secs(30)));
}

#[tokio::test]
async fn without_a_date_header_a_date_is_relative_to_now() {
    let wait = wait(&["Retry-After: Fri, 31 Dec 9999 23:59:59 GMT"]).await;
    assert!(wait.unwrap() > Duration::from_secs(1_000_000_000));
}

#[tokio::test]
async fn milliseconds() {
    let cases = [
        ("Retry-After-Ms: 1500", 1500),
        ("X-Ms-Retry-After-Ms: 700", 700),
        ("Retry-After-Ms: 12.5", 13),
        ("Retry-After-Ms: 0", 0),
    ];
    for (header, milliseconds) in cases {
        let expected = Some(Duration::from_millis(milliseconds));
        assert_eq!(wait(&[header]).await, expected, "{header}");
    }
}

#[tokio::test]
async fn the_longest_of_several_waits() {
    assert_seconds(&[
        (&["Retry-After: 2, 3"], Some(3)),
        (&["Retry-After: 3,2"], Some(3)),
        (&["Retry-After: 2", "Retry-After: 7", "Retry-After: 5"], Some(7)),
        (&["Retry-After: 2, Tue, 21 Jul 2020 04:11:28 GMT", DATE], Some(30)),
        (&["Retry-After: Tue, 21 Jul 2020 04:11:28 GMT, 45", DATE], Some(45)),
        (&["Retry-After: 2", "Retry-After-Ms: 9000"], Some(9)),
        (&["Retry-After: 9", "X-Ms-Retry-After-Ms: 2000", "Retry-After-Ms: 3000"], Some(9)),
    ])
    .await;
}

#[tokio::test]
async fn an_invalid_value_does_not_hide_a_valid_one() {
    assert_seconds(&[
        (&["Retry-After: soon", "Retry-After: 5"], Some(5)),
        (&["Retry-After: 5", "Retry-After: -1"], Some(5)),
        (&["Retry-After: ,5,soon,"], Some(5)),
        (&["Retry-After: soon", "Retry-After-Ms: 4000"], Some(4)),
        (&["Retry-After: \u{fc}", "Retry-After: 5"], Some(5)),
    ])
    .await;
}

#[tokio::test]
async fn invalid_values() {
    let values = [
        "soon",
        "",
        ",",
        "-1",
        "-0.5",
        "NaN",
        "inf",
        "infinity",
        "5 s",
        "0x10",
        "1_000",
        "Tue, 21 Jul",
    ];
    for value in values {
        assert_eq!(wait(&[&format!("Retry-After: {value}")]).await, None, "{value}");
        assert_eq!(wait(&[&format!("Retry-After-Ms: {value}")]).await, None, "{value}");
    }
    assert_eq!(wait(&[]).await, None);
}

#[tokio::test]
async fn the_printed_wait_is_rounded_up() {
    let error = error(response("429 Too Many Requests", &["Retry-After-Ms: 1001"], "")).await;
    assert!(error.to_string().ends_with(", retry after 2 s)"), "{error}");
}
