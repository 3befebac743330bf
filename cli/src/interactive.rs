//! The prompt: history, completion of commands, options and domains.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{Config, Context, Editor, Helper};
use tokio::runtime::Runtime;

use crate::command::{Command, Complete, Kind, Opt};
use crate::commands;
use crate::failure::Failure;
use crate::run;
use crate::shell::Shell;
use crate::split::split;

const WELCOME: &str = "Welcome to virsh, the virtualization interactive terminal.\n\n\
Type:  'help' for help with commands\n       'quit' to quit\n";

/// Reads and runs commands until `quit` or the end of the input.
pub(crate) fn run(shell: &mut Shell, runtime: &Runtime) -> Result<(), Failure> {
    shell.note(WELCOME)?;
    if !io::stdin().is_terminal() {
        return from_a_pipe(shell, runtime);
    }
    let mut editor = editor()?;
    let history = history_file();
    if let Some(path) = &history {
        // A first session has no history.
        let _ = editor.load_history(path);
    }
    while !shell.ended {
        if let Some(helper) = editor.helper_mut() {
            helper.domains = runtime.block_on(domain_names(shell));
        }
        match editor.readline(prompt(shell)) {
            Ok(line) => {
                let _ = editor.add_history_entry(line.as_str());
                runtime.block_on(one_line(shell, &line));
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => break,
            Err(error) => return Err(terminal(error)),
        }
    }
    if let Some(path) = &history {
        let _ = editor.save_history(path);
    }
    shell.line("")
}

/// Lines that nobody types are shown behind the prompt, as if somebody had.
fn from_a_pipe(shell: &mut Shell, runtime: &Runtime) -> Result<(), Failure> {
    let mut lines = io::stdin().lines();
    while !shell.ended {
        shell.print(prompt(shell))?;
        let Some(line) = lines.next() else { break };
        let line = line.map_err(|error| terminal(ReadlineError::Io(error)))?;
        shell.line(&line)?;
        runtime.block_on(one_line(shell, &line));
    }
    shell.line("")
}

/// What fails has been reported; the prompt goes on.
async fn one_line(shell: &mut Shell, line: &str) {
    match split(line).and_then(|commands| run::parse(shell, &commands)) {
        Ok(commands) => {
            let _ = run::all(shell, &commands).await;
        }
        Err(failure) => shell.report(&failure),
    }
}

/// `virsh # ` with the rights to change things, `virsh > ` without.
fn prompt(shell: &Shell) -> &'static str {
    if shell.options.read_only {
        "virsh > "
    } else {
        "virsh # "
    }
}

fn editor() -> Result<Editor<Completion, FileHistory>, Failure> {
    let size = std::env::var("VIRSH_HISTSIZE").ok();
    let size = size.and_then(|text| text.parse().ok()).unwrap_or(500);
    let config = Config::builder().max_history_size(size).map_err(terminal)?;
    let mut editor = Editor::with_config(config.build()).map_err(terminal)?;
    editor.set_helper(Some(Completion::default()));
    Ok(editor)
}

fn terminal(error: ReadlineError) -> Failure {
    Failure::File {
        action: "read from",
        path: "the terminal".to_owned(),
        cause: io::Error::other(error),
    }
}

/// `$XDG_CACHE_HOME/libvirt/virsh/history`, where the C `virsh` keeps it too.
fn history_file() -> Option<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))?;
    let folder = cache.join("libvirt/virsh");
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder.join("history"))
}

/// The names that complete a `<domain>`; none where there is no connection yet.
async fn domain_names(shell: &mut Shell) -> Vec<String> {
    let Some(connection) = shell.open_connection() else {
        return Vec::new();
    };
    let Ok(domains) = connection.list_all_domains(Default::default()).await else {
        return Vec::new();
    };
    domains
        .iter()
        .map(|domain| domain.name().to_owned())
        .collect()
}

#[derive(Default)]
struct Completion {
    domains: Vec<String>,
}

impl Helper for Completion {}
impl Highlighter for Completion {}
impl Validator for Completion {}
impl Hinter for Completion {
    type Hint = String;
}

impl Completer for Completion {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let typed = line.get(..position).unwrap_or(line);
        let start = typed.rfind([' ', ';']).map_or(0, |blank| blank + 1);
        let word = typed.get(start..).unwrap_or_default();
        let pairs = self
            .candidates(typed, word)
            .into_iter()
            .filter(|candidate| candidate.starts_with(word))
            .map(|candidate| Pair {
                display: candidate.clone(),
                replacement: candidate,
            })
            .collect();
        Ok((start, pairs))
    }
}

impl Completion {
    /// What may stand where `word` is being typed, at the end of `typed`.
    fn candidates(&self, typed: &str, word: &str) -> Vec<String> {
        let command = typed.rsplit(';').next().unwrap_or(typed);
        let mut before: Vec<&str> = command.split_whitespace().collect();
        if !word.is_empty() {
            before.pop();
        }
        let Some((name, given)) = before.split_first() else {
            return commands::ALL.iter().map(|c| c.name.to_owned()).collect();
        };
        let Some(command) = commands::find(name) else {
            return Vec::new();
        };
        if word.starts_with("--") {
            return command.options().map(|o| format!("--{}", o.name)).collect();
        }
        expected(command, given).map_or_else(Vec::new, |option| self.values(option.complete))
    }

    fn values(&self, complete: Complete) -> Vec<String> {
        match complete {
            Complete::Nothing | Complete::File => Vec::new(),
            Complete::Domain => self.domains.clone(),
            Complete::Command => commands::ALL.iter().map(|c| c.name.to_owned()).collect(),
            Complete::Words(words) => words.iter().map(|&word| word.to_owned()).collect(),
        }
    }
}

/// The option that the next bare word would give.
fn expected<'c>(command: &'c Command, given: &[&str]) -> Option<&'c Opt> {
    if let Some(named) = given.last().and_then(|word| word.strip_prefix("--")) {
        let option = command.option(named)?;
        if option.kind != Kind::Flag {
            return Some(option);
        }
    }
    let bare = given.iter().filter(|word| !word.starts_with("--")).count();
    command
        .options()
        .filter(|option| option.is_positional())
        .nth(bare)
}

#[cfg(test)]
mod tests {
    use super::Completion;

    #[track_caller]
    fn check(typed: &str, expected: &[&str]) {
        let completion = Completion {
            domains: vec!["alpha".to_owned(), "beta".to_owned()],
        };
        let word = typed.rsplit([' ', ';']).next().unwrap_or_default();
        let mut candidates = completion.candidates(typed, word);
        candidates.retain(|candidate| candidate.starts_with(word));
        assert_eq!(candidates, expected, "{typed:?}");
    }

    #[test]
    fn commands_options_and_values_complete() {
        check("dumpx", &["dumpxml"]);
        check("uri;dumpx", &["dumpxml"]);
        check("domstate al", &["alpha"]);
        check("domstate --domain b", &["beta"]);
        check("domstate alpha --re", &["--reason"]);
        check("nosuch ", &[]);
    }
}
