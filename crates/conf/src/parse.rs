//! The grammar of configuration files.

use super::value::{Entry, Value};

/// The largest file that is read, in bytes.
pub const SIZE_MAX: usize = 10 * 1024 * 1024;

/// Where a file does not follow the grammar, and how.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {wrong}")]
pub struct ConfError {
    /// The line, from 1.
    pub line: usize,
    /// The column, in bytes from 1.
    pub column: usize,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A line begins with something else than a key or a comment.
    #[error("expected a key, which begins with a letter")]
    Key,
    /// There is no `=` after the key.
    #[error("expected '=' after the key")]
    Equals,
    /// There is no value.
    #[error("expected a value: a number, a text in quotes or a list in brackets")]
    Value,
    /// The closing quote is missing.
    #[error("the closing quote of this text is missing")]
    OpenText,
    /// The closing bracket is missing.
    #[error("the closing bracket of this list is missing")]
    OpenList,
    /// Two values of a list are not separated.
    #[error("expected ',' or ']' after a value of a list")]
    Separator,
    /// There is a list in a list.
    #[error("a list cannot hold another list")]
    NestedList,
    /// The number does not fit.
    #[error("the number is too large")]
    Number,
    /// Something follows the value.
    #[error("expected the end of the line after the value")]
    EndOfLine,
}

/// Reads the content of a configuration file.
///
/// # Errors
/// When it does not follow the grammar: the first place where it does not.
pub fn parse(text: &str) -> Result<Vec<Entry>, ConfError> {
    let mut cursor = Cursor {
        rest: text,
        line: 1,
        column: 1,
    };
    let mut entries = Vec::new();
    loop {
        cursor.skip_to_content();
        if cursor.rest.is_empty() {
            return Ok(entries);
        }
        entries.push(cursor.entry()?);
    }
}

/// What is still to be read, and where that is.
struct Cursor<'a> {
    rest: &'a str,
    line: usize,
    column: usize,
}

impl<'a> Cursor<'a> {
    fn entry(&mut self) -> Result<Entry, ConfError> {
        let line = self.line;
        let key = self.key()?;
        self.skip_blanks();
        if !self.take("=") {
            return Err(self.wrong(Wrong::Equals));
        }
        self.skip_blanks();
        let value = self.value(false)?;
        self.skip_blanks();
        match self.rest.chars().next() {
            None | Some('\n' | '\r' | '#') => Ok(Entry {
                key: key.to_owned(),
                value,
                line,
            }),
            Some(_) => Err(self.wrong(Wrong::EndOfLine)),
        }
    }

