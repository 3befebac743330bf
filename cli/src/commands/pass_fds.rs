//! `--pass-fds`: descriptors of whoever started `virsh`, for the guest's first process.

use std::os::fd::OwnedFd;

use crate::arguments::Arguments;
use crate::command::Opt;
use crate::failure::Failure;

/// The option.
pub(super) const PASS_FDS: Opt = Opt::text(
    "pass-fds",
    "numbers of descriptors for the guest, with commas",
)
.named();

/// Copies of the descriptors that the option names; none where it was not given.
pub(super) fn files(arguments: &Arguments) -> Result<Option<Vec<OwnedFd>>, Failure> {
    let Some(words) = arguments.text(PASS_FDS.name) else {
        return Ok(None);
    };
    let files: Result<Vec<OwnedFd>, Failure> = words.split(',').map(file).collect();
    files.map(Some)
}

fn file(word: &str) -> Result<OwnedFd, Failure> {
    let number = word.parse().map_err(|_| Failure::NoFdNumber {
        word: word.to_owned(),
    })?;
    process::duplicate(number).map_err(|cause| Failure::Fd { number, cause })
}

#[cfg(test)]
mod tests {
    use super::file;

    #[test]
    fn a_number_is_that_of_an_open_descriptor() {
        assert!(file("0").is_ok() || file("1").is_ok() || file("2").is_ok());
        let closed = file("1000000").map_err(|failure| failure.to_string());
        assert_eq!(
            closed.err().as_deref(),
            Some("Cannot duplicate FD 1000000: Bad file descriptor")
        );
        let word = file("x").map_err(|failure| failure.to_string());
        assert_eq!(word.err().as_deref(), Some("Unable to parse FD number 'x'"));
        assert!(file("-1").is_err());
    }
}
