//! Which clients need root certificates, and what does the error say if there are none?
//!
//! Each case runs in a separate process, whose environment points to a certificate store that does not exist.

use std::{env, process::Command};

use partner_center_client::{AppCredential, Client, ClientBuilder};

use support::server::TOKEN;

/// Runs one test in a process without root certificates, and returns its output.
fn output_without_certificates(test: &str) -> String {
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", "--nocapture", test])
        .env("SSL_CERT_FILE", env!("CARGO_TARGET_TMPDIR").to_owned() + "/no-such-file")
        .env("SSL_CERT_DIR", env!("CARGO_TARGET_TMPDIR").to_owned() + "/no-such-folder")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn servers_on_this_machine_need_no_certificates() {
    for test in [
        "store::clients_that_use_http_on_this_machine",
        "mock::a_mock_server_can_act_as_the_authority",
    ] {
        let output = output_without_certificates(test);
        assert!(output.contains("1 passed"), "{output}");
    }
}

#[test]
fn clients_that_use_http_on_this_machine() {
    for url in ["http://127.0.0.1:9", "http://[::1]:9", "http://localhost:9", "http://127.1.2.3"] {
        let app = AppCredential::new("contoso.onmicrosoft.com", CLIENT_ID, "client-secret");
        let builder = Client::builder().base_url(url);
        builder.clone().access_token(TOKEN).build().expect(url);
        builder.credential(app.authority(url)).build().expect(url);
    }
}

const CLIENT_ID: &str = "44444444-4444-4444-4444-444444444444";

#[test]
fn the_error_says_that_root_certificates_are_missing() {
    let output = output_without_certificates("store::clients_that_use_https");
    let expected = "HTTP client: this machine has no root certificates; \
        install `ca-certificates`, or set SSL_CERT_FILE to a PEM file that contains them";
    let count = output.lines().filter(|line| line.ends_with(expected)).count();
    // With the feature `native-tls`, OpenSSL reads the certificates only when it connects.
    assert!(count == 3 || output.matches("built").count() == 3, "{output}");
}

#[test]
fn clients_that_use_https() {
    let app = AppCredential::new("contoso.onmicrosoft.com", CLIENT_ID, "client-secret");
    let builders: [ClientBuilder; 3] = [
        Client::builder().access_token(TOKEN),
        Client::builder().base_url("https://localhost").access_token(TOKEN),
        Client::builder().base_url("http://localhost").credential(app),
    ];
    for builder in builders {
        match builder.build() {
            Ok(_) => println!("built"),
            Err(error) => println!("\n{error}"),
        }
    }
}
