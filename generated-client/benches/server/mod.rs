//! A minimal server whose own cost is negligible.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

/// Starts a server that responds to every request with the same budget, and returns its URL.
pub(crate) fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let url = format!("http://{}", listener.local_addr().expect("the listener is bound"));
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            thread::spawn(|| serve_connection(stream));
        }
    });
    url
}

/// Responds until the client closes the connection.
fn serve_connection(mut stream: TcpStream) -> Option<()> {
    let body = r#"{"amount":100.10,"usageSpendingBudget":100.10,"attributes":{"objectType":"SpendingBudget"}}"#;
    let response = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nMS-RequestId: 312b044d-dc41-4b37-c2d5-7d27322d9654\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.set_nodelay(true).ok()?;
    let (mut request, mut length) = ([0; 8192], 0);
    loop {
        length += stream.read(&mut request[length..]).ok().filter(|&read| read > 0)?;
        if request[..length].ends_with(b"\r\n\r\n") {
            stream.write_all(response.as_bytes()).ok()?;
            length = 0;
        }
    }
}
