//! What strict mode asks beyond the types: patterns of values, and what must hold between parts.

use std::fmt;
use std::sync::OnceLock;

use regex_lite::Regex;
use roxmltree::Node;

/// Bytes of the longest value that a pattern is asked about: four times a path's longest.
const LONGEST_VALUE: usize = 16 * 1024;

/// What strict mode asks of a field besides what its type asks.
#[derive(Debug, Clone, Copy)]
pub enum Strict {
    /// Nothing.
    Nothing,
    /// A value of this pattern.
    Pattern(&'static Pattern),
    /// One of these words.
    Words(&'static [&'static str]),
    /// That it is not there at all: libvirt reads it, but its schema does not have it.
    Absent,
}

/// A pattern that a whole value must match.
#[derive(Debug)]
pub struct Pattern {
    /// What matches, in words: `an absolute path`.
    pub name: &'static str,
    /// The regular expression, without anchors, of the kind that XML schemas know too; none where it
    /// is empty.
    pub regex: &'static str,
    /// The least and the greatest decimal number that match besides.
    pub numbers: Option<(i64, i64)>,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern; `name` goes into the sentence "… is needed".
    #[must_use]
    pub const fn new(name: &'static str, regex: &'static str) -> Self {
        Self {
            name,
            regex,
            numbers: None,
            compiled: OnceLock::new(),
        }
    }

    /// A pattern, or a decimal number in a range; the regular expression may be empty.
    #[must_use]
    pub const fn or_number(
        name: &'static str,
        regex: &'static str,
        least: i64,
        greatest: i64,
    ) -> Self {
        Self {
            name,
            regex,
            numbers: Some((least, greatest)),
            compiled: OnceLock::new(),
        }
    }

    /// Whether the whole text matches. It takes time in proportion to the text, and much of it, so
    /// that a text longer than any path, name or list is takes none and does not match.
    pub fn matches(&self, text: &str) -> bool {
        if text.len() > LONGEST_VALUE {
            return false;
        }
        let is_number = self.numbers.is_some_and(|(least, greatest)| {
            let number = text.trim_ascii().parse::<i64>();
            number.is_ok_and(|it| (least..=greatest).contains(&it))
        });
        if is_number || self.regex.is_empty() {
            return is_number;
        }
        let compiled = self
            .compiled
            .get_or_init(|| Regex::new(&format!("^(?:{})$", self.regex)).ok());
        compiled.as_ref().is_some_and(|it| it.is_match(text))
    }

    /// Whether the regular expression is one; a pattern that is none matches nothing.
    pub fn is_sound(&self) -> bool {
        Regex::new(self.regex).is_ok()
    }
}

