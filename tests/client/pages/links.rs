//! Which links does a stream follow, and which ones does it reject?

use futures::StreamExt as _;
use partner_center_client::{
    Error, ErrorKind,
    serde_json::{Value, json},
};

use super::{last, serve};
use support::{
    collection::{self, link, page},
    script::{Script, Seen},
    server::TOKEN,
};

const SECRET: &str = "AQ+/AA==";

/// Reads a page with these links and the page that they point to, and returns the requests.
async fn followed(links: Value, base: &str) -> Vec<Seen> {
    let script = Script::of([serve(page([1], links)), last(2)]).await;
    let client = script.builder().base_url(format!("{}{base}", script.url())).build().unwrap();
    let (numbers, error) = collection::read(&client).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(numbers, [1, 2]);
    script.seen()
}

/// Reads a page with links that must not be followed, and returns the error.
async fn refused(links: Value) -> Error {
    let script = Script::of([serve(page([1], links.clone())), last(2)]).await;
    let (numbers, error) = collection::read(&script.builder().build().unwrap()).await;
    let error = error.unwrap_or_else(|| panic!("{links} was followed"));
    assert_eq!((numbers, script.seen().len()), (vec![1], 1), "{links}");
    assert_eq!(error.kind(), ErrorKind::InvalidLink, "{links}: {error}");
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (200, 1));
    assert_eq!(
        error.sent_request_id().unwrap().to_string(),
        script.seen()[0].header("MS-RequestId")
    );
    assert!(!error.is_retryable() && !error.is_ambiguous());
    error
}

/// Returns the path of the tests' collection without its version.
fn without_version() -> String {
    let path = collection::path();
    path[path[1..].find('/').unwrap() + 1..].to_owned()
}

