//! The help texts, made from the table of commands.

use std::fmt::Write as _;

use crate::arguments::kind_word;
use crate::command::{Bare, Command, Group, Kind, Opt};
use crate::commands;

/// All groups with a line for each command.
pub(crate) fn overview() -> String {
    let mut text = String::from("Grouped commands:\n\n");
    for group in Group::ALL {
        if let Some(part) = of_group(group) {
            text.push_str(&part);
            text.push('\n');
        }
    }
    text
}

/// One group with a line for each of its commands; nothing where it has none.
pub(crate) fn of_group(group: Group) -> Option<String> {
    let mut commands = commands::ALL
        .iter()
        .filter(|command| command.group == group)
        .peekable();
    commands.peek()?;
    let heading = format!(" {} (help keyword '{}'):\n", group.title(), group.keyword());
    Some(commands.fold(heading, |mut text, command| {
        let _ = writeln!(text, "    {:<30} {}", command.name, command.summary);
        text
    }))
}

/// One command with its options.
pub(crate) fn of_command(command: &Command) -> String {
    let mut text = format!(
        "  NAME\n    {} - {}\n\n  SYNOPSIS\n    {}\n\n  DESCRIPTION\n    {}\n",
        command.name,
        command.summary,
        synopsis(command),
        command.description.replace('\n', "\n    "),
    );
    if command.options().next().is_some() {
        text.push_str("\n  OPTIONS\n");
        for option in command.options() {
            let _ = writeln!(text, "    {:<15}  {}", form(option), option.help);
        }
    }
    text
}

fn synopsis(command: &Command) -> String {
    let mut text = command.name.to_owned();
    for option in command.options() {
        let shown = option.bare == Bare::Shown;
        let _ = match (option.kind, option.required, shown) {
            (Kind::Flag, ..) => write!(text, " [--{}]", option.name),
            (Kind::Rest, true, _) => write!(text, " <{}>...", option.name),
            (Kind::Rest, false, _) => write!(text, " [<{}>]...", option.name),
            (_, true, true) => write!(text, " <{}>", option.name),
            (_, true, false) => write!(text, " --{} <{}>", option.name, kind_word(option.kind)),
            (_, false, true) => write!(text, " [<{}>]", option.name),
            (_, false, false) => write!(text, " [--{} <{}>]", option.name, kind_word(option.kind)),
        };
    }
    text
}

fn form(option: &Opt) -> String {
    match (option.kind, option.bare) {
        (Kind::Flag, _) => format!("--{}", option.name),
        (Kind::Rest, _) => format!("[--{}] <{}>...", option.name, kind_word(option.kind)),
        (kind, Bare::Shown) => format!("[--{}] <{}>", option.name, kind_word(kind)),
        (kind, _) => format!("--{} <{}>", option.name, kind_word(kind)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{of_command, of_group, overview};
    use crate::command::{Group, Kind};
    use crate::commands;

    #[test]
    fn every_command_is_shown_once_in_its_group() {
        let overview = overview();
        for command in commands::ALL {
            let line = format!("    {:<30} {}\n", command.name, command.summary);
            assert_eq!(overview.matches(&line).count(), 1, "{}", command.name);
        }
        for group in Group::ALL {
            assert!(of_group(group).is_none_or(|part| overview.contains(&part)));
        }
    }

    #[test]
    fn the_declarations_are_well_formed() {
        let mut names = BTreeSet::new();
        for command in commands::ALL {
            assert!(names.insert(command.name), "{} twice", command.name);
            assert!(!command.summary.ends_with('.'), "{}", command.name);
            assert!(command.description.ends_with('.'), "{}", command.name);
            let mut options = BTreeSet::new();
            for option in command.options() {
                assert!(
                    options.insert(option.name),
                    "{}: {}",
                    command.name,
                    option.name
                );
                assert!(!option.help.is_empty(), "{}: {}", command.name, option.name);
                assert!(
                    !(option.required && option.kind == Kind::Flag),
                    "{}",
                    command.name
                );
            }
        }
    }

    #[test]
    fn the_json_of_every_showing_command_is_documented() {
        let page = include_str!("../../docs/virsh-json.md");
        for command in commands::ALL {
            let heading = format!("### `{}`\n", command.name);
            assert_eq!(page.contains(&heading), command.shows, "{}", command.name);
        }
    }

    #[test]
    fn a_command_s_help_has_the_known_form() {
        let echo = commands::find("echo").expect("echo");
        assert_eq!(
            of_command(echo),
            "  NAME\n    echo - echo arguments\n\n  SYNOPSIS\n    echo [--shell] [--xml] [--split] \
             [--err] [--prefix <string>] [<string>]...\n\n  DESCRIPTION\n    Echo back arguments, possibly with quoting.\n\n  \
             OPTIONS\n    --shell          escape for shell use\n    --xml            escape for XML \
             use\n    --split          split each argument on ','; ',,' is an escape sequence\n    \
             --err            output to stderr\n    --prefix <string>  prefix the message\n    \
             [--string] <string>...  arguments to echo\n"
        );
    }
}