/// A part of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// An attribute.
    Attribute(&'static str),
    /// A child element; where values are asked for, its text.
    Element(&'static str),
    /// An attribute of the first child element of that name.
    ChildAttribute(&'static str, &'static str),
    /// An attribute of the element around.
    ParentAttribute(&'static str),
    /// An attribute of the document's own element.
    RootAttribute(&'static str),
    /// The element around, by its name.
    Parent(&'static str),
    /// The element itself, by its name.
    Itself(&'static str),
    /// Text of the element's own that is not blank.
    Text,
}

/// A condition on an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition {
    /// The part that it looks at.
    pub part: Part,
    /// The values that the part may have for the condition to hold, the empty one if it may be
    /// absent; none means that the part is there, whatever its value.
    pub values: &'static [&'static str],
    /// Whether the opposite is meant.
    pub not: bool,
}

/// What must hold between the parts of an element: `#[xml(rule = "…")]`.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// When it must hold.
    pub when: &'static [Condition],
    /// What must hold then.
    pub want: Want,
}

/// What a rule wants.
#[derive(Debug, PartialEq, Eq)]
pub enum Want {
    /// At least one of the parts.
    AnyOf(&'static [Part]),
    /// Not two of the parts.
    AtMostOne(&'static [Part]),
    /// None of the parts.
    NoneOf(&'static [Part]),
    /// Not two child elements of that name.
    One(&'static str),
    /// That the condition holds too.
    Holds(Condition),
    /// That the part, if it is there, has a value of the pattern.
    Matches(Part, &'static Pattern),
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Pattern {}

impl Part {
    fn is_in(self, node: Node<'_, '_>) -> bool {
        match self {
            Self::Element(name) => child(node, name).is_some(),
            Self::Text => {
                let mut texts = node.children().filter(Node::is_text);
                texts.any(|it| !it.text().unwrap_or_default().trim_ascii().is_empty())
            }
            _ => self.value(node).is_some(),
        }
    }

    /// What it says, if it is there.
    fn value<'a>(self, node: Node<'a, '_>) -> Option<&'a str> {
        match self {
            Self::Attribute(name) => node.attribute(name),
            Self::Element(name) => {
                child(node, name).map(|it| it.text().unwrap_or_default().trim_ascii())
            }
            Self::ChildAttribute(child_name, name) => child(node, child_name)?.attribute(name),
            Self::ParentAttribute(name) => node.parent_element()?.attribute(name),
            Self::RootAttribute(name) => node.document().root_element().attribute(name),
            Self::Parent(name) => {
                let parent = node.parent_element()?;
                parent.has_tag_name(name).then_some(name)
            }
            Self::Itself(name) => node.has_tag_name(name).then_some(name),
            Self::Text => node.text(),
        }
    }
}

/// The first child of that name.
fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children()
        .find(|it| it.is_element() && it.tag_name().name() == name)
}

impl Condition {
    fn holds(&self, node: Node<'_, '_>) -> bool {
        let holds = match self.values {
            [] => self.part.is_in(node),
            values => values.contains(&self.part.value(node).unwrap_or_default()),
        };
        holds != self.not
    }
}

impl Rule {
    /// Whether an element keeps it.
    pub(crate) fn is_kept(&self, node: Node<'_, '_>) -> bool {
        if !self.when.iter().all(|it| it.holds(node)) {
            return true;
        }
        let count = |parts: &[Part]| parts.iter().filter(|it| it.is_in(node)).count();
        match self.want {
            Want::AnyOf(parts) => count(parts) > 0,
            Want::AtMostOne(parts) => count(parts) < 2,
            Want::NoneOf(parts) => count(parts) == 0,
            Want::One(name) => {
                let same = |it: &Node<'_, '_>| it.is_element() && it.tag_name().name() == name;
                node.children().filter(same).nth(1).is_none()
            }
            Want::Holds(ref condition) => condition.holds(node),
            Want::Matches(part, pattern) => part.value(node).is_none_or(|it| pattern.matches(it)),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attribute(name) => write!(f, "attribute '{name}'"),
            Self::Element(name) => write!(f, "<{name}>"),
            Self::ChildAttribute(child, name) => write!(f, "attribute '{name}' of <{child}>"),
            Self::ParentAttribute(name) => write!(f, "attribute '{name}' of the element around"),
            Self::RootAttribute(name) => write!(f, "attribute '{name}' of the document"),
            Self::Parent(name) => write!(f, "<{name}> around"),
            Self::Itself(name) => write!(f, "the name <{name}>"),
            Self::Text => f.write_str("a text"),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.part {
            Part::Attribute(name)
            | Part::Element(name)
            | Part::Parent(name)
            | Part::Itself(name) => name.to_owned(),
            Part::ChildAttribute(child, name) => format!("{name} of <{child}>"),
            Part::ParentAttribute(name) => format!("{name} of the element around"),
            Part::RootAttribute(name) => format!("{name} of the document"),
            Part::Text => "text".to_owned(),
        };
        match (self.values.is_empty(), self.not) {
            (true, false) => write!(f, "with {}", self.part),
            (true, true) => write!(f, "without {}", self.part),
            (false, not) => {
                let word = if not { "not " } else { "" };
                let values: Vec<String> = self.values.iter().map(|it| format!("'{it}'")).collect();
                write!(
                    f,
                    "with {name} {word}{}",
                    values.join(" or ").replace("''", "absent")
                )
            }
        }
    }
}

/// "with mode 'custom': `<model>` is needed".
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, condition) in self.when.iter().enumerate() {
            let before = if index > 0 { " and " } else { "" };
            write!(f, "{before}{condition}")?;
        }
        if !self.when.is_empty() {
            f.write_str(": ")?;
        }
        let list = |parts: &[Part], word: &str| {
            let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
            parts.join(word)
        };
        match self.want {
            Want::AnyOf(parts) => write!(f, "{} is needed", list(parts, " or ")),
            Want::AtMostOne(parts) => write!(f, "only one of {} may be there", list(parts, ", ")),
            Want::NoneOf(parts) => write!(f, "{} must not be there", list(parts, ", ")),
            Want::One(name) => write!(f, "only one <{name}> may be there"),
            Want::Holds(ref condition) => {
                let condition = condition.to_string();
                let condition = condition.strip_prefix("with ").unwrap_or(&condition);
                write!(f, "{condition} is needed")
            }
            Want::Matches(part, pattern) => write!(f, "{part} must be {}", pattern.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_the_range_is_as_good_as_the_pattern() {
        static PORT: Pattern = Pattern::or_number("a port", "0x[0-9a-f]{1,4}", 0, 65535);
        static PERCENT: Pattern = Pattern::or_number("a percentage", "", 0, 100);
        for good in ["0", "65535", " 7 ", "0xffff"] {
            assert!(PORT.matches(good), "{good}");
        }
        for bad in ["", "-1", "65536", "0xfffff", "many"] {
            assert!(!PORT.matches(bad), "{bad}");
        }
        assert!(PERCENT.matches("100") && !PERCENT.matches("101") && !PERCENT.matches(""));
    }

    #[test]
    fn a_whole_value_of_a_sensible_length_must_match() {
        static LINE: Pattern = Pattern::new("a line", r"[^\n]+");
        assert!(LINE.matches(&"n".repeat(LONGEST_VALUE)));
        assert!(!LINE.matches(&"n".repeat(LONGEST_VALUE + 1)));
        assert!(!LINE.matches("two\nlines") && !LINE.matches(""));
    }
}
