//! Which texts a datatype takes.

use regex_lite::Regex;

use crate::schema::grammar::Datatype;

impl Datatype {
    pub(super) fn takes(&self, text: &str, regex: Option<&Regex>) -> bool {
        let number = || text.trim().parse::<i128>().ok();
        let between = |low: i128, high: i128| number().is_some_and(|it| (low..=high).contains(&it));
        let is = match self.name.as_str() {
            "unsignedInt" => between(0, u32::MAX.into()),
            "unsignedLong" => between(0, u64::MAX.into()),
            "unsignedShort" => between(0, u16::MAX.into()),
            "short" => between(i16::MIN.into(), i16::MAX.into()),
            "int" => between(i32::MIN.into(), i32::MAX.into()),
            "long" => between(i64::MIN.into(), i64::MAX.into()),
            "integer" => number().is_some(),
            "positiveInteger" => between(1, i128::MAX),
            "double" => text.trim().parse::<f64>().is_ok(),
            "dateTime" => text.contains('T'),
            "NCName" => is_name(text.trim()),
            _ => true,
        };
        let limits = match self.name.as_str() {
            // The one limit that a number with a fraction has in libvirt's schemas.
            "double" => {
                let number = text.trim().parse::<f64>();
                self.least != Some(0) || number.is_ok_and(|it| it >= 0.0)
            }
            _ => {
                self.least
                    .is_none_or(|it| number().is_some_and(|number| number >= it))
                    && self
                        .most
                        .is_none_or(|it| number().is_some_and(|number| number <= it))
            }
        };
        let pattern = self.pattern.is_none() || {
            let collapsed = words(text);
            let text = if self.name == "string" {
                text
            } else {
                &collapsed
            };
            regex.is_none_or(|it| it.is_match(text))
        };
        is && limits && pattern && !self.except.contains(&words(text))
    }
}

/// A token: words with one space between.
pub(super) fn words(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The regular expression without anchors: in a schema `^` and `$` outside of brackets stand for
/// themselves.
pub(super) fn plain(regex: &str) -> String {
    let (mut out, mut bracket, mut escaped) = (String::new(), false, false);
    for it in regex.chars() {
        if matches!(it, '^' | '$') && !bracket && !escaped {
            out.push('\\');
        }
        match it {
            '[' if !escaped => bracket = true,
            ']' if !escaped => bracket = false,
            _ => {}
        }
        escaped = it == '\\' && !escaped;
        out.push(it);
    }
    out
}

/// Whether it is a name without a colon, of XML.
fn is_name(text: &str) -> bool {
    let starts = |it: char| it.is_alphabetic() || it == '_';
    text.starts_with(starts)
        && text
            .chars()
            .all(|it| it.is_alphanumeric() || matches!(it, '_' | '-' | '.'))
}
