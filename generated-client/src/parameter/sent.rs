//! Is the target of a request exactly the template with its encoded arguments?

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    thread,
};

use serde::Serialize;

use super::{InvalidPath, QueryParam, path};
use crate::{
    ErrorKind, RetryPolicy,
    runtime::{Client, Error, OperationInfo},
};

const INFO: OperationInfo = OperationInfo {
    operation_id: "get_part",
    method: "GET",
    path: "/v1/things/{thing}",
    tokens: &[],
};

/// Starts a server that returns the target of each request as the body.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/proxy", listener.local_addr().unwrap());
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let lines: Vec<String> = BufReader::new(&stream)
                .lines()
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty())
                .collect();
            let target = lines[0].strip_prefix("GET ").unwrap().strip_suffix(" HTTP/1.1").unwrap();
            let length = target.len();
            let head = format!("HTTP/1.1 400 No\r\nContent-Length: {length}\r\nConnection: close");
            let _ = stream.write_all(format!("{head}\r\n\r\n{target}").as_bytes());
        }
    });
    url
}

/// Returns the target that is sent for a path and a query, which are built in the same way as in generated code.
async fn sent(
    path: impl Fn() -> Result<String, InvalidPath> + Sync,
    query: impl Serialize + Sync,
) -> Result<String, ErrorKind> {
    let builder = Client::builder().base_url(serve()).access_token("eyJ0eXAi.eyJhdWQi.c2lnbmF0");
    let client = builder.retry(RetryPolicy::off()).build().unwrap();
    let make_request = || {
        let path = path().map_err(|error| Error::invalid_request(&INFO, error))?;
        let url =
            client.baseurl.with(&path).map_err(|error| Error::invalid_request(&INFO, error))?;
        Ok(client.client.get(url).query(&QueryParam::new("cost center", &query)))
    };
    let error =
        client.exec(&make_request, &INFO).await.err().expect("the server responds with 400");
    match error.body() {
        Some(target) => Ok(String::from_utf8(target.to_vec()).unwrap()),
        None => Err(error.kind()),
    }
}

async fn path_with(argument: &str) -> Result<String, ErrorKind> {
    let path = || path("/v1/things/{thing}/parts", &[("thing", &argument)]);
    let target = sent(path, None::<()>).await?;
    let argument = target.strip_prefix("/proxy/v1/things/").expect("the path has this prefix");
    Ok(argument.strip_suffix("/parts").expect("the path has this suffix").to_owned())
}

#[tokio::test]
async fn a_path_argument_is_sent_byte_for_byte() {
    let arguments = [
        ("a", "a"),
        ("...", "..."),
        ("..;", "..;"),
        (".a", ".a"),
        ("%2e%2e", "%252e%252e"),
        (".%2E", ".%252E"),
        ("../..", "..%2F.."),
        ("..\\", "..%5C"),
        ("/", "%2F"),
        ("?#", "%3F%23"),
        (" a ", "%20a%20"),
        ("\t.\n.\r", "%09.%0A.%0D"),
        ("\0\u{7f}", "%00%7F"),
        ("ü€😀", "%C3%BC%E2%82%AC%F0%9F%98%80"),
        ("\u{feff}.", "%EF%BB%BF."),
        ("\u{ff0e}\u{ff0e}", "%EF%BC%8E%EF%BC%8E"),
        ("\"<>^`{|}", "%22%3C%3E%5E%60%7B|%7D"),
        ("-._~:@!$&'()*+,;=[]", "-._~:@!$&'()*+,;=[]"),
    ];
    for (argument, expected) in arguments {
        assert_eq!(path_with(argument).await.as_deref(), Ok(expected), "{argument:?}");
    }
}

#[tokio::test]
async fn an_argument_that_changes_the_path_is_not_sent() {
    for argument in ["", ".", ".."] {
        assert_eq!(path_with(argument).await, Err(ErrorKind::InvalidRequest), "{argument:?}");
    }
}

#[tokio::test]
async fn arguments_that_form_a_dot_segment_are_not_sent() {
    let cases = [("", ".", "."), (".", "", "."), ("", "", "."), ("%2e", "", "."), ("%2E", ".", "")];
    for (literal, first, second) in cases {
        let path = || Ok(format!("/v1/things/{literal}{first}{second}"));
        let result = sent(path, None::<()>).await;
        assert_eq!(result, Err(ErrorKind::InvalidRequest), "{literal}{first}{second}");
    }
    let path = || path("/v1/{a}:{b}", &[("a", &"."), ("b", &"..")]);
    assert_eq!(sent(path, None::<()>).await.as_deref(), Ok("/proxy/v1/.:.."));
}

#[tokio::test]
async fn a_query_is_sent_in_the_style_of_openapi() {
    let cases = [
        ("a b", "a%20b"),
        (" ", "%20"),
        ("a+b", "a%2Bb"),
        ("%20", "%2520"),
        ("a&b=c#d?e", "a%26b%3Dc%23d%3Fe"),
        ("ü€", "%C3%BC%E2%82%AC"),
        ("", ""),
    ];
    for (value, expected) in cases {
        let target = sent(|| Ok("/v1/things".to_owned()), value).await.unwrap();
        assert_eq!(target, format!("/proxy/v1/things?cost%20center={expected}"), "{value:?}");
    }
    let target = sent(|| Ok("/v1".to_owned()), ["a b", "c+d"]).await.unwrap();
    assert_eq!(target, "/proxy/v1?cost%20center=a%20b&cost%20center=c%2Bd");
    let object = serde_json::json!({ "a b": "c d", "e+f": 1 });
    let target = sent(|| Ok("/v1".to_owned()), object).await.unwrap();
    assert_eq!(target, "/proxy/v1?a%20b=c%20d&e%2Bf=1");
}
