//! From the schema's own form to patterns.

use regex_lite::Regex;

use super::Validator;
use super::datatype::{plain, words};
use super::patterns::{EMPTY, Id, NOT_ALLOWED, Pattern, TEXT};
use crate::schema::grammar::Pattern as Source;

impl Validator<'_> {
    pub(super) fn all(&mut self, sources: &[Source], join: fn(&mut Self, Id, Id) -> Id) -> Id {
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

    pub(super) fn content(&mut self, number: usize) -> Id {
        if let Some(id) = self.contents.get(&number) {
            return *id;
        }
        let grammar = self.grammar;
        let declared = grammar.element(number);
        let id = self.all(declared.map_or(&[][..], |it| &it.content), Self::group);
        self.contents.insert(number, id);
        id
    }
}
