//! Does the HTML page work in a browser?
//!
//! `cargo test --package tests --test browser` drives Chromium or Chrome. It runs the program in `CHROMIUM` or, if this
//! is not set, one on the `PATH`. The tests fail if there is none.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

#[cfg(not(unix))]
compile_error!("the browser is driven through file descriptors, which needs Unix");

mod devtools;
#[path = "../reference/folder.rs"]
mod folder;

use std::{fs, path::PathBuf, sync::LazyLock};

use document::Document;
use serde_json::{Value, json};
use support::document as spec;

use devtools::Browser;

/// The window widths of three phones and a desktop.
const WIDTHS: [u32; 4] = [320, 375, 400, 1280];

/// The path of a file that contains the HTML page of the project's document.
static PAGE: LazyLock<PathBuf> = LazyLock::new(|| {
    let tree = document::read(spec::TEXT.as_bytes()).unwrap();
    let html = reference::html(&Document::new(&tree), &folder::evidence("spec"));
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("reference.html");
    fs::write(&path, html).unwrap();
    path
});

/// Opens the page in a window of this width.
fn open(width: u32) -> Browser {
    let mut browser = Browser::start(width);
    browser.open(&PAGE);
    browser
}

#[test]
fn the_page_opens_without_an_error_or_a_request() {
    let mut browser = open(1280);
    assert!(browser.evaluate("document.title").as_str().is_some_and(|title| title.len() > 12));
    // The script ran, so the content security policy allows it.
    assert_eq!(browser.evaluate("document.querySelector('.search').hidden"), false);
    let requests: Vec<&Value> =
        browser.events("Network.requestWillBeSent").map(|it| &it["request"]["url"]).collect();
    let is_local =
        |url: &&Value| ["file:", "data:"].iter().any(|it| url.as_str().unwrap().starts_with(it));
    assert!(!requests.is_empty() && requests.iter().all(is_local), "{requests:?}");
    let errors: Vec<&Value> =
        browser.events("Log.entryAdded").chain(browser.events("Runtime.exceptionThrown")).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

/// Follows one link per target, because Chromium ignores more than 200 of them in 10 seconds.
#[test]
fn each_link_scrolls_to_a_visible_element() {
    let mut browser = open(375);
    let followed = browser.evaluate(
        "(async () => {
            const all = [...document.querySelectorAll('a[href^=\"#\"]')];
            const links = [...new Map(all.map((link) => [link.hash, link])).values()];
            const broken = [];
            for (const link of links) {
                scrollTo(0, 0);
                link.click();
                await new Promise((resolve) => setTimeout(resolve, 55));
                const box = document.getElementById(link.hash.slice(1))?.getClientRects()[0];
                const isVisible = box && box.bottom > 0 && box.top < innerHeight;
                if (!isVisible || location.hash !== link.hash) broken.push(link.hash);
            }
            return { count: links.length, broken };
        })()",
    );
    assert_eq!(followed["broken"], json!([]));
    assert!(followed["count"].as_u64() > Some(100), "{followed}");
}

/// Returns the id of each operation, member and erratum, and a query with which the search must find it.
fn entries() -> Vec<(String, String)> {
    let operations =
        spec::operations().into_iter().map(|it| (format!("operation-{}", it.id), it.id.to_owned()));
    let members = spec::schemas().flat_map(|(model, schema)| {
        let members = schema["properties"].as_object().into_iter().flatten();
        members.map(move |(name, _)| (format!("member-{model}.{name}"), format!("{name} {model}")))
    });
    let errata = folder::evidence("spec").errata.into_iter();
    let errata = errata.map(|erratum| (format!("erratum-{}", erratum.id), erratum.id));
    operations.chain(members).chain(errata).collect()
}

#[test]
fn the_search_finds_each_operation_member_and_erratum() {
    let mut browser = open(1280);
    let entries = json!(entries());
    let lost = browser.evaluate(&format!(
        "{entries}.filter(([id, query]) => {{
            const input = document.querySelector('#search');
            input.value = query;
            input.dispatchEvent(new Event('input'));
            return !document.getElementById(id)?.checkVisibility();
        }})"
    ));
    assert_eq!(lost, json!([]));
}

#[test]
fn the_search_hides_other_entries_until_a_link_points_to_one() {
    let mut browser = open(1280);
    let found = browser.evaluate(
        "(async () => {
            const input = document.querySelector('#search');
            input.value = 'no entry has this';
            input.dispatchEvent(new Event('input'));
            const visible = () => [...document.querySelectorAll('article')].filter((it) => it.checkVisibility()).length;
            const hidden = visible();
            const status = document.querySelector('.found').textContent;
            location.hash = document.querySelector('article').id;
            await new Promise((resolve) => setTimeout(resolve, 100));
            return [hidden, status.startsWith('0 of '), visible() > 10, input.value];
        })()",
    );
    assert_eq!(found, json!([0, true, true, ""]));
}

#[test]
fn no_width_makes_the_page_scroll_sideways() {
    for width in WIDTHS {
        let mut browser = open(width);
        // A phone widens the viewport if something does not fit.
        let widths = browser.evaluate("[innerWidth, document.documentElement.scrollWidth]");
        assert_eq!(widths[0], width);
        assert!(widths[1].as_u64() <= Some(width.into()), "{widths}");
    }
}

#[test]
fn a_dark_theme_has_light_text_on_a_dark_background() {
    let mut browser = open(375);
    let sum = "getComputedStyle(document.body)[it].match(/\\d+/g).slice(0, 3).reduce((sum, it) => sum + +it, 0)";
    let mut colors = |theme: &str| {
        browser.emulate("", theme);
        let colors = browser.evaluate(&format!("['color', 'backgroundColor'].map((it) => {sum})"));
        (colors[0].as_u64().unwrap(), colors[1].as_u64().unwrap())
    };
    let (text, ground) = colors("light");
    assert!(text < 150 && ground > 700, "{text} on {ground}");
    let (text, ground) = colors("dark");
    assert!(text > 600 && ground < 150, "{text} on {ground}");
}

#[test]
fn printing_omits_the_navigation_and_truncates_no_code() {
    let mut browser = open(1280);
    browser.emulate("print", "light");
    let printed = browser.evaluate(
        "[document.querySelector('nav').checkVisibility(),
          [...document.querySelectorAll('pre')].every((it) => it.scrollWidth <= it.clientWidth)]",
    );
    assert_eq!(printed, json!([false, true]));
}

#[test]
fn the_policy_blocks_an_injected_script() {
    let mut browser = open(1280);
    let ran = browser.evaluate(
        "(() => {
            const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.body.append(script);
            return window.ran === true;
        })()",
    );
    assert_eq!(ran, false);
}
