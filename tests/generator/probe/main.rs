//! Calls each operation of the document in this folder, and prints what the client sends and reads.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc::{self, Receiver, Sender},
    thread,
};

use partner_center_client::{Client, Error, ResponseValue, Timestamp, serde_json, types};
use serde::Serialize;

/// A server that responds to each request with the next queued body, or with the request's own body for `None`.
struct Server {
    responses: Sender<Option<String>>,
    requests: Receiver<String>,
    client: Client,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (responses, pending) = mpsc::channel::<Option<String>>();
        let (received, requests) = mpsc::channel();
        thread::spawn(move || {
            for response in pending {
                let (mut stream, _) = listener.accept().unwrap();
                let (head, body) = request(&mut stream);
                let response = response.unwrap_or(body.clone());
                let length = response.len();
                write!(
                    stream,
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\
                     content-length: {length}\r\n\r\n{response}"
                )
                .unwrap();
                let tags = head.lines().filter(|line| line.starts_with("x-tag"));
                let first = head.lines().next().unwrap();
                let tags: String = tags.map(|tag| format!(" | {tag}")).collect();
                received.send(escaped(&format!("{first}{tags} | {body}"))).unwrap();
            }
        });
        let client = Client::builder().base_url(url).access_token("token").build().unwrap();
        Self { responses, requests, client }
    }

    /// Returns a client whose next call gets this response.
    fn respond(&self, body: &str) -> &Client {
        self.responses.send(Some(body.to_owned())).unwrap();
        &self.client
    }
}

fn request(stream: &mut TcpStream) -> (String, String) {
    let mut text = Vec::new();
    loop {
        let mut buffer = [0; 4096];
        let count = stream.read(&mut buffer).unwrap();
        text.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&text);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
            return (head.to_owned(), body.to_owned());
        }
    }
}

/// Escapes non-ASCII characters, because some of them look alike.
fn escaped(text: &str) -> String {
    let escaped = |character: char| match character.is_ascii() {
        true => character.to_string(),
        false => character.escape_unicode().to_string(),
    };
    text.chars().map(escaped).collect()
}

fn shown<T: Serialize>(result: Result<ResponseValue<T>, Error>) -> String {
    match result {
        Ok(value) => serde_json::to_string(&*value).unwrap(),
        Err(error) => {
            std::error::Error::source(&error).map_or(error.to_string(), |it| it.to_string())
        }
    }
}

/// JSON values that are read, sent, and read again.
const VALUES: &[&str] = &[
    r#"{"cost center":"a","::p":"b","r#type":"c","type":"d","\"quoted\" \\":"e","a\tb\nc":"f","1st":"g","🦀":"h","ᄀ\u1161":"i","None ":"j"}"#,
    r#"{"closed":"Calling Plans","extensible":"Calling Plans"}"#,
    r#"{"closed":"::p","extensible":"::p"}"#,
    r#"{"closed":"\u212b","extensible":"\u212b"}"#,
    r#"{"closed":"1st","extensible":"1st "}"#,
    r#"{"large":18446744073709551615,"larger":-18446744073709551615}"#,
    r#"{"floatOrText":1.5,"priceOrText":28.82860766744404945074,"largeOrText":18446744073709551615,"integerOrList":5}"#,
    r#"{"floatOrText":"1.5","priceOrText":"a","largeOrText":"b","integerOrList":[1.5,2]}"#,
    r#"{"floatOrText":1,"integerOrList":[]}"#,
    r#"{"floatOrText":true}"#,
    r#"{"objects":{"cost center":1.5}}"#,
    r#"{"objects":{"b":1.5,"c":2.5}}"#,
    r#"{"tagged":{"kind":"a b","weight":1.5}}"#,
    r#"{"tagged":{"kind":"c","price":1.50}}"#,
    r#"{"tagged":{"kind":"d"}}"#,
    r#"{"tagged":{"kind":"e"}}"#,
    r#"{"adjacent":{"tag":"x","content":1.5}}"#,
    r#"{"adjacent":{"content":1.50,"tag":"y"}}"#,
    r#"{"prices":{"a":"b","c":28.82860766744404945074}}"#,
    r#"{"tree":[1.5,[2,[]]]}"#,
    r#"{"type":"a","undeclared":[1.5,{"deep":2.25}]}"#,
];

/// A response with valid and invalid timestamps.
const TIMES: &str = r#"{"at":"2026-01-31t14:00:00.12345670+02:00","invalid":"soon","textOrNumber":"2026-01-31","byName":{"a":"2026-01-31T24:00:00Z"}}"#;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let server = Server::start();
    for text in VALUES {
        match serde_json::from_str::<types::Values>(text) {
            Ok(values) => {
                server.responses.send(None).unwrap();
                let result = server.client.put_values(None, None, None, &values).await;
                let is_same = result.is_ok_and(|response| response.into_inner() == values);
                println!("{} {is_same}", server.requests.recv().unwrap());
            }
            Err(error) => println!("{error}"),
        }
    }
    let parts = r#"{"parts":{"a":1.5,"b":1.25}}"#;
    let parts: types::Values = serde_json::from_str(parts).unwrap();
    println!("{:?}", parts.parts.unwrap());
    let deep = format!(r#"{{"tree":{}{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    println!("{}", serde_json::from_str::<types::Values>(&deep).is_err());

    let client = server.respond("{}");
    let page = types::PutValuesPageSize::CallingPlans;
    let values = types::Values::default();
    client.put_values(Some(page), Some(u64::MAX), Some("a b"), &values).await.unwrap();
    println!("{}", server.requests.recv().unwrap());

    let time: Timestamp = "2026-01-31T14:00:00.1234567+02:00".parse().unwrap();
    let client = server.respond(TIMES);
    println!("{}", shown(client.get_times(&time, Some(&time), Some(&time)).await));
    println!("{}", server.requests.recv().unwrap());

    let pages = [
        r#"{"items":[28.82860766744404945074,1.50],"links":{"next":{"uri":"shelves/a%20b/prices?page=2"}}}"#,
        r#"{"items":null,"links":{"next":{"uri":"/v1/shelves/a%20b/prices?page=3"}}}"#,
        r#"{"links":{"next":{"uri":"?page=4"}}}"#,
        r#"{"items":[],"links":{"next":null}}"#,
    ];
    for page in pages {
        server.responses.send(Some(page.to_owned())).unwrap();
    }
    let mut prices = server.client.walk_shelf_items("a b");
    while let Some(price) = prices.next().await {
        println!("{}", serde_json::to_string(&price.unwrap()).unwrap());
    }
    for _ in pages {
        println!("{}", server.requests.recv().unwrap());
    }

    for body in
        [r#"{"x":1}"#, r#"{"a":"b","x":28.5}"#, "{}", r#"{"a":null}"#, r#"{"a":null,"x":1}"#]
    {
        println!("{body}");
        println!("  open: {}", shown(server.respond(body).get_open().await));
        println!("  integers: {}", shown(server.respond(body).get_integers().await));
        println!("  prices: {}", shown(server.respond(body).get_prices().await));
        println!("  anything: {}", shown(server.respond(body).get_anything().await));
        println!("  parts: {}", shown(server.respond(body).get_parts().await));
        println!("  usual: {}", shown(server.respond(body).get_usual().await));
    }
}
