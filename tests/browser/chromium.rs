//! A Chromium that is driven over the pipe of its DevTools protocol (https://chromedevtools.github.io/devtools-protocol/): messages of JSON, each ended by a zero byte.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

/// The names that it goes by on the systems that we know.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

pub struct Chromium {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    session: Option<String>,
    asked: u64,
    complaints: Vec<String>,
    expired: bool,
    folder: tempfile::TempDir,
}

impl Chromium {
    /// A window of 1400 x 900 pixels; `calm` for somebody who wants no motion.
    pub fn start(calm: bool) -> std::io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut error = None;
        for name in NAMES {
            // A shell gives it the pipes that it wants, as its third and fourth file; a name that there is not is an error before that.
            if let Err(none) = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status() {
                error = Some(none);
                continue;
            }
            let mut child = Command::new("sh")
                .args([
                    "-c",
                    "exec \"$@\" 3<&0 4>&1 1>&2",
                    "sh",
                    name,
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--remote-debugging-pipe",
                ])
                .args(["--window-size=1400,900", if calm { "--force-prefers-reduced-motion" } else { "--hide-scrollbars" }])
                .arg(format!("--user-data-dir={}", folder.path().display()))
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()?;
            let (to, from) = (child.stdin.take().expect("a pipe"), BufReader::new(child.stdout.take().expect("a pipe")));
            let mut own = Self { child, to, from, session: None, asked: 0, complaints: Vec::new(), expired: false, folder };
            let page = own.call("Target.createTarget", json!({ "url": "about:blank" }))["targetId"].clone();
            let session = own.call("Target.attachToTarget", json!({ "targetId": page, "flatten": true }))["sessionId"].clone();
            own.session = session.as_str().map(str::to_owned);
            for domain in ["Page", "Runtime", "Log", "Network"] {
                own.call(&format!("{domain}.enable"), json!({}));
            }
            return Ok(own);
        }
        Err(error.unwrap_or_else(|| std::io::Error::other("none of its names")))
    }

    /// Opens a page and waits until it plays.
    pub fn open(&mut self, page: &str) {
        let file = self.folder.path().join("lecture.html");
        std::fs::write(&file, page).expect("a file");
        self.call("Page.navigate", json!({ "url": format!("file://{}", file.display()) }));
        for _ in 0..1200 {
            if self.evaluate("document.documentElement?.dataset.ready ?? ''") != json!("") {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("the page never played; {:?}", self.complaints);
    }

    pub fn text(&mut self, expression: &str) -> String {
        let value = self.evaluate(expression);
        value.as_str().map_or_else(|| panic!("{expression} is {value}"), str::to_owned)
    }

    pub fn number(&mut self, expression: &str) -> f64 {
        self.evaluate(expression).as_f64().unwrap_or_else(|| panic!("{expression} is no number"))
    }

    pub fn key(&mut self, key: &str) {
        let text = if key.len() == 1 { key } else { "" };
        self.call("Input.dispatchKeyEvent", json!({ "type": "keyDown", "key": key, "text": text }));
        self.call("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": key }));
    }

    pub fn wheel(&mut self, [x, y]: [f64; 2], down: f64) {
        self.call("Input.dispatchMouseEvent", json!({ "type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": down }));
    }

    /// Waits until what was asked for is painted.
    pub fn next_frame(&mut self) {
        self.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
    }

    /// Lets timers of so many milliseconds run out at once.
    pub fn run_ahead(&mut self, millis: f64) {
        self.expired = false;
        self.call("Emulation.setVirtualTimePolicy", json!({ "policy": "advance", "budget": millis }));
        while !self.expired {
            let message = self.message();
            self.note(&message);
        }
    }

    /// What it complained of, and every request but that for the page itself and for what stands in it.
    pub fn complaints(&mut self) -> Vec<String> {
        self.evaluate("true");
        std::mem::take(&mut self.complaints)
    }

    fn evaluate(&mut self, expression: &str) -> Value {
        let parameters = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let result = self.call("Runtime.evaluate", parameters);
        assert!(result.get("exceptionDetails").is_none(), "{expression}: {result}");
        result["result"]["value"].clone()
    }

    fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.asked += 1;
        let mut message = json!({ "id": self.asked, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.to.write_all(format!("{message}\0").as_bytes()).expect("it listens");
        loop {
            let answer = self.message();
            if answer["id"] == self.asked {
                assert!(answer.get("error").is_none(), "{method}: {answer}");
                return answer["result"].clone();
            }
            self.note(&answer);
        }
    }

    fn message(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.from.read_until(0, &mut bytes).expect("it speaks");
        assert_eq!(bytes.pop(), Some(0), "the browser ended");
        serde_json::from_slice(&bytes).expect("JSON")
    }

    fn note(&mut self, event: &Value) {
        let about = &event["params"];
        match event["method"].as_str() {
            Some("Runtime.exceptionThrown" | "Runtime.consoleAPICalled" | "Log.entryAdded") => self.complaints.push(about.to_string()),
            Some("Network.requestWillBeSent") => {
                let address = about["request"]["url"].as_str().unwrap_or_default();
                if !address.ends_with("/lecture.html") && !address.starts_with("data:") {
                    self.complaints.push(format!("asked for {address}"));
                }
            }
            Some("Emulation.virtualTimeBudgetExpired") => self.expired = true,
            _ => {}
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
