//! Is a body read in each supported encoding, and does the error name an unsupported encoding?

use partner_center_client::{Error, ErrorKind, types::FaultCode};

use super::{FAULT, error, responding_with, response};
use support::{document, operation, table::Response};

/// Returns the example response with an additional string that is not ASCII.
fn example() -> String {
    operation::example_with("note", "Grüße €")
}

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn utf_16_le(text: &str) -> Vec<u8> {
    utf_16(text, u16::to_le_bytes)
}

fn utf_16_be(text: &str) -> Vec<u8> {
    utf_16(text, u16::to_be_bytes)
}

/// Returns the text in each supported encoding, with its content type.
fn readable(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let marked = format!("\u{feff}{text}");
    vec![
        ("application/json", utf_16_le(text)),
        ("application/json", utf_16_be(text)),
        ("application/json", utf_16_le(&marked)),
        ("application/json", utf_16_be(&marked)),
        ("application/json; charset=utf-16", utf_16_le(text)),
        ("application/json; charset=utf-16", utf_16_be(text)),
        ("application/json; charset=UTF-16LE", utf_16_le(text)),
        ("application/json;odata=verbose;charset=\"utf-16be\"", utf_16_be(text)),
        ("application/json; charset=utf-8", utf_16_le(&marked)),
        ("application/json; charset=utf-8", marked.clone().into_bytes()),
        ("application/json; charset=utf-16", text.into()),
        ("application/json; charset=unheard-of", text.into()),
    ]
}

async fn value(headers: &[&str], body: &[u8]) -> Result<Response, Error> {
    operation::call(&responding_with(response("200 OK", headers, body))).await
}

#[tokio::test]
async fn values_in_utf_16() {
    for (content_type, body) in readable(&example()) {
        let value =
            value(&[&format!("Content-Type: {content_type}")], &body).await.expect(content_type);
        document::assert_same(&value.json, &example());
    }
}

#[tokio::test]
async fn faults_in_utf_16() {
    for (content_type, body) in readable(FAULT) {
        let headers = [format!("Content-Type: {content_type}")];
        let error = error(response("403 Forbidden", &[&headers[0]], &body)).await;
        let code = error.fault().and_then(|fault| fault.code.clone());
        assert_eq!(code, Some(FaultCode::Integer(3000)), "{content_type} {body:?}");
        assert_eq!(error.body(), Some(body.as_slice()));
    }
}

#[tokio::test]
async fn pages_in_utf_16() {
    let page = utf_16_le("\u{feff}<html><title>Zugriff verweigert: Größe</title></html>");
    let error = error(response("403 Forbidden", &["Content-Type: text/html"], page)).await;
    assert!(error.to_string().contains(": Zugriff verweigert: Größe ("), "{error}");
}

/// Returns the example response with an additional string that is not UTF-8.
fn example_in_single_bytes(note: &[u8]) -> Vec<u8> {
    let example = operation::example_with("note", "?");
    let (before, after) = example.split_once('?').expect("the member is there");
    [before.as_bytes(), note, after.as_bytes()].concat()
}

#[tokio::test]
async fn single_byte_charsets() {
    for charset in ["iso-8859-1", "ISO-8859-1", "latin1", "windows-1252", "\"Windows-1252\""] {
        let content_type = format!("Content-Type: application/json; charset={charset}");
        let value = value(&[&content_type], &example_in_single_bytes(b"Gr\xfc\xdfe")).await;
        let expected = operation::example_with("note", "Grüße");
        document::assert_same(&value.expect(charset).json, &expected);
    }
    let content_type = "Content-Type: application/json; charset=windows-1252";
    let value = value(&[content_type], &example_in_single_bytes(b"5 \x80")).await.unwrap();
    document::assert_same(&value.json, &operation::example_with("note", "5 €"));
}

/// Headers with the content codings that a proxy might add, and the text that the error must contain.
const CODINGS: [(&str, &str); 9] = [
    ("Content-Encoding: gzip", "the content coding `gzip`"),
    ("Content-Encoding: GZIP", "the content coding `GZIP`"),
    ("Content-Encoding: x-gzip", "the content coding `x-gzip`"),
    ("Content-Encoding: deflate", "the content coding `deflate`"),
    ("Content-Encoding: br", "the content coding `br`"),
    ("Content-Encoding: zstd", "the content coding `zstd`"),
    ("Content-Encoding: unheard-of", "the content coding `unheard-of`"),
    ("Content-Encoding: deflate, gzip", "the content coding `deflate, gzip`"),
    ("Content-Encoding: identity\r\nContent-Encoding: gzip", "the content coding `gzip`"),
];

/// Headers with unsupported charsets, and the text that the error must contain.
const CHARSETS: [(&str, &str); 3] = [
    ("Content-Type: application/json; charset=ebcdic-cp-us", "the charset `ebcdic-cp-us`"),
    ("Content-Type: application/json; charset=\"UTF-32\"", "the charset `UTF-32`"),
    ("Content-Type: text/plain; charset=shift_jis", "the charset `shift_jis`"),
];

/// The first bytes of a gzip file.
const COMPRESSED: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\x56\xca";

#[tokio::test]
async fn values_in_an_unsupported_encoding() {
    for (header, name) in CODINGS.into_iter().chain(CHARSETS) {
        let error = value(&[header], COMPRESSED).await.unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::InvalidResponse, false));
        assert!(error.to_string().contains(name), "{header}: {error}");
        assert_eq!(error.body(), Some(COMPRESSED));
    }
}

#[tokio::test]
async fn faults_in_an_unsupported_encoding() {
    for (header, name) in CODINGS.into_iter().chain(CHARSETS) {
        for (status, is_retryable) in [("403 Forbidden", false), ("503 Busy", true)] {
            let error = error(response(status, &[header], COMPRESSED)).await;
            assert_eq!(error.kind(), ErrorKind::ErrorResponse);
            assert_eq!(error.is_retryable(), is_retryable, "{error}");
            assert!(error.to_string().contains(name), "{header}: {error}");
        }
    }
}

#[tokio::test]
async fn codings_that_do_not_change_the_body() {
    for header in ["identity", "", "Identity", "identity, identity"] {
        let header = format!("Content-Encoding: {header}");
        assert!(value(&[&header], example().as_bytes()).await.is_ok(), "{header}");
        let error = error(response("403 Forbidden", &[&header], b"\xff")).await;
        assert!(!error.to_string().contains("coding"), "{error}");
    }
}

#[tokio::test]
async fn a_coding_in_the_header_that_was_not_applied_to_the_body() {
    for header in ["Content-Encoding: gzip", "Content-Encoding: utf-8"] {
        assert!(value(&[header], example().as_bytes()).await.is_ok(), "{header}");
        let fault = error(response("403 Forbidden", &[header], FAULT)).await;
        assert_eq!(fault.code().as_deref(), Some("3000"), "{header}");
        let empty = error(response("403 Forbidden", &[header], "")).await;
        assert!(empty.to_string().contains(": empty body ("), "{empty}");
    }
}

#[tokio::test]
async fn an_unsupported_coding() {
    let error = error(response("403 Forbidden", &["Content-Encoding: gzip"], COMPRESSED)).await;
    super::assert_printed("an_unsupported_coding", "a proxy that compresses", &error);
}
