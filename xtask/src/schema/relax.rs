//! A validator for RELAX NG by derivatives: what is left of a pattern after each thing read.
//!
//! It decides thousands of documents a second, which `xmllint` does not. Patterns are kept once
//! each and known by number, so that what was derived before is looked up.

use std::collections::HashMap;

use regex_lite::Regex;
use roxmltree::{Document, Node};

use super::grammar::{Datatype, Grammar, Pattern as Source};

/// The number of a pattern.
type Id = usize;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Pattern {
    NotAllowed,
    Empty,
    Text,
    Choice(Id, Id),
    Interleave(Id, Id),
    Group(Id, Id),
    OneOrMore(Id),
    /// A datatype, by its number.
    Data(usize),
    Value(String),
    /// An attribute; without a name, any.
    Attribute(Option<String>, Id),
    /// An element pattern of the grammar.
    Element(usize),
    /// What must come inside the open element, then what must come behind it.
    After(Id, Id),
}

const NOT_ALLOWED: Id = 0;
const EMPTY: Id = 1;
const TEXT: Id = 2;

/// A schema, ready to decide.
pub(super) struct Validator<'a> {
    grammar: &'a Grammar,
    patterns: Vec<Pattern>,
    numbers: HashMap<Pattern, Id>,
    datatypes: Vec<(Datatype, Option<Regex>)>,
    defines: HashMap<String, Id>,
    contents: HashMap<usize, Id>,
    opened: HashMap<(Id, String, String), Id>,
    closed: HashMap<Id, Id>,
    nullable: HashMap<Id, bool>,
}

impl<'a> Validator<'a> {
    pub(super) fn new(grammar: &'a Grammar) -> Self {
        let mut it = Self {
            grammar,
            patterns: Vec::new(),
            numbers: HashMap::new(),
            datatypes: Vec::new(),
            defines: HashMap::new(),
            contents: HashMap::new(),
            opened: HashMap::new(),
            closed: HashMap::new(),
            nullable: HashMap::new(),
        };
        for first in [Pattern::NotAllowed, Pattern::Empty, Pattern::Text] {
            it.intern(first);
        }
        it
    }

    /// Whether a document follows the schema; otherwise the path where it leaves it.
    pub(super) fn check(&mut self, text: &str) -> Result<(), String> {
        let document = Document::parse(text).map_err(|it| it.to_string())?;
        let start = self.all(&self.grammar.start, Self::group);
        let mut place = String::new();
        let rest = self.element(start, document.root_element(), &mut place);
        if self.is_nullable(rest) {
            Ok(())
        } else {
            Err(place)
        }
    }

    fn intern(&mut self, pattern: Pattern) -> Id {
        if let Some(id) = self.numbers.get(&pattern) {
            return *id;
        }
        let id = self.patterns.len();
        self.patterns.push(pattern.clone());
        self.numbers.insert(pattern, id);
        id
    }

    fn get(&self, id: Id) -> Pattern {
        self.patterns
            .get(id)
            .cloned()
            .unwrap_or(Pattern::NotAllowed)
    }

    // The makers of patterns, which drop what changes nothing.

    fn choice(&mut self, a: Id, b: Id) -> Id {
        if a == b || b == NOT_ALLOWED {
            return a;
        }
        if a == NOT_ALLOWED {
            return b;
        }
        // A choice is a list to the right, each member once.
        let mut rest = b;
        loop {
            match self.get(rest) {
                Pattern::Choice(first, others) if first != a => rest = others,
                Pattern::Choice(..) => return b,
                _ if rest == a => return b,
                _ => break,
            }
        }
        match self.get(a) {
            Pattern::Choice(first, others) => {
                let rest = self.choice(others, b);
                self.choice(first, rest)
            }
            _ => self.intern(Pattern::Choice(a, b)),
        }
    }

    fn group(&mut self, a: Id, b: Id) -> Id {
        match (a, b) {
            (NOT_ALLOWED, _) | (_, NOT_ALLOWED) => NOT_ALLOWED,
            (EMPTY, it) | (it, EMPTY) => it,
            _ => self.intern(Pattern::Group(a, b)),
        }
    }

