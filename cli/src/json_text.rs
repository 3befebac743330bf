//! JSON as text: indented or taken apart without changing the order of what is in it.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// The same JSON with a line for each value, indented by two.
pub(crate) fn indented(json: &str) -> String {
    let mut text = String::with_capacity(json.len() * 2);
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let mut rest = json.chars().filter({
        let (mut inside, mut after_backslash) = (false, false);
        move |&c| {
            let keep = inside || !c.is_ascii_whitespace();
            inside ^= c == '"' && !after_backslash;
            after_backslash = c == '\\' && !after_backslash;
            keep
        }
    });
    let mut next = rest.next();
    while let Some(c) = next {
        next = rest.next();
        if quoted || !matches!(c, '{' | '[' | '}' | ']' | ',' | ':') {
            text.push(c);
            quoted ^= c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            continue;
        }
        match c {
            ':' => text.push_str(": "),
            ',' => new_line(",", depth, &mut text),
            '{' | '[' if matches!(next, Some('}' | ']')) => text.push(c),
            '{' | '[' => {
                depth += 1;
                new_line(if c == '{' { "{" } else { "[" }, depth, &mut text);
            }
            _ if text.ends_with(['{', '[']) => text.push(c),
            _ => {
                depth = depth.saturating_sub(1);
                new_line("", depth, &mut text);
                text.push(c);
            }
        }
    }
    text
}

fn new_line(before: &str, depth: usize, text: &mut String) {
    text.push_str(before);
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
}

/// The text of a member of an object; nothing when the text is no object or has no such member.
pub(crate) fn member(json: &str, name: &str) -> Option<String> {
    let members: BTreeMap<String, Box<RawValue>> = serde_json::from_str(json).ok()?;
    members.get(name).map(|value| value.get().to_owned())
}

#[cfg(test)]
mod tests {
    use super::{indented, member};

    #[test]
    fn the_order_stays() {
        assert_eq!(
            indented(r#"{"b":{"z":1, "a":[true,"x,{\"y"]},"e":{}, "f":[]}"#),
            "{\n  \"b\": {\n    \"z\": 1,\n    \"a\": [\n      true,\n      \"x,{\\\"y\"\n    ]\n  \
             },\n  \"e\": {},\n  \"f\": []\n}"
        );
        assert_eq!(
            member(r#"{"return":{"z":1,"a":2},"id":"x"}"#, "return").as_deref(),
            Some(r#"{"z":1,"a":2}"#)
        );
        assert_eq!(member("[]", "return"), None);
    }
}
