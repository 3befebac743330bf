//! Changing a document in the user's editor.

use std::fs::Permissions;
use std::io::{self, BufRead, IsTerminal, Write};
use std::os::unix::fs::PermissionsExt;

use process::{Program, Spawn, Stdio};
use rustix::fs::{Mode, OFlags};

use crate::failure::Failure;
use crate::shell::Shell;

/// A document in a file that only its owner reads; the file goes with the value.
pub(crate) struct Draft {
    path: String,
}

/// What the user wants done about a refused document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Edit it again.
    Again,
    /// Throw the changes away.
    Forget,
    /// Define it without checking it against the schema.
    Relax,
    /// Try it as it is once more.
    Force,
}

impl Draft {
    /// Writes `text` to a new file for the editor.
    pub(crate) fn new(text: &str, extension: &str) -> Result<Self, Failure> {
        let directory = std::env::var("TMPDIR").unwrap_or_else(|_| "/tmp".to_owned());
        let (path, mut file) = create(&directory, extension)?;
        let draft = Self { path };
        file.write_all(text.as_bytes())
            .map_err(|cause| draft.failure("write to file", cause))?;
        Ok(draft)
    }

    /// Lets the user edit the file, and reads it back.
    pub(crate) async fn edit(&self) -> Result<String, Failure> {
        let editor = ["VISUAL", "EDITOR"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
            .unwrap_or_else(|| "sensible-editor".to_owned());
        let mut spawn = Spawn::new(Program::Shell);
        // The editor's words are the shell's to split; the file's name is handed over whole.
        spawn.args(["-c", &format!("{editor} \"$1\""), "sh", &self.path]);
        spawn.stdin(Stdio::Inherit);
        spawn.stdout(Stdio::Inherit).stderr(Stdio::Inherit);
        for (name, value) in std::env::vars_os() {
            spawn.env(name, value);
        }
        let status = spawn
            .spawn()
            .map_err(io::Error::other)
            .map_err(|cause| Failure::File {
                action: "start the editor",
                path: editor.clone(),
                cause,
            })?
            .wait()
            .await
            .map_err(|error| self.failure("edit file", io::Error::other(error)))?;
        if !status.success() {
            return Err(Failure::Editor {
                editor,
                path: self.path.clone(),
                status: status.to_string(),
            });
        }
        std::fs::read_to_string(&self.path).map_err(|cause| self.failure("read file", cause))
    }

    fn failure(&self, action: &'static str, cause: io::Error) -> Failure {
        Failure::File {
            action,
            path: self.path.clone(),
            cause,
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // The editor may have removed it already.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Asks what is to be done about a refused document. Without a terminal there is nobody to ask,
/// and the changes are thrown away.
pub(crate) fn ask(shell: &Shell, message: &str, relax: bool) -> Result<Answer, Failure> {
    if !io::stdin().is_terminal() {
        return Ok(Answer::Forget);
    }
    let choices = if relax { "y,n,i,f,?" } else { "y,n,f,?" };
    loop {
        shell.print(&format!("\n{message} Try again? [{choices}]: "))?;
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line);
        if read.map_err(|cause| Failure::File {
            action: "read from",
            path: "the terminal".to_owned(),
            cause,
        })? == 0
        {
            return Ok(Answer::Forget);
        }
        match line.trim() {
            "y" | "Y" => return Ok(Answer::Again),
            "n" | "N" => return Ok(Answer::Forget),
            "f" | "F" => return Ok(Answer::Force),
            "i" | "I" if relax => return Ok(Answer::Relax),
            _ => help(shell, relax)?,
        }
    }
}

fn help(shell: &Shell, relax: bool) -> Result<(), Failure> {
    shell.line("y - yes, start the editor again")?;
    shell.line("n - no, throw away my changes")?;
    if relax {
        shell.line("i - define it without checking it against the schema")?;
    }
    shell.line("f - try once more what I have written")?;
    shell.line("? - print this help")
}

/// A new file with a name that nobody guesses.
fn create(directory: &str, extension: &str) -> Result<(String, std::fs::File), Failure> {
    let failure = |path: &str, cause| Failure::File {
        action: "create temporary file",
        path: path.to_owned(),
        cause,
    };
    let flags = OFlags::CREATE | OFlags::EXCL | OFlags::WRONLY | OFlags::CLOEXEC;
    loop {
        let path = format!("{directory}/virsh{}{extension}", random_letters(&failure)?);
        match rustix::fs::open(&path, flags, Mode::RUSR | Mode::WUSR) {
            Err(rustix::io::Errno::EXIST) => {}
            Err(error) => return Err(failure(&path, error.into())),
            Ok(fd) => {
                let file = std::fs::File::from(fd);
                // Whatever the mask was, the editor's user must be able to write it.
                file.set_permissions(Permissions::from_mode(0o600))
                    .map_err(|cause| failure(&path, cause))?;
                return Ok((path, file));
            }
        }
    }
}

fn random_letters(failure: &impl Fn(&str, io::Error) -> Failure) -> Result<String, Failure> {
    let mut bytes = [0_u8; 6];
    rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty())
        .map_err(|error| failure("random", error.into()))?;
    Ok(bytes.iter().map(|&byte| letter(byte)).collect())
}

fn letter(byte: u8) -> char {
    char::from(b'A' + byte % 26)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    use super::Draft;

    #[test]
    fn a_draft_is_its_owner_s_alone_and_goes_with_its_value() {
        let draft = Draft::new("<a/>\n", ".xml").expect("a draft");
        let path = draft.path.clone();
        assert!(path.ends_with(".xml"));
        assert_eq!(
            std::fs::read_to_string(&path).ok().as_deref(),
            Some("<a/>\n")
        );
        let mode = std::fs::metadata(&path).map(|it| it.permissions().mode() & 0o777);
        assert_eq!(mode.ok(), Some(0o600));
        drop(draft);
        assert!(!Path::new(&path).exists());
    }
}
