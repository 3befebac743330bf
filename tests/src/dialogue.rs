//! Talking to the test guest over its console, through our own client.

use std::time::Duration;

use ferrovirt::flags::DomainConsoleFlags;
use ferrovirt::{Chunk, Domain, Stream};
use tokio::time::{Instant, timeout, timeout_at};

/// What the guest's first process says when it listens.
pub const GREETING: &str = "Ferrovirt guest ready";

/// A guest that is emulated on a busy machine may take so long for an answer.
pub const PATIENCE: Duration = Duration::from_secs(150);

const PROMPT: &str = "guest> ";

/// The guest's console, line by line.
#[derive(Debug)]
pub struct Dialogue {
    stream: Stream,
    heard: String,
}

impl From<Stream> for Dialogue {
    fn from(stream: Stream) -> Self {
        Self {
            stream,
            heard: String::new(),
        }
    }
}

impl Dialogue {
    /// Opens the first console of a running domain.
    ///
    /// # Panics
    ///
    /// When it cannot be opened.
    pub async fn open(domain: &Domain) -> Self {
        Self::open_device(domain, None).await
    }

    /// Opens a console by the alias of its device.
    ///
    /// # Panics
    ///
    /// When it cannot be opened.
    pub async fn open_device(domain: &Domain, device: Option<&str>) -> Self {
        let stream = domain.open_console(device, DomainConsoleFlags::empty());
        stream.await.expect("the guest's console").into()
    }

    /// Waits until the guest listens.
    pub async fn greeted(&mut self) {
        self.until(GREETING).await;
        self.until(PROMPT).await;
    }

    /// Everything up to and with `word`.
    ///
    /// # Panics
    ///
    /// When the guest ends before, or does not say it in time.
    pub async fn until(&mut self, word: &str) -> String {
        // A guest in trouble may go on complaining, so that silence alone would not end this.
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.heard.find(word) {
                let rest = self.heard.split_off(at + word.len());
                return std::mem::replace(&mut self.heard, rest);
            }
            match timeout_at(deadline, self.next()).await {
                Ok(Some(text)) => self.heard.push_str(&text),
                Ok(None) => panic!("the guest ended before {word:?}: {}", self.heard),
                Err(_) => panic!("the guest never said {word:?}: {}", self.heard),
            }
        }
    }

    /// The lines with which the guest answers a command that succeeds.
    ///
    /// # Panics
    ///
    /// When it fails, or the guest falls silent.
    pub async fn ask(&mut self, command: &str) -> Vec<String> {
        self.say(command).await;
        let answer = self.until(PROMPT).await;
        let mut lines: Vec<String> = answer
            .lines()
            .map(|line| line.trim_end().to_owned())
            .filter(|line| !line.is_empty() && line != PROMPT.trim_end() && line != command)
            .collect();
        assert_eq!(
            lines.pop().as_deref(),
            Some("ok"),
            "the guest's answer to {command:?}: {answer}"
        );
        lines
    }

    /// Types a line and does not wait for the answer.
    ///
    /// # Panics
    ///
    /// When the console is closed.
    pub async fn say(&self, line: &str) {
        let bytes = format!("{line}\n").into_bytes().into();
        self.stream.send(bytes).await.expect("type a line");
    }

    /// Waits until the console closes: the guest's machine is gone.
    ///
    /// # Panics
    ///
    /// When it stays.
    pub async fn closed(&mut self) {
        let closing = async { while self.next().await.is_some() {} };
        let closed = timeout(PATIENCE, closing).await;
        closed.expect("the end of the guest");
    }

    async fn next(&mut self) -> Option<String> {
        let chunk = self.stream.recv().await;
        match chunk.expect("the console") {
            Some(Chunk::Data(bytes)) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Some(Chunk::Hole(_)) => Some(String::new()),
            None => None,
        }
    }
}
