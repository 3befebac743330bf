//! Settings, and how a reader asks for the type that it expects.

use std::fmt;
use std::ops::RangeInclusive;

/// A setting: `key = value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What is set.
    pub key: String,
    /// To what.
    pub value: Value,
    /// The line of the key, from 1.
    pub line: usize,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
    /// A list of numbers and texts.
    List(Vec<Value>),
}

/// A setting has a value that its key does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{key}' is {found}, allowed is {allowed}")]
pub struct ValueError {
    /// The key.
    pub key: String,
    /// Its line in the file.
    pub line: usize,
    /// Its value.
    pub found: Value,
    /// What would be right.
    pub allowed: String,
}

impl Entry {
    /// A number within a range.
    ///
    /// # Errors
    /// When it is another type, or out of the range.
    pub fn int<T>(&self, range: RangeInclusive<T>) -> Result<T, ValueError>
    where
        T: TryFrom<i64> + PartialOrd + fmt::Display,
    {
        match &self.value {
            Value::Int(number) => T::try_from(*number).ok().filter(|n| range.contains(n)),
            _ => None,
        }
        .ok_or_else(|| self.wrong(format!("{} to {}", range.start(), range.end())))
    }

    /// A switch: 0 or 1.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn switch(&self) -> Result<bool, ValueError> {
        match self.value {
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            _ => Err(self.wrong("0 or 1")),
        }
    }

    /// A text.
    ///
    /// # Errors
    /// When it is another type.
    pub fn text(&self) -> Result<&str, ValueError> {
        match &self.value {
            Value::Text(text) => Ok(text),
            _ => Err(self.wrong("a text in quotes")),
        }
    }

    /// One of some texts, each with what it stands for.
    ///
    /// # Errors
    /// When it is none of them.
    pub fn one_of<T: Clone>(&self, choices: &[(&str, T)]) -> Result<T, ValueError> {
        let chosen = match &self.value {
            Value::Text(text) => choices.iter().find(|(name, _)| name == text),
            _ => None,
        };
        chosen.map(|(_, meaning)| meaning.clone()).ok_or_else(|| {
            let names: Vec<_> = choices
                .iter()
                .map(|(name, _)| format!("\"{name}\""))
                .collect();
            self.wrong(names.join(", "))
        })
    }

    /// Texts; a single one may stand without brackets.
    ///
    /// # Errors
    /// When it is another type.
    pub fn texts(&self) -> Result<Vec<String>, ValueError> {
        let texts = match &self.value {
            Value::Text(text) => Some(vec![text.clone()]),
            Value::List(items) => items.iter().map(Value::as_text).collect(),
            Value::Int(_) => None,
        };
        texts.ok_or_else(|| self.wrong("a list of texts in brackets"))
    }

    /// The error that says what would be right.
    #[must_use]
    pub fn wrong(&self, allowed: impl Into<String>) -> ValueError {
        ValueError {
            key: self.key.clone(),
            line: self.line,
            found: self.value.clone(),
            allowed: allowed.into(),
        }
    }
}

impl Value {
    fn as_text(&self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Int(number) => write!(f, "{number}"),
            Value::Text(text) => write!(f, "\"{text}\""),
            Value::List(items) => {
                let items: Vec<_> = items.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Value};

    fn entry(value: Value) -> Entry {
        Entry {
            key: "k".to_owned(),
            value,
            line: 1,
        }
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn numbers_are_taken_within_their_range_only() {
        assert_eq!(entry(Value::Int(5)).int(1..=5_u32), Ok(5));
        assert_eq!(entry(Value::Int(-1)).int(-1..=5_i32), Ok(-1));
        for bad in [
            Value::Int(-1),
            Value::Int(6),
            Value::Int(1 << 40),
            text("5"),
        ] {
            assert!(entry(bad).int(1..=5_u32).is_err());
        }
    }

    #[test]
    fn switches_are_zero_or_one() {
        assert_eq!(entry(Value::Int(1)).switch(), Ok(true));
        assert_eq!(entry(Value::Int(0)).switch(), Ok(false));
        assert!(entry(Value::Int(2)).switch().is_err());
        assert!(entry(text("yes")).switch().is_err());
    }

    #[test]
    fn a_choice_names_all_that_is_allowed() {
        let choices = [("none", 0), ("sasl", 1)];
        assert_eq!(entry(text("sasl")).one_of(&choices), Ok(1));
        let error = entry(text("kerberos")).one_of(&choices).unwrap_err();
        assert_eq!(
            error.to_string(),
            "'k' is \"kerberos\", allowed is \"none\", \"sasl\""
        );
    }

    #[test]
    fn a_single_text_is_a_list_of_one() {
        assert_eq!(entry(text("a")).texts().unwrap(), ["a"]);
        let list = Value::List(vec![text("a"), text("b")]);
        assert_eq!(entry(list).texts().unwrap(), ["a", "b"]);
        assert!(entry(Value::List(vec![Value::Int(1)])).texts().is_err());
    }
}