    fn interleave(&mut self, a: Id, b: Id) -> Id {
        match (a, b) {
            (NOT_ALLOWED, _) | (_, NOT_ALLOWED) => NOT_ALLOWED,
            (EMPTY, it) | (it, EMPTY) => it,
            _ => self.intern(Pattern::Interleave(a, b)),
        }
    }

    fn after(&mut self, a: Id, b: Id) -> Id {
        match (a, b) {
            (NOT_ALLOWED, _) | (_, NOT_ALLOWED) => NOT_ALLOWED,
            _ => self.intern(Pattern::After(a, b)),
        }
    }

    fn one_or_more(&mut self, a: Id) -> Id {
        match a {
            NOT_ALLOWED | EMPTY => a,
            _ => self.intern(Pattern::OneOrMore(a)),
        }
    }

    // From the schema's own form.

    fn all(&mut self, sources: &[Source], join: fn(&mut Self, Id, Id) -> Id) -> Id {
        let ids: Vec<Id> = sources.iter().map(|it| self.build(it)).collect();
        ids.into_iter()
            .rev()
            .reduce(|rest, it| join(self, it, rest))
            .unwrap_or(EMPTY)
    }

    fn build(&mut self, source: &Source) -> Id {
        match source {
            Source::Empty => EMPTY,
            Source::NotAllowed => NOT_ALLOWED,
            Source::Text => TEXT,
            Source::Value(it) => self.intern(Pattern::Value(words(it))),
            Source::Data(datatype) => {
                let regex = datatype.pattern.as_ref();
                let regex = regex.and_then(|it| Regex::new(&format!("^(?:{})$", plain(it))).ok());
                self.datatypes.push((datatype.clone(), regex));
                self.intern(Pattern::Data(self.datatypes.len() - 1))
            }
            Source::Attribute(name, inner) => {
                let inner = self.all(inner, Self::group);
                self.intern(Pattern::Attribute(name.clone(), inner))
            }
            Source::Element(number) => self.intern(Pattern::Element(*number)),
            Source::Ref(name) => {
                if let Some(id) = self.defines.get(name) {
                    return *id;
                }
                let grammar = self.grammar;
                let (patterns, choice) = grammar.define(name);
                let join = if choice { Self::choice } else { Self::group };
                let id = self.all(patterns, join);
                self.defines.insert(name.clone(), id);
                id
            }
            Source::Group(inner) => self.all(inner, Self::group),
            Source::Interleave(inner) => self.all(inner, Self::interleave),
            Source::Choice(inner) => self.all(inner, Self::choice),
            Source::Optional(inner) => {
                let it = self.all(inner, Self::group);
                self.choice(it, EMPTY)
            }
            Source::OneOrMore(inner) => {
                let it = self.all(inner, Self::group);
                self.one_or_more(it)
            }
            Source::ZeroOrMore(inner) => {
                let it = self.all(inner, Self::group);
                let more = self.one_or_more(it);
                self.choice(more, EMPTY)
            }
        }
    }

    fn content(&mut self, number: usize) -> Id {
        if let Some(id) = self.contents.get(&number) {
            return *id;
        }
        let grammar = self.grammar;
        let declared = grammar.element(number);
        let id = self.all(declared.map_or(&[][..], |it| &it.content), Self::group);
        self.contents.insert(number, id);
        id
    }

    // The derivatives.

    fn is_nullable(&mut self, id: Id) -> bool {
        if let Some(it) = self.nullable.get(&id) {
            return *it;
        }
        let it = match self.get(id) {
            Pattern::Empty | Pattern::Text => true,
            Pattern::Choice(a, b) => self.is_nullable(a) || self.is_nullable(b),
            Pattern::Group(a, b) | Pattern::Interleave(a, b) => {
                self.is_nullable(a) && self.is_nullable(b)
            }
            Pattern::OneOrMore(a) => self.is_nullable(a),
            _ => false,
        };
        self.nullable.insert(id, it);
        it
    }

