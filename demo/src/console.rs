//! Reading the guest's serial console, line by line.

use ferrovirt::{Chunk, Stream};

use crate::failure::Failure;

/// The console of a running guest.
pub(crate) struct Console {
    stream: Stream,
    lines: Lines,
}

impl Console {
    pub(crate) fn new(stream: Stream) -> Self {
        Self {
            stream,
            lines: Lines::default(),
        }
    }

    /// Shows what the guest says until a line that contains `wanted`.
    pub(crate) async fn show_until(&mut self, wanted: &str) -> Result<(), Failure> {
        loop {
            while let Some(line) = self.lines.next() {
                println!("  | {line}");
                if line.contains(wanted) {
                    return Ok(());
                }
            }
            match self.stream.recv().await? {
                Some(Chunk::Data(bytes)) => self.lines.add(&bytes),
                Some(Chunk::Hole(_)) => {}
                None => return Err(Failure::Ended),
            }
        }
    }
}

/// Bytes on their way to becoming lines, without the control sequences of firmware.
#[derive(Debug, Default)]
struct Lines {
    bytes: Vec<u8>,
}

impl Lines {
    fn add(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole line that says something.
    fn next(&mut self) -> Option<String> {
        loop {
            let end = self.bytes.iter().position(|byte| *byte == b'\n')?;
            let line: Vec<u8> = self.bytes.drain(..=end).collect();
            let text = printable(&String::from_utf8_lossy(&line));
            if !text.is_empty() {
                return Some(text);
            }
        }
    }
}

/// The text without escape sequences (ESC, then up to a letter) and control characters.
fn printable(text: &str) -> String {
    let mut kept = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            characters.by_ref().find(char::is_ascii_alphabetic);
        } else if !character.is_control() {
            kept.push(character);
        }
    }
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_whole_and_clean() {
        let mut lines = Lines::default();
        lines.add(b"\x1b[2J\x1b[0mSea");
        assert_eq!(lines.next(), None);
        lines.add(b"BIOS\r\n\r\nready\r\nguest> ");
        assert_eq!(lines.next().as_deref(), Some("SeaBIOS"));
        assert_eq!(lines.next().as_deref(), Some("ready"));
        assert_eq!(lines.next(), None);
    }
}
