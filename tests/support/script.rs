//! A server that follows a script. It runs on the test's runtime, so it uses the test's clock.
//!
//! A paused clock jumps forward when no task is ready. On Linux, data sent over loopback is readable immediately. On
//! other systems, it can arrive after the clock has jumped past the client's timeouts. This module is for Linux only.

use std::{
    collections::BTreeMap,
    future::pending,
    sync::{Arc, Mutex},
    time::Duration,
};

use partner_center_client::ClientBuilder;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::{Instant, sleep},
};

use crate::server::{TOKEN, builder_for};

/// The server's reaction to a request.
#[derive(Clone, Debug)]
pub enum Turn {
    /// Writes these bytes, which need not be a valid response, and closes the connection.
    Say(Vec<u8>),
    /// Does the same as `Say` after a delay.
    SayLater(Duration, Vec<u8>),
    /// Sends nothing and keeps the connection open.
    Ignore,
}

/// Returns a response with this status line and these headers.
pub fn respond_with(status_line: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Turn {
    let body = body.as_ref();
    let length = format!("Content-Length: {}", body.len());
    let head = [&[status_line, &length, "Connection: close"], headers].concat().join("\r\n");
    Turn::Say([format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat())
}

/// Cuts off the last ten bytes of a response.
pub fn truncated(turn: Turn) -> Turn {
    match turn {
        Turn::Say(mut bytes) => {
            bytes.truncate(bytes.len() - 10);
            Turn::Say(bytes)
        }
        turn => turn,
    }
}

pub fn later(wait: Duration, turn: Turn) -> Turn {
    match turn {
        Turn::Say(bytes) => Turn::SayLater(wait, bytes),
        turn => turn,
    }
}

/// Closes the connection without a response.
pub fn hang_up() -> Turn {
    Turn::Say(Vec::new())
}

/// A request that the server received.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The time since the server started.
    pub at: Duration,
    pub path: String,
    headers: BTreeMap<String, String>,
    pub body: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> &str {
        &self.headers[&name.to_lowercase()]
    }

    pub fn has_header(&self, name: &str) -> bool {
        self.headers.contains_key(&name.to_lowercase())
    }

    pub fn without_time(&self) -> Self {
        Self { at: Duration::ZERO, ..self.clone() }
    }
}

#[derive(Clone)]
pub struct Script {
    url: String,
    turns: Arc<Mutex<Vec<Turn>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Script {
    /// Starts a server that uses one turn per request and then repeats the last turn.
    pub async fn of(turns: impl Into<Vec<Turn>>) -> Self {
        let turns = Arc::new(Mutex::new(turns.into()));
        let rest = turns.clone();
        let mut script = Self::playing(move |_| next(&mut rest.lock().unwrap())).await;
        script.turns = turns;
        script
    }

    /// Replaces the turns and forgets the requests received so far.
    pub fn play(&self, turns: impl Into<Vec<Turn>>) {
        *self.turns.lock().unwrap() = turns.into();
        self.seen.lock().unwrap().clear();
    }

    pub async fn playing(turn: impl FnMut(&Seen) -> Turn + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let script = Self { url, turns: Arc::default(), seen: Arc::default() };
        tokio::spawn(script.clone().serve(listener, Arc::new(Mutex::new(turn))));
        script
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn port(&self) -> &str {
        self.url.rsplit(':').next().expect("the address has a port")
    }

    pub fn builder(&self) -> ClientBuilder {
        builder_for(&self.url).access_token(TOKEN)
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// Returns the times between consecutive requests.
    pub fn waits(&self) -> Vec<Duration> {
        self.seen().windows(2).map(|pair| pair[1].at - pair[0].at).collect()
    }

    async fn serve<F: FnMut(&Seen) -> Turn + Send + 'static>(
        self,
        listener: TcpListener,
        turn: Arc<Mutex<F>>,
    ) {
        let began = Instant::now();
        while let Ok((stream, _)) = listener.accept().await {
            let (script, turn) = (self.clone(), turn.clone());
            tokio::spawn(async move { script.converse(stream, began, &turn).await });
        }
    }

    async fn converse<F: FnMut(&Seen) -> Turn>(
        self,
        mut stream: TcpStream,
        began: Instant,
        turn: &Mutex<F>,
    ) {
        let Some(seen) = read(&mut stream, began).await else { return };
        self.seen.lock().unwrap().push(seen.clone());
        let turn = (turn.lock().unwrap())(&seen);
        match turn {
            Turn::Say(bytes) => drop(stream.write_all(&bytes).await),
            Turn::SayLater(wait, bytes) => {
                sleep(wait).await;
                drop(stream.write_all(&bytes).await);
            }
            Turn::Ignore => pending().await,
        }
    }
}

fn next(turns: &mut Vec<Turn>) -> Turn {
    if turns.len() > 1 { turns.remove(0) } else { turns[0].clone() }
}

/// Reads a complete request, or returns `None` if the connection closes first.
async fn read(stream: &mut TcpStream, began: Instant) -> Option<Seen> {
    let mut bytes = Vec::new();
    loop {
        if let Some(seen) = parse(&bytes, began) {
            return Some(seen);
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}

fn parse(bytes: &[u8], began: Instant) -> Option<Seen> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    (body.len() == length).then(|| Seen {
        at: began.elapsed(),
        path,
        headers,
        body: body.to_owned(),
    })
}
