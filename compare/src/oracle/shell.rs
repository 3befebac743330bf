//! The words of a shell's command line.

/// Splits a command line as a POSIX shell does; nothing when a quote is not closed.
pub(super) fn words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = line.chars();
    while let Some(it) = characters.next() {
        match it {
            '\'' => quoted(&mut characters, '\'', word.get_or_insert_default())?,
            '"' => quoted(&mut characters, '"', word.get_or_insert_default())?,
            '\\' => match characters.next()? {
                '\n' => {}
                other => word.get_or_insert_default().push(other),
            },
            _ if it.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(it),
        }
    }
    words.extend(word);
    Some(words)
}

fn quoted(characters: &mut std::str::Chars<'_>, quote: char, word: &mut String) -> Option<()> {
    loop {
        match characters.next()? {
            it if it == quote => return Some(()),
            '\\' if quote == '"' => match characters.next()? {
                '\n' => {}
                it @ ('"' | '\\' | '$' | '`') => word.push(it),
                it => word.extend(['\\', it]),
            },
            it => word.push(it),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_line_ends_are_understood() {
        let line = "LC_ALL=C \\\n/bin/q -a '{\"x\": \"y z\"}' \\\n-b \"c\\\"d\" '' e\\ f it\\'s";
        let expected = [
            "LC_ALL=C",
            "/bin/q",
            "-a",
            "{\"x\": \"y z\"}",
            "-b",
            "c\"d",
            "",
            "e f",
            "it's",
        ];
        assert_eq!(words(line).unwrap(), expected);
    }

    #[test]
    fn an_open_quote_is_no_command_line() {
        assert_eq!(words("a 'b"), None);
        assert_eq!(words("a \"b"), None);
        assert_eq!(words("a \\"), None);
    }
}