    fn key(&mut self) -> Result<&'a str, ConfError> {
        if !self.rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err(self.wrong(Wrong::Key));
        }
        Ok(self.take_while(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.'))
    }

    fn value(&mut self, in_list: bool) -> Result<Value, ConfError> {
        match self.rest.chars().next() {
            Some('[') if in_list => Err(self.wrong(Wrong::NestedList)),
            Some('[') => self.list(),
            Some('"' | '\'') => self.text().map(Value::Text),
            Some('-' | '0'..='9') => self.number(),
            _ => Err(self.wrong(Wrong::Value)),
        }
    }

    fn text(&mut self) -> Result<String, ConfError> {
        let (quote, one_line) = if self.rest.starts_with("\"\"\"") {
            ("\"\"\"", false)
        } else if self.rest.starts_with('"') {
            ("\"", true)
        } else {
            ("'", true)
        };
        let open = self.wrong(Wrong::OpenText);
        self.take(quote);
        let end = self.rest.find(quote).ok_or_else(|| open.clone())?;
        let text = self.rest.get(..end).unwrap_or_default();
        if one_line && text.contains('\n') {
            return Err(open);
        }
        self.advance(end + quote.len());
        Ok(text.to_owned())
    }

    fn number(&mut self) -> Result<Value, ConfError> {
        let start = self.wrong(Wrong::Number);
        let negative = self.take("-");
        let digits = self.take_while(|c| c.is_ascii_digit());
        if digits.is_empty() {
            return Err(self.wrong(Wrong::Value));
        }
        let sign = if negative { "-" } else { "" };
        format!("{sign}{digits}")
            .parse()
            .map(Value::Int)
            .map_err(|_| start)
    }

    fn list(&mut self) -> Result<Value, ConfError> {
        let open = self.wrong(Wrong::OpenList);
        self.take("[");
        let mut items = Vec::new();
        loop {
            self.skip_to_content();
            if self.take("]") {
                return Ok(Value::List(items));
            }
            if self.rest.is_empty() {
                return Err(open);
            }
            items.push(self.value(true)?);
            self.skip_to_content();
            if !self.take(",") && !self.rest.is_empty() && !self.rest.starts_with(']') {
                return Err(self.wrong(Wrong::Separator));
            }
        }
    }

    /// Over blanks, ends of lines and comments.
    fn skip_to_content(&mut self) {
        loop {
            self.take_while(|c| c.is_ascii_whitespace());
            if !self.rest.starts_with('#') {
                return;
            }
            self.take_while(|c| c != '\n');
        }
    }

    fn skip_blanks(&mut self) {
        self.take_while(|c| c == ' ' || c == '\t');
    }

    fn take(&mut self, expected: &str) -> bool {
        let there = self.rest.starts_with(expected);
        if there {
            self.advance(expected.len());
        }
        there
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        self.advance(end)
    }

    /// Goes on by so many bytes, the end of a character.
    fn advance(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        match taken.rfind('\n') {
            Some(newline) => {
                self.line += taken.matches('\n').count();
                self.column = taken.len() - newline;
            }
            None => self.column += taken.len(),
        }
        self.rest = rest;
        taken
    }

    fn wrong(&self, wrong: Wrong) -> ConfError {
        ConfError {
            line: self.line,
            column: self.column,
            wrong,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Value, Wrong, parse};
    use proptest::prelude::*;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn check(file: &str, expected: &[(&str, Value)]) {
        let entries = parse(file).unwrap();
        let found: Vec<_> = entries
            .iter()
            .map(|e| (e.key.as_str(), e.value.clone()))
            .collect();
        assert_eq!(found, expected, "{file}");
    }

    fn check_wrong(file: &str, line: usize, column: usize, wrong: Wrong) {
        let error = parse(file).unwrap_err();
        assert_eq!(
            (error.line, error.column, error.wrong),
            (line, column, wrong),
            "{file}"
        );
    }

    #[test]
    fn every_kind_of_value_is_read() {
        check("", &[]);
        check("# only a comment", &[]);
        check(
            "a = 1\nb=-20 # why\n\n  c = 0\r\n",
            &[
                ("a", Value::Int(1)),
                ("b", Value::Int(-20)),
                ("c", Value::Int(0)),
            ],
        );
        check(
            "a = \"x # y\"\nb = 'say \"hi\"'\nc = \"\"",
            &[
                ("a", text("x # y")),
                ("b", text("say \"hi\"")),
                ("c", text("")),
            ],
        );
    }

    #[test]
    fn texts_in_three_quotes_may_span_lines() {
        check(
            "a = \"\"\"one\n\"two\" \"\"\"\nb = 1\n",
            &[("a", text("one\n\"two\" ")), ("b", Value::Int(1))],
        );
        assert_eq!(
            parse("a = \"\"\"one\ntwo\"\"\"\nb = 1\n").unwrap()[1].line,
            3
        );
    }

    #[test]
    fn lists_span_lines_and_may_end_with_a_comma() {
        check(
            "a = [ \"x\", 'y', 3 ]\nb = []\n",
            &[
                ("a", Value::List(vec![text("x"), text("y"), Value::Int(3)])),
                ("b", Value::List(vec![])),
            ],
        );
        check(
            "a = [\n  \"x\", # first\n  # \"y\",\n  \"z\",\n]\n",
            &[("a", Value::List(vec![text("x"), text("z")]))],
        );
    }

    #[test]
    fn backslashes_are_nothing_special() {
        check(r#"a = "x\n""#, &[("a", text("x\\n"))]);
    }

    #[test]
    fn the_first_mistake_is_told_with_its_place() {
        check_wrong("\n 1a = 2", 2, 2, Wrong::Key);
        check_wrong("_a = 2", 1, 1, Wrong::Key);
        check_wrong("a 2", 1, 3, Wrong::Equals);
        check_wrong("a = yes", 1, 5, Wrong::Value);
        check_wrong("a = -", 1, 6, Wrong::Value);
        check_wrong("a =\n1", 1, 4, Wrong::Value);
        check_wrong("a = \"x\nb = 1", 1, 5, Wrong::OpenText);
        check_wrong("a = \"x\n\"", 1, 5, Wrong::OpenText);
        check_wrong("a = [ 1,\n 2", 1, 5, Wrong::OpenList);
        check_wrong("a = [ 1 2 ]", 1, 9, Wrong::Separator);
        check_wrong("a = [ [ 1 ] ]", 1, 7, Wrong::NestedList);
        check_wrong("a = 99999999999999999999", 1, 5, Wrong::Number);
        check_wrong("a = 1 b = 2", 1, 7, Wrong::EndOfLine);
    }

    /// The inputs that are kept for the fuzz target `conf`.
    #[test]
    fn the_kept_fuzz_inputs_are_survived() {
        let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/conf");
        let mut count = 0;
        for file in std::fs::read_dir(kept).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            if let Err(error) = parse(&text) {
                assert!(error.line <= text.lines().count() + 1);
            }
            count += 1;
        }
        assert!(count >= 5);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fail_otherwise(file in "[a-z0-9_ =\"'\\[\\],#\n\r\u{e9}-]{0,80}") {
            let _ = parse(&file);
        }

        #[test]
        fn what_is_written_is_read(key in "[a-z][a-z0-9_]{0,9}", value in "[^\"]{0,30}", n: i64) {
            let file = format!("{key} = \"\"\"{value}\"\"\"\nlist = [ {n}, {n} ]\n");
            let entries = parse(&file).unwrap();
            prop_assert_eq!(&entries[0].value, &Value::Text(value));
            prop_assert_eq!(&entries[1].value, &Value::List(vec![Value::Int(n), Value::Int(n)]));
        }
    }
}