    fn element(&mut self, pattern: Id, node: Node<'_, '_>, place: &mut String) -> Id {
        let opened = self.open(pattern, node);
        let mut rest = opened;
        for attribute in node.attributes() {
            rest = self.attribute(rest, attribute.name(), attribute.value());
        }
        let mut rest = self.close(rest);
        let mut blame = |rest: Id, what: &str| {
            if rest == NOT_ALLOWED && place.is_empty() {
                let steps = node.ancestors().filter(Node::is_element);
                let steps: Vec<&str> = steps.map(|it| it.tag_name().name()).collect();
                let steps: Vec<&str> = steps.into_iter().rev().collect();
                *place = format!("/{} {what}", steps.join("/"));
            }
        };
        if opened != NOT_ALLOWED {
            blame(rest, "attributes");
        } else {
            blame(rest, "itself");
        }
        if rest == NOT_ALLOWED {
            return NOT_ALLOWED;
        }
        let elements = node.children().any(|it| it.is_element());
        if !elements {
            let texts = node.children().filter(Node::is_text);
            let text: String = texts.filter_map(|it| it.text()).collect();
            let with = self.text(rest, &text);
            rest = if text.trim().is_empty() {
                self.choice(rest, with)
            } else {
                with
            };
            blame(rest, "text");
        } else {
            for child in node.children() {
                if child.is_element() {
                    rest = self.element(rest, child, place);
                } else if let Some(text) = child
                    .text()
                    .filter(|it| child.is_text() && !it.trim().is_empty())
                {
                    rest = self.text(rest, text);
                }
            }
        }
        let rest = self.end(rest);
        if rest == NOT_ALLOWED && place.is_empty() {
            let steps = node.ancestors().filter(Node::is_element);
            let steps: Vec<&str> = steps.map(|it| it.tag_name().name()).collect();
            let steps: Vec<&str> = steps.into_iter().rev().collect();
            *place = format!("/{} content", steps.join("/"));
        }
        rest
    }

    fn open(&mut self, id: Id, node: Node<'_, '_>) -> Id {
        let name = node.tag_name().name().to_owned();
        let namespace = node.tag_name().namespace().unwrap_or_default().to_owned();
        self.opening(id, &name, &namespace)
    }

    fn opening(&mut self, id: Id, name: &str, namespace: &str) -> Id {
        let key = (id, name.to_owned(), namespace.to_owned());
        if let Some(it) = self.opened.get(&key) {
            return *it;
        }
        let it = match self.get(id) {
            Pattern::Choice(a, b) => {
                let (a, b) = (
                    self.opening(a, name, namespace),
                    self.opening(b, name, namespace),
                );
                self.choice(a, b)
            }
            Pattern::Element(number) => {
                let grammar = self.grammar;
                let is = |it: &super::grammar::Declared| {
                    it.name.as_deref().is_none_or(|it| it == name)
                        && it.namespace.as_deref().is_none_or(|it| it == namespace)
                };
                if grammar.element(number).is_some_and(is) {
                    let content = self.content(number);
                    self.after(content, EMPTY)
                } else {
                    NOT_ALLOWED
                }
            }
            Pattern::Interleave(a, b) => {
                let left = self.opening(a, name, namespace);
                let left = self.behind(left, |this, it| this.interleave(it, b));
                let right = self.opening(b, name, namespace);
                let right = self.behind(right, |this, it| this.interleave(a, it));
                self.choice(left, right)
            }
            Pattern::OneOrMore(a) => {
                let rest = self.choice(id, EMPTY);
                let opened = self.opening(a, name, namespace);
                self.behind(opened, |this, it| this.group(it, rest))
            }
            Pattern::Group(a, b) => {
                let opened = self.opening(a, name, namespace);
                let left = self.behind(opened, |this, it| this.group(it, b));
                if self.is_nullable(a) {
                    let right = self.opening(b, name, namespace);
                    self.choice(left, right)
                } else {
                    left
                }
            }
            Pattern::After(a, b) => {
                let opened = self.opening(a, name, namespace);
                self.behind(opened, |this, it| this.after(it, b))
            }
            _ => NOT_ALLOWED,
        };
        self.opened.insert(key, it);
        it
    }

    /// Changes what must come behind the element that was opened last.
    fn behind(&mut self, id: Id, change: impl Fn(&mut Self, Id) -> Id + Copy) -> Id {
        match self.get(id) {
            Pattern::After(a, b) => {
                let b = change(self, b);
                self.after(a, b)
            }
            Pattern::Choice(a, b) => {
                let (a, b) = (self.behind(a, change), self.behind(b, change));
                self.choice(a, b)
            }
            _ => NOT_ALLOWED,
        }
    }

