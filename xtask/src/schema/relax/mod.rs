//! A validator for RELAX NG by derivatives: what is left of a pattern after each thing read.
//!
//! It decides thousands of documents a second, which `xmllint` does not. Patterns are kept once
//! each and known by number, so that what was derived before is looked up.

mod compile;
mod datatype;
mod derivatives;
mod patterns;

use std::collections::HashMap;

use regex_lite::Regex;
use roxmltree::{Document, Node};

use self::patterns::{Id, NOT_ALLOWED, Pattern};
use super::grammar::{Datatype, Grammar};

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

    fn element(&mut self, pattern: Id, node: Node<'_, '_>, place: &mut String) -> Id {
        let opened = self.open(pattern, node);
        let mut rest = opened;
        for attribute in node.attributes() {
            rest = self.attribute(rest, attribute.name(), attribute.value());
        }
        let rest = self.close(rest);
        if rest == NOT_ALLOWED {
            let what = match opened {
                NOT_ALLOWED => "itself",
                _ => "attributes",
            };
            blame(place, node, what);
            return NOT_ALLOWED;
        }
        let rest = self.inside(rest, node, place);
        let rest = self.end(rest);
        if rest == NOT_ALLOWED {
            blame(place, node, "content");
        }
        rest
    }

    /// The elements and texts of an element. Among elements, blanks are nothing.
    fn inside(&mut self, pattern: Id, node: Node<'_, '_>, place: &mut String) -> Id {
        if !node.children().any(|it| it.is_element()) {
            let texts = node.children().filter(Node::is_text);
            let text: String = texts.filter_map(|it| it.text()).collect();
            let rest = self.only_text(pattern, &text);
            if rest == NOT_ALLOWED {
                blame(place, node, "text");
            }
            return rest;
        }
        let mut rest = pattern;
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
        rest
    }

    fn only_text(&mut self, pattern: Id, text: &str) -> Id {
        let rest = self.text(pattern, text);
        match text.trim().is_empty() {
            true => self.choice(pattern, rest),
            false => rest,
        }
    }

    fn open(&mut self, id: Id, node: Node<'_, '_>) -> Id {
        let name = node.tag_name().name().to_owned();
        let namespace = node.tag_name().namespace().unwrap_or_default().to_owned();
        self.opening(id, &name, &namespace)
    }
}

/// Notes where a document leaves the schema, unless that is known of a place further inside.
fn blame(place: &mut String, node: Node<'_, '_>, what: &str) {
    if place.is_empty() {
        let steps = node.ancestors().filter(Node::is_element);
        let steps: Vec<&str> = steps.map(|it| it.tag_name().name()).collect();
        let steps: Vec<&str> = steps.into_iter().rev().collect();
        *place = format!("/{} {what}", steps.join("/"));
    }
}
