//! From the program's arguments to commands that run one after another.

use std::time::Instant;

use crate::arguments::Arguments;
use crate::command::Command;
use crate::commands;
use crate::failure::Failure;
use crate::help;
use crate::interactive;
use crate::log::{Level, Log};
use crate::options::{Commands, Options, Task};
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
        Task::Help => {
            return Ok(Shell::new(Options::default(), Log::none()).print(&program_help())?);
        }
        Task::Version { long } => {
            return Ok(Shell::new(Options::default(), Log::none()).line(&version(long))?);
        }
    };
    let log = Log::open(&options)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|cause| Failure::File {
            action: "start",
            path: "the runtime".to_owned(),
            cause,
        })?;
    let mut shell = Shell::new(options, log);
    let ended = runtime.block_on(start(&mut shell, commands));
    let ended = match ended {
        Ok(Next::Prompt) => interactive::run(&mut shell, &runtime).map_err(Ended::Failed),
        Ok(Next::End) => Ok(()),
        Err(ended) => Err(ended),
    };
    runtime.block_on(shell.disconnect());
    ended
}

/// What follows the start.
enum Next {
    Prompt,
    End,
}

/// Everything is read before anything is done, and a connection that is asked for by name must be
/// there before the first command.
async fn start(shell: &mut Shell, commands: Commands) -> Result<Next, Ended> {
    let parsed = match commands {
        Commands::Prompt => None,
        Commands::Text(text) if text.is_empty() => return Err(Ended::Reported),
        Commands::Text(text) => {
            shell.log.say(Level::Info, &format!("commands: \"{text}\""));
            Some(parse(shell, &split(&text)?)?)
        }
        Commands::Words(words) => {
            let text = words.join("\" \"");
            shell.log.say(Level::Info, &format!("command: \"{text}\""));
            Some(parse(shell, &[words])?)
        }
    };
    if shell.options.uri.is_some() {
        shell.connection().await?;
    }
    match parsed {
        None => Ok(Next::Prompt),
        Some(commands) => all(shell, &commands).await.map(|()| Next::End),
    }
}

/// Commands with their arguments.
pub(crate) type Parsed = Vec<(&'static Command, Arguments)>;

/// Reads commands; one that cannot be read means that none is run.
pub(crate) fn parse(shell: &Shell, commands: &[Vec<String>]) -> Result<Parsed, Failure> {
    let parsed = commands.iter().filter_map(|words| words.split_first());
    parsed
        .map(|(name, rest)| {
            let command = commands::find(name)
                .ok_or_else(|| Failure::UnknownCommand { name: name.clone() })?;
            let arguments = Arguments::parse(command, rest)?;
            for (option, value) in arguments.given() {
                let text = format!("{}: {option}{value}", command.name);
                shell.log.say(Level::Info, &text);
            }
            Ok((command, arguments))
        })
        .collect()
}

/// Runs commands in their order, to the last or to `quit`. Each failure is reported; how the last
/// one ended is how all ended.
pub(crate) async fn all(shell: &mut Shell, commands: &Parsed) -> Result<(), Ended> {
    let mut last = Ok(());
    for (command, arguments) in commands {
        last = one(shell, command, arguments).await;
        if shell.ended {
            break;
        }
    }
    last
}

async fn one(shell: &mut Shell, command: &Command, arguments: &Arguments) -> Result<(), Ended> {
    let started = Instant::now();
    let done = work(shell, command, arguments).await;
    if let Err(failure) = &done {
        shell.report(failure);
    }
    if shell.ended {
        return done.map_err(|_| Ended::Reported);
    }
    if shell.options.timing {
        let spent = started.elapsed().as_secs_f64() * 1000.0;
        shell.line(&format!("\n(Time: {spent:.3} ms)\n"))?;
    } else {
        shell.note("")?;
    }
    done.map_err(|_| Ended::Reported)
}

async fn work(shell: &mut Shell, command: &Command, arguments: &Arguments) -> Result<(), Failure> {
    if arguments.asks_for_help() {
        return shell.print(&help::of_command(command));
    }
    arguments.check_values(command)?;
    (command.run)(shell, arguments).await
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
    -d | --debug=NUM        debug level [0-4]
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
