//! What is left of a pattern after each thing read.

use super::Validator;
use super::datatype::words;
use super::patterns::{EMPTY, Id, NOT_ALLOWED, Pattern, TEXT};
use crate::schema::grammar::Declared;

impl Validator<'_> {
    pub(super) fn is_nullable(&mut self, id: Id) -> bool {
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

    pub(super) fn opening(&mut self, id: Id, name: &str, namespace: &str) -> Id {
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
                let is = |it: &Declared| {
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

    pub(super) fn attribute(&mut self, id: Id, name: &str, value: &str) -> Id {
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
    pub(super) fn close(&mut self, id: Id) -> Id {
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

    pub(super) fn text(&mut self, id: Id, text: &str) -> Id {
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

    pub(super) fn end(&mut self, id: Id) -> Id {
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
