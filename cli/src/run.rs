//! From the program's arguments to commands that run one after another.

use std::time::Instant;

use crate::arguments::Arguments;
use crate::commands;
use crate::failure::Failure;
use crate::help;
use crate::interactive;
use crate::options::{Commands, Options, Task};
use crate::report::report;
use crate::shell::Shell;
use crate::split::split;

/// How the program ends when it does not succeed.
pub(crate) enum Ended {
    /// A command failed and has said so.
    Reported,
    /// This is still to be said.
    Failed(Failure),
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Runs the program with its arguments.
pub(crate) fn program(arguments: impl IntoIterator<Item = String>) -> Result<(), Ended> {
    let (options, commands) = match Options::parse(arguments)? {
        Task::Run(options, commands) => (options, commands),
        Task::Help => return Ok(Shell::new(Options::default()).print(&program_help())?),
        Task::Version { long } => {
            return Ok(Shell::new(Options::default()).line(&version(long))?);
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|source| Failure::File {
            action: "start",
            path: "the runtime".to_owned(),
            source,
        })?;
    let mut shell = Shell::new(options);
    let ended = match commands {
        Commands::Prompt => interactive::run(&mut shell, &runtime).map_err(Ended::Failed),
        Commands::Text(text) => runtime.block_on(batch(&mut shell, split(&text)?)),
        Commands::Words(words) => runtime.block_on(batch(&mut shell, vec![words])),
    };
    runtime.block_on(shell.disconnect());
    ended
}

/// Runs commands in their order; the first failure ends the batch.
async fn batch(shell: &mut Shell, commands: Vec<Vec<String>>) -> Result<(), Ended> {
    for words in commands {
        command(shell, &words).await?;
        if shell.ended {
            break;
        }
    }
    Ok(())
}

/// Runs one command and reports its failure.
pub(crate) async fn command(shell: &mut Shell, words: &[String]) -> Result<(), Ended> {
    let started = Instant::now();
    let done = checked(shell, words).await;
    if let Err(failure) = &done {
        report(failure);
    }
    if shell.options.timing {
        let spent = started.elapsed().as_secs_f64() * 1000.0;
        shell.line(&format!("\n(Time: {spent:.3} ms)\n"))?;
    } else {
        shell.note("")?;
    }
    done.map_err(|_| Ended::Reported)
}

async fn checked(shell: &mut Shell, words: &[String]) -> Result<(), Failure> {
    let Some((name, rest)) = words.split_first() else {
        return Ok(());
    };
    let command =
        commands::find(name).ok_or_else(|| Failure::UnknownCommand { name: name.clone() })?;
    if rest.iter().any(|word| word == "--help") {
        return shell.print(&help::of_command(command));
    }
    let arguments = Arguments::parse(command, rest)?;
    (command.run)(shell, &arguments).await
}

fn version(long: bool) -> String {
    let short = env!("CARGO_PKG_VERSION");
    if !long {
        return "11.3.0".to_owned();
    }
    format!(
        "virsh of Ferrovirt {short}, at API level 11.3.0\n\nReaches: daemons over unix and TCP sockets\n\
         Embeds: qemu:///embed?root=DIR, test:///default"
    )
}

fn program_help() -> String {
    format!(
        "\nvirsh [options]... [<command_string>]\nvirsh [options]... <command> [args...]\n\n  options:\n\
         {OPTIONS}  commands (non interactive mode):\n\n{}\n  (specify help <group> for details about \
         the commands in the group)\n\n  (specify help <command> for details about the command)\n\n",
        help::overview()
    )
}

const OPTIONS: &str = "    -c | --connect=URI      hypervisor connection URI
    -d | --debug=NUM        accepted for compatibility
    -e | --escape <char>    set escape sequence for console
    -h | --help             this help
    -k | --keepalive-interval=NUM
                            keepalive interval in seconds, 0 for disable
    -K | --keepalive-count=NUM
                            number of possible missed keepalive messages
    -l | --log=FILE         output logging to file
    -q | --quiet            quiet mode
    -r | --readonly         connect readonly
    -t | --timing           print timing information
    -v                      short version
    -V                      long version
         --version[=TYPE]   version, TYPE is short or long (default short)
";
