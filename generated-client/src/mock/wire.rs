//! The wire between a client and httpmock. Quirks apply here, because httpmock sends only complete and valid responses.

use std::{
    io::{self, BufReader, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use super::{
    message::Message,
    service::Service,
    steps::{self, Step},
};

/// A port that passes requests on to httpmock, and responses back to the client.
pub(super) struct Wire {
    address: SocketAddr,
    url: String,
    is_closed: Arc<AtomicBool>,
}

impl Wire {
    /// Opens a port in front of the address of httpmock.
    pub(super) fn start(expectations: SocketAddr, service: Arc<Service>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let is_closed = Arc::default();
        let route = Route { expectations, service, is_closed: Arc::clone(&is_closed) };
        thread::spawn(move || route.accept(&listener));
        Ok(Self { address, url: format!("http://{address}"), is_closed })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.is_closed.store(true, Ordering::SeqCst);
        // The listener checks whether the wire is closed only when it accepts a connection.
        let _ = TcpStream::connect(self.address);
    }
}

/// The state that all connections of a wire share.
#[derive(Clone)]
struct Route {
    expectations: SocketAddr,
    service: Arc<Service>,
    is_closed: Arc<AtomicBool>,
}

impl Route {
    fn accept(&self, listener: &TcpListener) {
        for client in listener.incoming() {
            if self.is_closed() {
                break;
            }
            let route = self.clone();
            // The end of a connection is not a server error, whichever side closes it.
            thread::spawn(move || Connection::new(client?, route)?.serve());
        }
    }

    fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::SeqCst)
    }
}

/// Ends a connection.
fn hang_up<T>() -> io::Result<T> {
    Err(io::ErrorKind::ConnectionAborted.into())
}

/// A client's connection, together with a connection to httpmock.
struct Connection {
    client: BufReader<TcpStream>,
    expectations: BufReader<TcpStream>,
    route: Route,
}

impl Connection {
    fn new(client: TcpStream, route: Route) -> io::Result<Self> {
        let expectations = TcpStream::connect(route.expectations)?;
        client.set_nodelay(true)?;
        expectations.set_nodelay(true)?;
        let (client, expectations) = (BufReader::new(client), BufReader::new(expectations));
        Ok(Self { client, expectations, route })
    }

    fn serve(mut self) -> io::Result<()> {
        while let Some(request) = Message::read(&mut self.client, true)? {
            if self.route.is_closed() {
                return hang_up();
            }
            let change = self.route.service.receive(&request);
            for step in steps::of(change, || self.ask(request))? {
                self.perform(step)?;
            }
        }
        Ok(())
    }

    fn perform(&mut self, step: Step) -> io::Result<()> {
        match step {
            Step::Pause(time) => thread::sleep(time),
            Step::Send(bytes) => self.client.get_mut().write_all(&bytes)?,
            Step::HangUp => return hang_up(),
        }
        Ok(())
    }

    /// Returns httpmock's response. The access token is removed first, because httpmock prints the requests.
    fn ask(&mut self, mut request: Message) -> io::Result<Message> {
        request.replace_header("authorization", "Bearer <token>");
        self.expectations.get_mut().write_all(&request.bytes())?;
        let has_body = !request.lines.first().is_some_and(|line| line.starts_with("HEAD "));
        Message::read(&mut self.expectations, has_body)?.map_or_else(hang_up, Ok)
    }
}