#[tokio::test(start_paused = true)]
async fn a_link_with_or_without_version_and_slash() {
    let (path, short) = (collection::path(), without_version());
    let urls = [
        format!("{path}?page=2"),
        format!("{short}?page=2"),
        format!("{}?page=2", &path[1..]),
        format!("{}?page=2", &short[1..]),
        format!("{}?page=2#part", path.to_uppercase()),
        "?page=2".to_owned(),
    ];
    for url in urls {
        let seen = followed(link(&url), "").await;
        assert_eq!(seen[1].path, format!("{path}?page=2"), "{url}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_link_below_the_path_of_the_base_url() {
    let (path, short) = (collection::path(), without_version());
    for url in [format!("/proxy{path}"), path.clone(), short.clone(), format!("/proxy{short}")] {
        let seen = followed(link(&format!("{url}?page=2")), "/proxy").await;
        assert_eq!(seen[1].path, format!("/proxy{path}?page=2"), "{url}");
    }
}

/// Reads a page with an absolute link and the page that it points to. `url` makes the link from the URL of the server.
async fn read_absolute(url: impl FnOnce(&str) -> String) -> (Vec<u64>, Option<Error>, Script) {
    let script = Script::of([last(2)]).await;
    let url = format!("{}{}?page=2", url(script.url()), collection::path());
    script.play([serve(page([1], link(&url))), last(2)]);
    let (numbers, error) = collection::read(&script.builder().build().unwrap()).await;
    (numbers, error, script)
}

#[tokio::test(start_paused = true)]
async fn an_absolute_link_to_the_same_server() {
    let (numbers, error, script) = read_absolute(str::to_owned).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(numbers, [1, 2]);
    assert_eq!(script.seen()[1].path, format!("{}?page=2", collection::path()));
}

#[tokio::test(start_paused = true)]
async fn a_link_with_a_user_name_or_password() {
    for user in ["a", "a:b", ":b"] {
        let to = |url: &str| url.replace("//", &format!("//{user}@"));
        let (numbers, error, script) = read_absolute(to).await;
        let error = error.unwrap();
        assert_eq!((error.kind(), numbers), (ErrorKind::InvalidLink, vec![1]));
        assert!(error.to_string().contains("contains a user name or password"), "{error}");
        assert_eq!(script.seen().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn the_query_of_a_link_is_sent_unchanged() {
    let query = "size=40&token=AQ+%2B%20/==&a=b%26c";
    let seen = followed(link(&format!("{}?{query}", collection::path())), "").await;
    assert_eq!(seen[1].path, format!("{}?{query}", collection::path()));
}

#[tokio::test(start_paused = true)]
async fn the_continuation_token_of_a_link_is_sent_once() {
    let next = |token: Option<&str>| {
        let headers = token.map(|token| json!({ "key": "MS-ContinuationToken", "value": token }));
        let uri = format!("{}?seekOperation=Next", collection::path());
        json!({ "next": { "uri": uri, "method": "get", "headers": Vec::from_iter(headers) } })
    };
    let pages = [
        serve(page([1], next(Some(SECRET)))),
        serve(page([2], next(Some("b")))),
        serve(page([3], next(None))),
        last(4),
    ];
    let script = Script::of(pages).await;
    let (numbers, error) = collection::read(&script.builder().build().unwrap()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(numbers, [1, 2, 3, 4]);
    let seen = script.seen();
    let has_token = |seen: &Seen| seen.has_header("MS-ContinuationToken");
    assert_eq!(seen.iter().map(has_token).collect::<Vec<_>>(), [false, true, true, false]);
    assert_eq!(seen[1].header("MS-ContinuationToken"), SECRET);
    assert_eq!(seen[2].header("MS-ContinuationToken"), "b");
    for request in &seen {
        assert_eq!(request.header("Authorization"), format!("Bearer {TOKEN}"));
        assert_eq!(request.header("Accept"), "application/json");
    }
}

#[tokio::test(start_paused = true)]
async fn a_link_to_another_server() {
    let path = collection::path();
    let urls = [
        ("https://evil.example", "https://evil.example"),
        ("//evil.example", "http://evil.example"),
        ("\\\\evil.example", "http://evil.example"),
        ("/\t/evil.example", "http://evil.example"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1"),
        ("https://127.0.0.1", "https://127.0.0.1"),
        ("http://127.0.0.1@evil.example", "http://evil.example"),
    ];
    for (server, shown) in urls {
        let error = refused(link(&format!("{server}{path}?page=2"))).await;
        let problem = format!(
            "the link to the next page points to another server, {shown}; it was not followed"
        );
        assert!(error.to_string().contains(&problem), "{server}: {error}");
    }
    for url in ["data:text/plain,a", "javascript:a", "file:///etc/hosts"] {
        let error = refused(link(url)).await;
        assert!(error.to_string().contains("is not the URL of a server"), "{url}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_link_to_another_path() {
    let path = collection::path();
    let urls = [
        "/".to_owned(),
        "/v1/other?page=2".to_owned(),
        format!("{path}/other?page=2"),
        format!("{path}/../other?page=2"),
        format!("{path}/%2e%2e/other?page=2"),
        format!("/v2{}?page=2", without_version()),
        format!("/v1{path}?page=2"),
    ];
    for url in urls {
        let error = refused(link(&url)).await;
        assert!(
            error.to_string().contains("points to a path other than the operation's"),
            "{url}: {error}"
        );
        assert!(!error.to_string().contains(&path), "{url}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_link_back_to_an_earlier_page() {
    let (path, second) = (collection::path(), format!("{}?page=2", collection::path()));
    let script = Script::of([serve(page([1], link(&second))), serve(page([2], link(&path)))]).await;
    let (numbers, error) = collection::read(&script.builder().build().unwrap()).await;
    let error = error.unwrap();
    assert_eq!((error.kind(), numbers), (ErrorKind::InvalidLink, vec![1, 2]));
    assert!(error.to_string().contains("points back to a page that was already read"), "{error}");
    assert_eq!(script.seen().len(), 2);
    refused(link(&path)).await;
}

/// Returns the error for a link to the second page with changed members.
async fn refused_with(change: impl FnOnce(&mut Value)) -> String {
    let mut links = link(&format!("{}?page=2", collection::path()));
    change(&mut links["next"]);
    let error = refused(links).await;
    assert!(!format!("{error} {error:?}").contains(SECRET), "{error:?}");
    error.to_string()
}

#[tokio::test(start_paused = true)]
async fn a_link_without_a_url() {
    for url in [json!(""), json!(" "), Value::Null] {
        let message = refused_with(|next| next["uri"] = url.clone()).await;
        assert!(message.contains("the link to the next page has no URL"), "{message}");
    }
    let message = refused(json!({ "next": {} })).await.to_string();
    assert!(message.contains("has no URL"), "{message}");
}

#[tokio::test(start_paused = true)]
async fn a_malformed_link() {
    for url in ["http://", "http://[", "http://a b/"] {
        let message = refused_with(|next| next["uri"] = json!(url)).await;
        assert!(message.contains("is malformed"), "{url}: {message}");
    }
    let long = format!("{}?{}", collection::path(), "a".repeat(20_000));
    let message = refused_with(|next| next["uri"] = json!(long)).await;
    assert!(message.contains("has a URL longer than 16384 bytes"), "{message}");
}

#[tokio::test(start_paused = true)]
async fn a_link_with_a_method_other_than_get() {
    for method in ["POST", "DELETE", ""] {
        let message = refused_with(|next| next["method"] = json!(method)).await;
        assert!(
            message.contains(&format!("has the method `{method}` instead of `GET`")),
            "{message}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_link_that_asks_for_an_unsupported_header() {
    for key in
        ["Authorization", "Host", "MS-RequestId", "X-HTTP-Method-Override", "Cookie", "a\r\nb", ""]
    {
        let headers = json!([{ "key": key, "value": SECRET }]);
        let message = refused_with(|next| next["headers"] = headers).await;
        assert!(message.contains("asks for the header `"), "{key}: {message}");
        assert!(!message.contains(['\r', '\n']), "{message:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_continuation_token_that_is_not_a_valid_header_value() {
    for value in [json!(format!("{SECRET}\r\nHost: evil.example")), json!("a\0"), Value::Null] {
        let headers = json!([{ "key": "MS-ContinuationToken", "value": value }]);
        let message = refused_with(|next| next["headers"] = headers).await;
        let problem = "has no valid value for the header `MS-ContinuationToken`";
        assert!(message.contains(problem), "{message}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_page_with_an_invalid_link_is_returned() {
    let script = Script::of([serve(page([1], link("https://evil.example")))]).await;
    let mut pages = collection::pages(&script.builder().build().unwrap());
    assert_eq!(pages.next().await.unwrap().unwrap().attempts, 1);
    assert_eq!(pages.next().await.unwrap().unwrap_err().kind(), ErrorKind::InvalidLink);
    assert!(pages.next().await.is_none());
}
