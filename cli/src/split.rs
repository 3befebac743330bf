//! A command string into commands and words, as `virsh` has always split them: blanks separate
//! words, `;` and the end of a line separate commands, quotes and the backslash protect, `#` at
//! the start of a word begins a comment.

use std::iter::Peekable;
use std::str::Chars;

use crate::failure::Failure;

/// The words of each command in `text`; empty commands are left out.
pub(crate) fn split(text: &str) -> Result<Vec<Vec<String>>, Failure> {
    let mut commands = Vec::new();
    let mut words = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(&next) = rest.peek() {
        match next {
            ' ' | '\t' | '\r' => {
                rest.next();
            }
            ';' | '\n' => {
                rest.next();
                end_command(&mut words, &mut commands);
            }
            '#' => while rest.next_if(|&c| c != '\n').is_some() {},
            _ => words.push(word(&mut rest)?),
        }
    }
    end_command(&mut words, &mut commands);
    Ok(commands)
}

fn end_command(words: &mut Vec<String>, commands: &mut Vec<Vec<String>>) {
    if !words.is_empty() {
        commands.push(std::mem::take(words));
    }
}

fn word(rest: &mut Peekable<Chars<'_>>) -> Result<String, Failure> {
    let mut word = String::new();
    while let Some(next) = rest.next_if(|c| !matches!(c, ' ' | '\t' | '\r' | '\n' | ';')) {
        match next {
            '\'' => quoted(rest, '\'', &mut word)?,
            '"' => quoted(rest, '"', &mut word)?,
            '\\' => word.push(rest.next().ok_or(Failure::DanglingBackslash)?),
            other => word.push(other),
        }
    }
    Ok(word)
}

fn quoted(rest: &mut Peekable<Chars<'_>>, quote: char, word: &mut String) -> Result<(), Failure> {
    loop {
        match rest.next() {
            None => return Err(Failure::OpenQuote { quote }),
            Some(next) if next == quote => return Ok(()),
            Some('\\') if quote == '"' => word.push(rest.next().ok_or(Failure::DanglingBackslash)?),
            Some(next) => word.push(next),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[track_caller]
    fn check(text: &str, commands: &[&[&str]]) {
        let expected: Vec<Vec<String>> = commands
            .iter()
            .map(|words| words.iter().map(|&word| word.to_owned()).collect())
            .collect();
        assert_eq!(split(text).expect("a text that splits"), expected);
    }

    #[test]
    fn blanks_separate_words_and_semicolons_commands() {
        check("list --all; uri", &[&["list", "--all"], &["uri"]]);
        check(" ;; list ;\n\nuri\n", &[&["list"], &["uri"]]);
        check("", &[]);
    }

    #[test]
    fn quotes_and_backslashes_protect() {
        check(
            "echo 'a b' \"c;d\" e\\ f",
            &[&["echo", "a b", "c;d", "e f"]],
        );
        check(r#"echo '\n' "\"" a'b'c"#, &[&["echo", "\\n", "\"", "abc"]]);
        check("echo ''", &[&["echo", ""]]);
    }

    #[test]
    fn a_comment_runs_to_the_end_of_its_line() {
        check("# nothing\nlist # all\nuri", &[&["list"], &["uri"]]);
        check("echo a#b", &[&["echo", "a#b"]]);
    }

    #[test]
    fn what_is_not_closed_is_refused() {
        assert!(split("echo 'a").is_err());
        assert!(split("echo \"a").is_err());
        assert!(split("echo a\\").is_err());
    }
}
