//! The log file of a VM: how it was started, what QEMU said, how it ended.
//!
//! QEMU writes into the file itself (`O_APPEND`), so that nothing it says depends on the daemon's being there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// So much of QEMU's last words is quoted in an error.
const TAIL_MAX: u64 = 4096;

/// The log of one VM, open for appending.
#[derive(Debug)]
pub struct Log {
    file: File,
    path: PathBuf,
    /// Where the words of the process that is being started begin.
    start: u64,
}

/// What the head of a start's section in the log says.
#[derive(Debug)]
pub struct Head<'a> {
    /// The version of QEMU.
    pub emulator_version: &'a str,
    /// The host's name.
    pub hostname: &'a str,
    /// The environment, complete.
    pub env: &'a [(String, String)],
    /// The program and its arguments.
    pub command: &'a [String],
}

impl Log {
    /// Opens the log, which is created (mode 0600) if it is not there.
    ///
    /// # Errors
    /// When the directory or the file cannot be made.
    pub fn open(path: &Path) -> io::Result<Self> {
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory)?;
        }
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .read(true)
            .mode(0o600)
            .open(path)?;
        let start = file.seek(SeekFrom::End(0))?;
        Ok(Self {
            file,
            path: path.to_owned(),
            start,
        })
    }

    /// Writes what is about to be started; what follows in the file is QEMU's.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn begin(&mut self, head: &Head<'_>) -> io::Result<()> {
        self.file.write_all(head.render(&timestamp()).as_bytes())?;
        self.start = self.file.seek(SeekFrom::End(0))?;
        Ok(())
    }

    /// A descriptor for the process to write to.
    ///
    /// # Errors
    /// When the process has no descriptors left.
    pub fn descriptor(&self) -> io::Result<std::os::fd::OwnedFd> {
        Ok(self.file.try_clone()?.into())
    }

    /// What QEMU said since [`Log::begin`], its end at most, without empty lines at either side.
    pub fn words(&self) -> String {
        words_since(&self.path, self.start)
    }
}

/// What a log says from an offset on, its end at most, without empty lines at either side.
pub fn words_since(path: &Path, start: u64) -> String {
    read_from(path, start).unwrap_or_else(|error| {
        tracing::warn!(path = %path.display(), %error, "cannot read a VM's log");
        String::new()
    })
}

/// Notes the end of a VM in its log. A full disk must not keep a VM from ending.
pub fn end(path: &Path, reason: &str) {
    let line = format!("{}: shutting down, reason={reason}\n", timestamp());
    let written = OpenOptions::new()
        .append(true)
        .open(path)
        .and_then(|mut file| file.write_all(line.as_bytes()));
    if let Err(error) = written {
        tracing::warn!(path = %path.display(), %error, "cannot note the end of a VM in its log");
    }
}

fn read_from(path: &Path, start: u64) -> io::Result<String> {
    let mut file = File::open(path)?;
    let end = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(start.max(end.saturating_sub(TAIL_MAX))))?;
    let mut words = Vec::new();
    file.take(TAIL_MAX).read_to_end(&mut words)?;
    Ok(String::from_utf8_lossy(&words).trim().to_owned())
}

fn timestamp() -> String {
    jiff::Timestamp::now()
        .strftime("%Y-%m-%d %H:%M:%S.%3f+0000")
        .to_string()
}

impl Head<'_> {
    /// The text, in a form that a shell takes back.
    fn render(&self, timestamp: &str) -> String {
        let mut text = format!(
            "{timestamp}: starting up ferrovirt version: {}, qemu version: {}, hostname: {}\n",
            env!("CARGO_PKG_VERSION"),
            self.emulator_version,
            self.hostname,
        );
        for (name, value) in self.env {
            text.push_str(&format!("{name}={} \\\n", quote(value)));
        }
        let mut words = self.command.iter().peekable();
        while let Some(word) = words.next() {
            text.push_str(&quote(word));
            // An option stands in one line with its value.
            let joined =
                word.starts_with('-') && words.peek().is_some_and(|next| !next.starts_with('-'));
            text.push_str(match (joined, words.peek().is_some()) {
                (true, _) => " ",
                (false, true) => " \\\n",
                (false, false) => "\n",
            });
        }
        text
    }
}

/// Quotes a word for a shell where that is needed.
fn quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-+=.,:/@%^".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_can_be_typed_into_a_shell() {
        let command = [
            "/usr/bin/qemu",
            "-S",
            "-m",
            "64",
            "-device",
            "{\"id\":\"it's\"}",
        ];
        let command = command.map(ToOwned::to_owned);
        let env = [("LC_ALL".to_owned(), "C".to_owned())];
        let head = Head {
            emulator_version: "10.0.2",
            hostname: "here",
            env: &env,
            command: &command,
        };
        let text = head.render("NOW");
        let (first, rest) = text.split_once('\n').unwrap();
        assert!(
            first.starts_with("NOW: starting up ferrovirt version: "),
            "{first}"
        );
        assert!(
            first.ends_with(", qemu version: 10.0.2, hostname: here"),
            "{first}"
        );
        assert_eq!(
            rest,
            "LC_ALL=C \\\n/usr/bin/qemu \\\n-S \\\n-m 64 \\\n-device '{\"id\":\"it'\\''s\"}'\n"
        );
    }

    #[test]
    fn the_last_words_are_those_of_this_start() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("log/a.log");
        let head = Head {
            emulator_version: "1",
            hostname: "h",
            env: &[],
            command: &[],
        };
        for words in ["first\n", "second\n\n"] {
            let mut log = Log::open(&path).unwrap();
            log.begin(&head).unwrap();
            File::from(log.descriptor().unwrap())
                .write_all(words.as_bytes())
                .unwrap();
            assert_eq!(log.words(), words.trim());
        }
        end(&path, "destroyed");
        assert!(
            fs::read_to_string(&path)
                .unwrap()
                .ends_with("shutting down, reason=destroyed\n")
        );
    }

    #[test]
    fn a_flood_of_words_is_cut_at_its_beginning() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.log");
        let log = Log::open(&path).unwrap();
        let flood = format!("{}END", "x".repeat(100_000));
        File::from(log.descriptor().unwrap())
            .write_all(flood.as_bytes())
            .unwrap();
        let words = log.words();
        assert_eq!(words.len(), 4096);
        assert!(words.ends_with("END"));
    }
}
