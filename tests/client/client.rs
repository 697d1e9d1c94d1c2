//! Is a client built only from complete and safe settings?

use partner_center_client::{Client, ClientBuilder, Error, ErrorKind, ResponseValue};

use support::{document, generated, server::TOKEN};

fn builder() -> ClientBuilder {
    Client::builder().access_token(TOKEN)
}

fn problem(builder: ClientBuilder) -> String {
    let error = builder.build().expect_err("the client was built");
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!((error.status(), error.operation_id(), error.request_id()), (None, None, None));
    assert!(!error.is_retryable());
    error.to_string()
}

#[test]
fn a_token_is_the_only_required_setting() {
    builder().build().unwrap();
}

#[test]
fn accepted_base_urls() {
    let urls = [
        "https://api.partnercenter.microsoft.com",
        "https://api.partnercenter.microsoft.com/",
        "https://gateway.example/partner-center/",
        "http://localhost:8080",
        "http://LOCALHOST",
        "http://127.0.0.1:1/",
        "http://127.8.9.10",
        "http://[::1]:8080",
        "https://gateway.example/v1.0/..name/a b",
        " https://gateway.example\n",
    ];
    for url in urls {
        builder().base_url(url).build().unwrap_or_else(|error| panic!("{url}: {error}"));
    }
}

#[test]
fn rejected_base_urls() {
    let urls = [
        "",
        "api.partnercenter.microsoft.com",
        "https://",
        "ftp://api.partnercenter.microsoft.com",
        "file:///etc/hosts",
        "http://api.partnercenter.microsoft.com",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "http://0.0.0.0",
        "http://[::ffff:10.0.0.1]",
        "https://user:hunter2@api.partnercenter.microsoft.com",
        "https://hunter2@api.partnercenter.microsoft.com",
        "https://user:hunter2@",
        "https://api.partnercenter.microsoft.com?key=hunter2",
        "https://api.partnercenter.microsoft.com/#hunter2",
        "https://gateway.example/partner-center/..",
        "https://gateway.example/./partner-center",
        "https://gateway.example/%2e%2E/partner-center",
        "https://gateway.example\\partner-center",
        "https://gateway.example/partner\tcenter",
    ];
    let problems = urls.map(|url| format!("{url:?}\n    {}", problem(builder().base_url(url))));
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("rejected_base_urls", problems.join("\n"));
    });
}

#[test]
fn a_base_url_that_ends_with_the_common_prefix_of_all_paths_is_rejected() {
    let operations = document::operations();
    let first = |path: &str| path.split('/').nth(1).unwrap().to_owned();
    let segment = first(operations[0].path);
    if !operations.iter().all(|operation| first(operation.path) == segment) {
        return;
    }
    let end = format!("/{segment}");
    let expected = format!(
        "base URL: ends with `{end}`, which the path of each operation already begins with; remove it"
    );
    for base in ["https://gateway.example", "https://gateway.example/proxy"] {
        assert_eq!(problem(builder().base_url(format!("{base}{end}"))), expected);
        assert_eq!(problem(builder().base_url(format!("{base}{end}/"))), expected);
        builder().base_url(format!("{base}{end}.0")).build().unwrap();
        builder().base_url(format!("{base}{end}/proxy")).build().unwrap();
    }
}

#[test]
fn an_error_shows_no_secret_from_a_rejected_base_url() {
    for url in
        ["https://user:hunter2@host", "https://user:hunter2@", "hunter2", "https://host?hunter2"]
    {
        let error = builder().base_url(url).build().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
}

#[test]
fn rejected_tokens() {
    let missing = problem(Client::builder());
    let expected = "credential: missing; pass one to `credential`, or a token to `access_token`";
    assert_eq!(missing, expected);
    let tokens = ["", " ", "abc\n", "abc\r\ndef", "Bearer abc", "\"abc\"", "äbc", "abc\0"];
    for token in tokens {
        assert_eq!(
            problem(Client::builder().access_token(token)),
            "access token: empty or not a token; pass it alone, without `Bearer`, quotes or line breaks",
            "{token:?}"
        );
    }
}

#[test]
fn accepted_locales() {
    for locale in ["en-US", "de", "zh-Hans-CN", "es-419"] {
        builder().locale(locale).build().unwrap();
    }
}

#[test]
fn rejected_locales() {
    let locales = [
        "",
        "\"en-US\"",
        "en_US",
        "en-",
        "-US",
        "en-U",
        "e",
        "english",
        "12",
        "en US",
        "en\n",
        "dé",
    ];
    for locale in locales {
        let expected = "locale: not a language tag; write it like en-US";
        assert_eq!(problem(builder().locale(locale)), expected, "{locale:?}");
        assert!(builder().build().unwrap().with_locale(locale).is_err(), "{locale:?} was accepted");
    }
}

#[test]
fn rejected_application_names() {
    for name in ["", "  ", "Bücher", "a\nb"] {
        let expected = "application name: empty or not printable ASCII; use letters and digits";
        assert_eq!(problem(builder().application_name(name)), expected, "{name:?}");
    }
}

#[test]
fn limits_of_zero_are_rejected() {
    let pace = "requests per second or minute: zero; allow at least one";
    assert_eq!(problem(builder().requests_per_second(0)), pace);
    assert_eq!(problem(builder().requests_per_minute(0)), pace);
    let calls = "concurrent calls: zero; allow at least one";
    assert_eq!(problem(builder().concurrent_calls(0)), calls);
}

#[test]
fn no_limit_is_too_high() {
    builder().requests_per_second(u32::MAX).concurrent_calls(usize::MAX).build().unwrap();
}

#[test]
fn debug_output_shows_no_token() {
    let client = builder().build().unwrap();
    for text in [format!("{:#?}", builder()), format!("{client:#?}")] {
        assert!(!text.contains("eyJ"), "{text}");
    }
}

#[test]
fn clients_responses_and_errors_are_send_and_sync() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    fn thrown<T: std::error::Error + Send + Sync + 'static>() {}
    shared::<Client>();
    shared::<ResponseValue<String>>();
    thrown::<Error>();
}

#[test]
fn futures_can_be_spawned() {
    fn spawnable<T: Send>(_: T) {}
    let client = builder().build().unwrap();
    // The operation is looked up by name when the future runs, which it never does here.
    spawnable(generated::call(&client, "", |_| String::new()));
}

#[test]
fn an_error_is_as_small_as_a_pointer() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}
