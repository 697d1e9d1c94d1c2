//! Can a program trust its own root certificate, and present a client certificate?

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use partner_center_client::{
    Client, ErrorKind, RetryPolicy,
    reqwest::{self, Certificate, Identity},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        RootCertStore, ServerConfig,
        crypto::aws_lc_rs,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
        server::WebPkiClientVerifier,
    },
};

use support::{document, operation, server::TOKEN};

/// Responds to every request on every connection, and returns a counter of the connections.
pub(super) fn count_connections<S, F>(
    listener: TcpListener,
    accept: impl Fn(TcpStream) -> F + Send + 'static,
) -> Arc<AtomicUsize>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    F: Future<Output = std::io::Result<S>> + Send,
{
    let count = Arc::new(AtomicUsize::new(0));
    let connections = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if let Ok(stream) = accept(stream).await {
                connections.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(converse(stream));
            }
        }
    });
    count
}

/// Responds to each request on a connection. The requests have no body, so each ends with an empty line.
async fn converse(mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    let body = operation::example();
    let response = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let mut request = Vec::new();
    while stream.read_buf(&mut request).await.is_ok_and(|count| count > 0) {
        if request.ends_with(b"\r\n\r\n") {
            request.clear();
            let _ = stream.write_all(response.as_bytes()).await;
        }
    }
}

fn pem(name: &str) -> Vec<u8> {
    fs::read(document::path(&format!("tests/documents/tls/{name}.pem"))).unwrap()
}

fn authority() -> Certificate {
    Certificate::from_pem(&pem("authority")).unwrap()
}

/// Starts a server, and returns its URL. If `asks_clients` is true, the server accepts only clients with a certificate
/// from the test authority.
async fn serve(asks_clients: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let acceptor = acceptor(asks_clients);
    count_connections(listener, move |stream| acceptor.accept(stream));
    url
}

fn acceptor(asks_clients: bool) -> TlsAcceptor {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(Arc::clone(&provider));
    let config = config.with_safe_default_protocol_versions().unwrap();
    let config = if asks_clients {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(&pem("authority")).unwrap()).unwrap();
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
        config.with_client_cert_verifier(verifier.build().unwrap())
    } else {
        config.with_no_client_auth()
    };
    let certificate = CertificateDer::from_pem_slice(&pem("issued")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(&pem("issued")).unwrap();
    TlsAcceptor::from(Arc::new(config.with_single_cert(vec![certificate], key).unwrap()))
}

fn client(
    url: &str,
    configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
) -> Client {
    // If the build enables the feature `native-tls`, reqwest would otherwise use the system's TLS library.
    let builder =
        Client::builder().configure_http(move |http| configure(http.tls_backend_rustls()));
    builder.base_url(url).access_token(TOKEN).retry(RetryPolicy::off()).build().unwrap()
}

#[tokio::test]
async fn a_root_certificate_from_the_program_is_trusted() {
    let url = serve(false).await;
    let trusting = client(&url, |http| http.tls_certs_only([authority()]));
    operation::call(&trusting).await.unwrap();
    let error = operation::call(&client(&url, |http| http)).await.unwrap_err();
    assert!(error.to_string().contains(": no secure connection"), "{error}");
}

#[tokio::test]
async fn a_client_certificate_is_presented() {
    let url = serve(true).await;
    let identified = client(&url, |http| {
        let identity = Identity::from_pem(&pem("issued")).unwrap();
        http.tls_certs_only([authority()]).identity(identity)
    });
    operation::call(&identified).await.unwrap();
    let anonymous = client(&url, |http| http.tls_certs_only([authority()]));
    let error = operation::call(&anonymous).await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Connection, false));
    assert!(error.to_string().contains(": no secure connection"), "{error}");
}

#[test]
fn an_unusable_configuration_is_rejected() {
    let builder = Client::builder().access_token(TOKEN);
    let builder = builder.configure_http(|http| http.tls_backend_preconfigured("of no library"));
    let error = builder.build().unwrap_err();
    let expected = "HTTP client: cannot be built; check the settings that `configure_http` changes";
    assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Configuration, expected));
}
