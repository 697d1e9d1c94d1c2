//! Drives a browser over the Chrome DevTools Protocol, through a pair of pipes.

use std::{
    env,
    ffi::OsString,
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use serde_json::{Value, json};

/// The names of the programs to look for if `CHROMIUM` is not set.
const PROGRAMS: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The maximum time to wait for a response of the browser.
const LIMIT: Duration = Duration::from_secs(60);

/// A browser with one window. Dropping it kills the browser.
pub(crate) struct Browser {
    child: Child,
    input: ChildStdin,
    output: mpsc::Receiver<Value>,
    profile: PathBuf,
    session: Value,
    calls: u64,
    events: Vec<Value>,
}

impl Browser {
    /// Starts the browser with a window of this width, and emulates a phone if the window is narrow.
    pub(crate) fn start(width: u32) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let profile = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("browser-{number}"));
        fs::remove_dir_all(&profile).ok();
        let mut child = command(&profile).spawn().expect("sh can be started");
        let input = child.stdin.take().expect("stdin is piped");
        let output = receive(child.stdout.take().expect("stdout is piped"));
        let (session, calls, events) = (Value::Null, 0, Vec::new());
        let mut browser = Self { child, input, output, profile, session, calls, events };
        browser.attach(width);
        browser
    }

    fn attach(&mut self, width: u32) {
        let window = self.call("Target.createTarget", json!({ "url": "about:blank" }));
        let parameters = json!({ "targetId": window["targetId"], "flatten": true });
        self.session = self.call("Target.attachToTarget", parameters)["sessionId"].clone();
        for domain in ["Page", "Runtime", "Network", "Log"] {
            self.call(&format!("{domain}.enable"), json!({}));
        }
        let is_phone = width < 500;
        let window =
            json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": is_phone });
        self.call("Emulation.setDeviceMetricsOverride", window);
    }

    /// Opens a file, and waits until it has loaded.
    pub(crate) fn open(&mut self, file: &Path) {
        let url = url::Url::from_file_path(file).expect("the path is absolute");
        self.call("Page.navigate", json!({ "url": url.as_str() }));
        while self.events("Page.loadEventFired").next().is_none() {
            let event = self.receive();
            self.events.push(event);
        }
    }

    /// Emulates a media type and a color scheme.
    pub(crate) fn emulate(&mut self, medium: &str, theme: &str) {
        let theme = json!([{ "name": "prefers-color-scheme", "value": theme }]);
        self.call("Emulation.setEmulatedMedia", json!({ "media": medium, "features": theme }));
    }

    /// Evaluates a JavaScript expression. Awaits the result if it is a promise.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        let parameters =
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut result = self.call("Runtime.evaluate", parameters);
        assert!(result.get("exceptionDetails").is_none(), "{result}");
        result["result"]["value"].take()
    }

    /// Returns the parameters of each event with this name.
    pub(crate) fn events(&self, name: &str) -> impl Iterator<Item = &Value> {
        self.events
            .iter()
            .filter(move |event| event["method"] == name)
            .map(|event| &event["params"])
    }

    fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.calls += 1;
        let mut call = json!({ "id": self.calls, "method": method, "params": parameters });
        if self.session.is_string() {
            call["sessionId"] = self.session.clone();
        }
        let written = self.input.write_all(format!("{call}\0").as_bytes());
        written.expect("the browser runs; is CHROMIUM the path of Chromium or Chrome?");
        loop {
            let mut message = self.receive();
            if message["id"] == self.calls {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].take();
            }
            self.events.push(message);
        }
    }

    fn receive(&self) -> Value {
        self.output.recv_timeout(LIMIT).expect("the browser responds in time")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The browser exits when the pipe is closed, but not always immediately.
        self.child.kill().ok();
        self.child.wait().ok();
        fs::remove_dir_all(&self.profile).ok();
    }
}

/// Returns the command that starts the browser. It reads calls from descriptor 3, and writes to descriptor 4.
fn command(profile: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", r#"exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#, "sh"]);
    command.arg(program()).args(["--headless", "--remote-debugging-pipe", "--no-first-run"]);
    // The sandbox works neither for root nor in most containers. The browser opens only the project's own page.
    command.args(["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]);
    command.arg(format!("--user-data-dir={}", profile.display()));
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

fn program() -> OsString {
    if let Some(program) = env::var_os("CHROMIUM") {
        return program;
    }
    let folders: Vec<PathBuf> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
    let mut programs = PROGRAMS.iter().flat_map(|name| folders.iter().map(move |it| it.join(name)));
    let found = programs.find(|program| program.is_file());
    found.expect("no browser; install Chromium, or set CHROMIUM to the path of a browser").into()
}

/// Reads messages, each of which ends with a zero byte.
fn receive(output: impl std::io::Read + Send + 'static) -> mpsc::Receiver<Value> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for message in BufReader::new(output).split(0).map_while(Result::ok) {
            let message = serde_json::from_slice(&message).expect("the browser writes JSON");
            if sender.send(message).is_err() {
                return;
            }
        }
    });
    receiver
}
