//! Arguments as one line that a shell reads back as the same words.

use std::fmt::Write as _;

/// Quotes one word, if it needs quoting.
pub fn quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@%_+=:,./-".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// One line: variables of the environment, the program, its arguments; an option starts a continued line.
pub fn join<'a>(
    env: impl IntoIterator<Item = (&'a str, &'a str)>,
    program: &str,
    args: impl IntoIterator<Item = &'a str>,
) -> String {
    let mut line = String::new();
    for (name, value) in env {
        let _ = writeln!(line, "{name}={} \\", quote(value));
    }
    line.push_str(&quote(program));
    for arg in args {
        let option = arg.len() > 1 && arg.starts_with('-') && !starts_like_a_number(arg);
        line.push_str(if option { " \\\n" } else { " " });
        line.push_str(&quote(arg));
    }
    line.push('\n');
    line
}

/// `-1` is a value, not an option.
fn starts_like_a_number(arg: &str) -> bool {
    arg.chars().nth(1).is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_only_where_a_shell_would_read_something_else() {
        assert_eq!(quote("pc,usb=off"), "pc,usb=off");
        assert_eq!(quote("a b"), "'a b'");
        assert_eq!(quote("it's"), r"'it'\''s'");
        assert_eq!(quote(""), "''");
        assert_eq!(quote("{\"id\":1}"), "'{\"id\":1}'");
    }

    #[test]
    fn options_start_lines() {
        let line = join(
            [("LC_ALL", "C")],
            "/bin/q",
            ["-S", "-m", "size=1k", "-x", "-1"],
        );
        assert_eq!(
            line,
            "LC_ALL=C \\\n/bin/q \\\n-S \\\n-m size=1k \\\n-x -1\n"
        );
    }
}
