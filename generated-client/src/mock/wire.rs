//! The wire between a client and httpmock, where quirks happen: httpmock itself sends whole, sound
//! answers only.

use std::{
    collections::VecDeque,
    io::{self, BufReader, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use super::{
    message::Message,
    quirk::{Change, Quirk},
    request::Request,
};

/// A port that passes requests on to httpmock, and answers back.
pub(super) struct Wire {
    address: SocketAddr,
    url: String,
    state: Arc<Mutex<State>>,
}

/// What the connections share.
#[derive(Default)]
struct State {
    quirks: VecDeque<Quirk>,
    requests: Vec<Request>,
    is_closed: bool,
}

impl Wire {
    /// Opens a port before a service.
    pub(super) fn start(service: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let state = Arc::default();
        let connections = Arc::clone(&state);
        thread::spawn(move || accept(&listener, service, &connections));
        Ok(Self { address, url: format!("http://{address}"), state })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn quirk(&self, quirk: Quirk) {
        lock(&self.state).quirks.push_back(quirk);
    }

    pub(super) fn requests(&self) -> Vec<Request> {
        lock(&self.state).requests.clone()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        lock(&self.state).is_closed = true;
        // The listener sees that it is closed when it has somebody to accept.
        let _ = TcpStream::connect(self.address);
    }
}

/// Nothing that holds the lock can panic half-way.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// Notes a request, and says what is to happen to its answer.
    fn receive(&mut self, request: &Message) -> io::Result<Option<Change>> {
        if self.is_closed {
            return hang_up();
        }
        self.requests.push(Request::new(request));
        self.quirks.retain(|quirk| quirk.times > 0);
        Ok(self.quirks.front_mut().map(|quirk| {
            // So many times that it never ends.
            quirk.times -= usize::from(quirk.times < usize::MAX);
            quirk.change.clone()
        }))
    }
}

/// Ends a connection.
fn hang_up<T>() -> io::Result<T> {
    Err(io::ErrorKind::ConnectionAborted.into())
}

fn accept(listener: &TcpListener, service: SocketAddr, state: &Arc<Mutex<State>>) {
    for client in listener.incoming() {
        if lock(state).is_closed {
            break;
        }
        let state = Arc::clone(state);
        // A connection that ends, whoever ends it, is none of the server's business.
        thread::spawn(move || Connection::new(client?, service)?.serve(&state));
    }
}

/// A client's connection, and one of its own to httpmock.
struct Connection {
    client: BufReader<TcpStream>,
    service: BufReader<TcpStream>,
}

impl Connection {
    fn new(client: TcpStream, service: SocketAddr) -> io::Result<Self> {
        let service = TcpStream::connect(service)?;
        client.set_nodelay(true)?;
        service.set_nodelay(true)?;
        Ok(Self { client: BufReader::new(client), service: BufReader::new(service) })
    }

    fn serve(mut self, state: &Mutex<State>) -> io::Result<()> {
        while let Some(request) = Message::read(&mut self.client, true)? {
            let change = lock(state).receive(&request)?;
            self.answer(request, change)?;
        }
        Ok(())
    }

    fn answer(&mut self, request: Message, change: Option<Change>) -> io::Result<()> {
        match change {
            None => {
                let answer = self.ask(request)?;
                self.send(&answer.bytes())
            }
            Some(Change::Instead(answer)) => self.send(&answer.bytes()),
            Some(Change::Body(change)) => {
                let mut answer = self.ask(request)?;
                let body = std::mem::take(&mut answer.body);
                answer.set_body(change(body));
                self.send(&answer.bytes())
            }
            Some(Change::Late(pause)) => {
                let answer = self.ask(request)?;
                thread::sleep(pause);
                self.send(&answer.bytes())
            }
            Some(Change::Slow(pause)) => {
                let (first, rest) = halves(self.ask(request)?);
                self.send(&first)?;
                thread::sleep(pause);
                self.send(&rest)
            }
            Some(Change::Truncated) => {
                let (first, _) = halves(self.ask(request)?);
                self.send(&first)?;
                hang_up()
            }
            Some(Change::Raw(bytes)) => {
                self.send(&bytes)?;
                hang_up()
            }
        }
    }

    /// What httpmock answers. It prints the requests that it gets, so it gets no access token.
    fn ask(&mut self, mut request: Message) -> io::Result<Message> {
        request.replace_header("authorization", "Bearer <token>");
        self.service.get_mut().write_all(&request.bytes())?;
        let has_body = !request.lines.first().is_some_and(|line| line.starts_with("HEAD "));
        Message::read(&mut self.service, has_body)?.map_or_else(hang_up, Ok)
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.client.get_mut().write_all(bytes)
    }
}

/// A message, cut amid its body.
fn halves(message: Message) -> (Vec<u8>, Vec<u8>) {
    let mut first = message.bytes();
    let rest = first.split_off(first.len() - message.body.len().div_ceil(2));
    (first, rest)
}
