//! A service that costs next to nothing.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

/// A server that answers every request with the same budget.
pub(crate) fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            thread::spawn(|| converse(stream));
        }
    });
    url
}

/// Ends when the client does.
fn converse(mut stream: TcpStream) -> Option<()> {
    let body = r#"{"amount":100.10,"usageSpendingBudget":100.10,"attributes":{"objectType":"SpendingBudget"}}"#;
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nMS-RequestId: 312b044d-dc41-4b37-c2d5-7d27322d9654\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.set_nodelay(true).ok()?;
    let (mut request, mut length) = ([0; 8192], 0);
    loop {
        length += stream.read(&mut request[length..]).ok().filter(|&read| read > 0)?;
        if request[..length].ends_with(b"\r\n\r\n") {
            stream.write_all(answer.as_bytes()).ok()?;
            length = 0;
        }
    }
}