    fn attribute(&mut self, id: Id, name: &str, value: &str) -> Id {
        match self.get(id) {
            Pattern::After(a, b) => {
                let a = self.attribute(a, name, value);
                self.after(a, b)
            }
            Pattern::Choice(a, b) => {
                let (a, b) = (
                    self.attribute(a, name, value),
                    self.attribute(b, name, value),
                );
                self.choice(a, b)
            }
            Pattern::Group(a, b) => {
                let left = self.attribute(a, name, value);
                let left = self.group(left, b);
                let right = self.attribute(b, name, value);
                let right = self.group(a, right);
                self.choice(left, right)
            }
            Pattern::Interleave(a, b) => {
                let left = self.attribute(a, name, value);
                let left = self.interleave(left, b);
                let right = self.attribute(b, name, value);
                let right = self.interleave(a, right);
                self.choice(left, right)
            }
            Pattern::OneOrMore(a) => {
                let rest = self.choice(id, EMPTY);
                let first = self.attribute(a, name, value);
                self.group(first, rest)
            }
            Pattern::Attribute(wanted, inner) if wanted.as_deref().is_none_or(|it| it == name) => {
                let with = self.text(inner, value);
                let blank = value.trim().is_empty() && self.is_nullable(inner);
                if blank || self.is_nullable(with) {
                    EMPTY
                } else {
                    NOT_ALLOWED
                }
            }
            _ => NOT_ALLOWED,
        }
    }

    /// What is left when no attribute comes any more.
    fn close(&mut self, id: Id) -> Id {
        if let Some(it) = self.closed.get(&id) {
            return *it;
        }
        let it = match self.get(id) {
            Pattern::After(a, b) => {
                let a = self.close(a);
                self.after(a, b)
            }
            Pattern::Choice(a, b) => {
                let (a, b) = (self.close(a), self.close(b));
                self.choice(a, b)
            }
            Pattern::Group(a, b) => {
                let (a, b) = (self.close(a), self.close(b));
                self.group(a, b)
            }
            Pattern::Interleave(a, b) => {
                let (a, b) = (self.close(a), self.close(b));
                self.interleave(a, b)
            }
            Pattern::OneOrMore(a) => {
                let a = self.close(a);
                self.one_or_more(a)
            }
            Pattern::Attribute(..) => NOT_ALLOWED,
            _ => id,
        };
        self.closed.insert(id, it);
        it
    }

    fn text(&mut self, id: Id, text: &str) -> Id {
        match self.get(id) {
            Pattern::Choice(a, b) => {
                let (a, b) = (self.text(a, text), self.text(b, text));
                self.choice(a, b)
            }
            Pattern::Interleave(a, b) => {
                let left = self.text(a, text);
                let left = self.interleave(left, b);
                let right = self.text(b, text);
                let right = self.interleave(a, right);
                self.choice(left, right)
            }
            Pattern::Group(a, b) => {
                let left = self.text(a, text);
                let left = self.group(left, b);
                if self.is_nullable(a) {
                    let right = self.text(b, text);
                    self.choice(left, right)
                } else {
                    left
                }
            }
            Pattern::After(a, b) => {
                let a = self.text(a, text);
                self.after(a, b)
            }
            Pattern::OneOrMore(a) => {
                let rest = self.choice(id, EMPTY);
                let first = self.text(a, text);
                self.group(first, rest)
            }
            Pattern::Text => TEXT,
            Pattern::Value(it) if words(text) == it => EMPTY,
            Pattern::Data(number) => match self.datatypes.get(number) {
                Some((datatype, regex)) if datatype.takes(text, regex.as_ref()) => EMPTY,
                _ => NOT_ALLOWED,
            },
            _ => NOT_ALLOWED,
        }
    }

    fn end(&mut self, id: Id) -> Id {
        match self.get(id) {
            Pattern::Choice(a, b) => {
                let (a, b) = (self.end(a), self.end(b));
                self.choice(a, b)
            }
            Pattern::After(a, b) if self.is_nullable(a) => b,
            _ => NOT_ALLOWED,
        }
    }
}

/// A token: words with one space between.
fn words(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The regular expression without anchors: in a schema `^` and `$` outside of brackets stand for
/// themselves.
fn plain(regex: &str) -> String {
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

impl Datatype {
    fn takes(&self, text: &str, regex: Option<&Regex>) -> bool {
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
