//! `echo`: print the arguments, quoted for a shell or for XML where asked.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "echo",
    group: Group::Shell,
    summary: "echo arguments",
    description: "Echo back arguments, possibly with quoting.",
    options: &[
        Opt::flag("shell", "escape for shell use"),
        Opt::flag("xml", "escape for XML use"),
        Opt::flag(
            "split",
            "split each argument on ','; ',,' is an escape sequence",
        ),
        Opt::flag("err", "output to stderr"),
        Opt::text("prefix", "prefix the message")
            .named_only()
            .or_empty(),
        Opt::rest("string", "arguments to echo"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(async move { run(shell, arguments) }),
};

fn run(shell: &Shell, arguments: &Arguments) -> Result<(), Failure> {
    arguments.exclusive("shell", "xml")?;
    arguments.exclusive("shell", "split")?;
    arguments.exclusive("xml", "split")?;
    let words = arguments.words("string");
    let text = if arguments.flag("split") {
        let parts = words.iter().flat_map(|word| split(word));
        parts.fold(String::new(), |text, part| text + &part + "\n")
    } else {
        let quoted: Vec<String> = words
            .iter()
            .map(|word| match word {
                word if arguments.flag("xml") => for_xml(word),
                word if arguments.flag("shell") => for_shell(word).into_owned(),
                word => word.clone(),
            })
            .collect();
        quoted.join(" ")
    };
    let text = match arguments.text("prefix") {
        Some(prefix) => format!("{prefix} {text}"),
        None => text,
    };
    if arguments.flag("err") {
        return writeln!(io::stderr().lock(), "error: {text}").map_err(Failure::Output);
    }
    shell.print(&text)
}

/// Splits at single commas; two commas are one of the text.
fn split(word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut rest = word.chars().peekable();
    while let Some(next) = rest.next() {
        if next == ',' && rest.next_if_eq(&',').is_none() {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(next);
        }
    }
    parts
}

fn for_xml(word: &str) -> String {
    word.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\'', "&apos;")
        .replace('"', "&quot;")
}

fn for_shell(word: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "%+,-./:=@_".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(format!("'{}'", word.replace('\'', r"'\''")))
}

#[cfg(test)]
mod tests {
    use super::{for_shell, for_xml, split};

    #[test]
    fn words_are_quoted_for_their_reader() {
        assert_eq!(for_shell("plain/1.5"), "plain/1.5");
        assert_eq!(for_shell("a b"), "'a b'");
        assert_eq!(for_shell("it's"), r"'it'\''s'");
        assert_eq!(for_shell(""), "''");
        assert_eq!(for_xml("<a>&'\""), "&lt;a&gt;&amp;&apos;&quot;");
    }

    #[test]
    fn two_commas_are_one_of_the_text() {
        assert_eq!(split("a,b,,c"), ["a", "b,c"]);
    }
}
