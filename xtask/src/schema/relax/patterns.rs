//! Patterns, each kept once and known by its number; their makers drop what changes nothing.

use super::Validator;

/// The number of a pattern.
pub(super) type Id = usize;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Pattern {
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

pub(super) const NOT_ALLOWED: Id = 0;
pub(super) const EMPTY: Id = 1;
pub(super) const TEXT: Id = 2;

impl Validator<'_> {
    pub(super) fn intern(&mut self, pattern: Pattern) -> Id {
        if let Some(id) = self.numbers.get(&pattern) {
            return *id;
        }
        let id = self.patterns.len();
        self.patterns.push(pattern.clone());
        self.numbers.insert(pattern, id);
        id
    }

    pub(super) fn get(&self, id: Id) -> Pattern {
        self.patterns
            .get(id)
            .cloned()
            .unwrap_or(Pattern::NotAllowed)
    }

    pub(super) fn choice(&mut self, a: Id, b: Id) -> Id {
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

    pub(super) fn group(&mut self, a: Id, b: Id) -> Id {
        match (a, b) {
            (NOT_ALLOWED, _) | (_, NOT_ALLOWED) => NOT_ALLOWED,
            (EMPTY, it) | (it, EMPTY) => it,
            _ => self.intern(Pattern::Group(a, b)),
        }
    }

    pub(super) fn interleave(&mut self, a: Id, b: Id) -> Id {
        match (a, b) {
            (NOT_ALLOWED, _) | (_, NOT_ALLOWED) => NOT_ALLOWED,
            (EMPTY, it) | (it, EMPTY) => it,
            _ => self.intern(Pattern::Interleave(a, b)),
        }
    }

    pub(super) fn after(&mut self, a: Id, b: Id) -> Id {
        match (a, b) {
            (NOT_ALLOWED, _) | (_, NOT_ALLOWED) => NOT_ALLOWED,
            _ => self.intern(Pattern::After(a, b)),
        }
    }

    pub(super) fn one_or_more(&mut self, a: Id) -> Id {
        match a {
            NOT_ALLOWED | EMPTY => a,
            _ => self.intern(Pattern::OneOrMore(a)),
        }
    }
}
