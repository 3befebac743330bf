//! Cutting the monitor's output into lines, one JSON object each.

use bytes::{Buf, BytesMut};

/// The longest line that is accepted, in bytes. QEMU's longest reply by far is that of
/// `query-qmp-schema`, about 200 KiB.
pub const LINE_MAX: usize = 64 * 1024 * 1024;

/// A line that does not end within the limit. What follows cannot be made sense of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a line of more than {limit} bytes came from QEMU")]
pub struct LineTooLong {
    /// The limit, in bytes.
    pub limit: usize,
}

/// Bytes received but not yet cut into lines.
#[derive(Debug)]
pub struct Lines {
    buffer: BytesMut,
    /// Up to here there is no end of line.
    scanned: usize,
    limit: usize,
}

/// A buffer that has grown beyond this is given back when it is empty.
const KEEP: usize = 64 * 1024;

impl Lines {
    /// With a limit on the length of a line.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Lines {
            buffer: BytesMut::new(),
            scanned: 0,
            limit,
        }
    }

    /// Where received bytes go.
    pub fn buffer(&mut self) -> &mut BytesMut {
        &mut self.buffer
    }

    /// Adds received bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next whole line, without its end; empty lines are left out.
    ///
    /// # Errors
    /// When the line exceeds the limit; from then on always.
    pub fn next_line(&mut self) -> Result<Option<BytesMut>, LineTooLong> {
        loop {
            let unscanned = self.buffer.get(self.scanned..).unwrap_or_default();
            let Some(end) = unscanned.iter().position(|&b| b == b'\n') else {
                self.scanned = self.buffer.len();
                return self.wait_for_more();
            };
            let end = self.scanned + end;
            if end > self.limit {
                return Err(LineTooLong { limit: self.limit });
            }
            let mut line = self.buffer.split_to(end);
            self.buffer.advance(1);
            self.scanned = 0;
            let content = line.trim_ascii_end().len();
            line.truncate(content);
            if !line.trim_ascii_start().is_empty() {
                return Ok(Some(line));
            }
        }
    }

    fn wait_for_more(&mut self) -> Result<Option<BytesMut>, LineTooLong> {
        if self.scanned > self.limit {
            return Err(LineTooLong { limit: self.limit });
        }
        if self.buffer.is_empty() && self.buffer.capacity() > KEEP {
            self.buffer = BytesMut::new();
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::{LineTooLong, Lines};

    fn check(chunks: &[&str], expected: &[&str]) {
        let mut lines = Lines::new(8);
        let mut found = Vec::new();
        for chunk in chunks {
            lines.feed(chunk.as_bytes());
            while let Some(line) = lines.next_line().unwrap() {
                found.push(String::from_utf8(line.to_vec()).unwrap());
            }
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_are_cut_wherever_the_chunks_end() {
        check(&["a\r\nb\n"], &["a", "b"]);
        check(&["a", "\r", "\n", "\n\nb", "\nc"], &["a", "b"]);
        check(&["  \r\n", "12345678\n"], &["12345678"]);
    }

    #[test]
    fn a_line_beyond_the_limit_is_an_error_for_good() {
        let mut lines = Lines::new(8);
        lines.feed(b"123456789");
        assert_eq!(lines.next_line(), Err(LineTooLong { limit: 8 }));
        lines.feed(b"\nshort\n");
        assert_eq!(lines.next_line(), Err(LineTooLong { limit: 8 }));
    }
}
