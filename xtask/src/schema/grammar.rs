//! libvirt's installed RELAX NG schemas: their patterns, and which attributes, children and values
//! each element may have.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use roxmltree::{Document, Node};

use crate::error::Error;

/// Where package libvirt-common puts the schemas.
pub(super) const FOLDER: &str = "/usr/share/libvirt/schemas";

/// One pattern, as the schema has it.
#[derive(Debug, Clone)]
pub(super) enum Pattern {
    Empty,
    NotAllowed,
    Text,
    Data(Datatype),
    Value(String),
    Ref(String),
    /// An attribute; without a name, any.
    Attribute(Option<String>, Vec<Pattern>),
    /// An element pattern, by its number.
    Element(usize),
    Group(Vec<Pattern>),
    Interleave(Vec<Pattern>),
    Choice(Vec<Pattern>),
    Optional(Vec<Pattern>),
    OneOrMore(Vec<Pattern>),
    ZeroOrMore(Vec<Pattern>),
}

/// A datatype with what narrows it.
#[derive(Debug, Clone, Default)]
pub(super) struct Datatype {
    pub(super) name: String,
    pub(super) pattern: Option<String>,
    pub(super) least: Option<i128>,
    pub(super) most: Option<i128>,
    pub(super) except: Vec<String>,
}

/// An element pattern: its name and what is in it.
#[derive(Debug)]
pub(super) struct Declared {
    /// None is any.
    pub(super) name: Option<String>,
    /// None is any.
    pub(super) namespace: Option<String>,
    pub(super) content: Vec<Pattern>,
}

/// A schema with all that it includes.
#[derive(Debug, Default)]
pub(super) struct Grammar {
    /// What each name stands for, and whether its parts are a choice.
    defines: BTreeMap<String, (Vec<Pattern>, bool)>,
    pub(super) start: Vec<Pattern>,
    elements: Vec<Declared>,
    loaded: HashSet<String>,
}

/// What one element may have; several element patterns of the same place are one.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) attributes: BTreeMap<String, Values>,
    pub(super) children: BTreeMap<String, BTreeSet<usize>>,
    pub(super) text: Option<Values>,
    /// Whether anything at all may be inside.
    pub(super) any: bool,
    /// The attributes (`@name`), children and text (`text()`) that must be there.
    pub(super) required: BTreeSet<String>,
}

/// An attribute that is known to have a value.
pub(super) type Known<'a> = (&'a str, &'a str);

/// The values of an attribute or a text.
#[derive(Debug, Default)]
pub(super) struct Values {
    pub(super) words: BTreeSet<String>,
    /// Whether there are others than the words.
    pub(super) open: bool,
    /// The patterns and datatypes of those.
    pub(super) types: BTreeSet<String>,
}

impl Grammar {
    /// Loads an installed schema and what it includes.
    pub(super) fn load(file: &str) -> Result<Self, Error> {
        let mut grammar = Self::default();
        grammar.include(file)?;
        Ok(grammar)
    }

    /// A schema that includes no other.
    #[cfg(test)]
    pub(super) fn parse(text: &str) -> Self {
        let mut grammar = Self::default();
        let document = Document::parse(text).unwrap();
        grammar.grammar(document.root_element()).unwrap();
        grammar
    }

    /// The parts of a name, and whether they are a choice.
    pub(super) fn define(&self, name: &str) -> (&[Pattern], bool) {
        self.defines
            .get(name)
            .map_or((&[], false), |(patterns, choice)| (patterns, *choice))
    }

    /// An element pattern.
    pub(super) fn element(&self, number: usize) -> Option<&Declared> {
        self.elements.get(number)
    }

    fn include(&mut self, file: &str) -> Result<(), Error> {
        if !self.loaded.insert(file.to_owned()) {
            return Ok(());
        }
        let path = Path::new(FOLDER).join(file);
        let text = std::fs::read_to_string(&path).map_err(Error::file(&path))?;
        let document = Document::parse(&text).map_err(|source| Error::Schema {
            path: path.clone(),
            source,
        })?;
        self.grammar(document.root_element())
    }

    fn grammar(&mut self, node: Node<'_, '_>) -> Result<(), Error> {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "include" => self.include(child.attribute("href").unwrap_or_default())?,
                "define" => {
                    let patterns = self.patterns(child);
                    let name = child.attribute("name").unwrap_or_default().to_owned();
                    let define = self.defines.entry(name).or_default();
                    define.1 |= child.attribute("combine") == Some("choice");
                    if define.1 {
                        define.0.push(Pattern::Group(patterns));
                    } else {
                        define.0.extend(patterns);
                    }
                }
                "start" => {
                    let patterns = self.patterns(child);
                    // The first start is that of the schema asked for.
                    if self.start.is_empty() {
                        self.start = patterns;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn patterns(&mut self, node: Node<'_, '_>) -> Vec<Pattern> {
        let children = node.children().filter(Node::is_element);
        let children =
            children.filter(|it| !matches!(it.tag_name().name(), "anyName" | "nsName" | "name"));
        children.map(|it| self.pattern(it)).collect()
    }

    fn pattern(&mut self, node: Node<'_, '_>) -> Pattern {
        let name = |node: Node<'_, '_>| node.attribute("name").map(str::to_owned);
        match node.tag_name().name() {
            "ref" => Pattern::Ref(name(node).unwrap_or_default()),
            "value" => Pattern::Value(node.text().unwrap_or_default().trim().to_owned()),
            "data" => Pattern::Data(datatype(node)),
            "text" => Pattern::Text,
            "empty" => Pattern::Empty,
            "notAllowed" => Pattern::NotAllowed,
            "attribute" => {
                let mut content = self.patterns(node);
                if content.is_empty() {
                    content.push(Pattern::Text);
                }
                Pattern::Attribute(name(node), content)
            }
            "element" => {
                let content = self.patterns(node);
                let name = name(node);
                // The schemas say nothing of a namespace where there is none.
                let inherited = node.ancestors().find_map(|it| it.attribute("ns"));
                let namespace = match inherited {
                    Some(it) => Some(it.to_owned()),
                    None => name.is_some().then(String::new),
                };
                self.elements.push(Declared {
                    name,
                    namespace,
                    content,
                });
                Pattern::Element(self.elements.len() - 1)
            }
            "interleave" => Pattern::Interleave(self.patterns(node)),
            "choice" => Pattern::Choice(self.patterns(node)),
            "optional" => Pattern::Optional(self.patterns(node)),
            "oneOrMore" => Pattern::OneOrMore(self.patterns(node)),
            "zeroOrMore" => Pattern::ZeroOrMore(self.patterns(node)),
            "grammar" => {
                // A schema inside a schema: its names are those of the whole here.
                let before = std::mem::take(&mut self.start);
                let _ = self.grammar(node);
                Pattern::Group(std::mem::replace(&mut self.start, before))
            }
            _ => Pattern::Group(self.patterns(node)),
        }
    }

    /// The element patterns that a document may begin with.
    pub(super) fn roots(&self) -> BTreeMap<String, BTreeSet<usize>> {
        let mut content = Content::default();
        self.collect(&self.start, &[], &mut content, &mut HashSet::new());
        content.children
    }

    /// What the elements of these patterns may have when some attributes' values are known.
    pub(super) fn content(&self, elements: &BTreeSet<usize>, known: &[Known<'_>]) -> Content {
        let mut content = Content::default();
        let mut required: Option<BTreeSet<String>> = None;
        for declared in elements.iter().filter_map(|it| self.elements.get(*it)) {
            if declared.content.iter().any(|it| self.excludes(it, known)) {
                continue;
            }
            self.collect(&declared.content, known, &mut content, &mut HashSet::new());
            let here = self.required(&declared.content, known);
            required = Some(match required {
                Some(it) => it.intersection(&here).cloned().collect(),
                None => here,
            });
        }
        content.required = required.unwrap_or_default();
        content
    }

    /// Whether a pattern cannot be met with the known values.
    fn excludes(&self, pattern: &Pattern, known: &[Known<'_>]) -> bool {
        match pattern {
            Pattern::Attribute(Some(name), inner) => known.iter().any(|(attribute, value)| {
                let mut values = Content::default();
                self.collect(inner, &[], &mut values, &mut HashSet::new());
                let values = values.text.unwrap_or_default();
                name == attribute && !values.open && !values.words.contains(*value)
            }),
            Pattern::Ref(name) => {
                let (patterns, choice) = self.define(name);
                let excluded = |it: &Pattern| self.excludes(it, known);
                !patterns.is_empty()
                    && if choice {
                        patterns.iter().all(excluded)
                    } else {
                        patterns.iter().any(excluded)
                    }
            }
            Pattern::Group(inner) | Pattern::Interleave(inner) | Pattern::OneOrMore(inner) => {
                inner.iter().any(|it| self.excludes(it, known))
            }
            Pattern::Choice(inner) => {
                !inner.is_empty() && inner.iter().all(|it| self.excludes(it, known))
            }
            _ => false,
        }
    }

    fn required(&self, patterns: &[Pattern], known: &[Known<'_>]) -> BTreeSet<String> {
        let each = patterns.iter().map(|it| self.requires(it, known));
        each.flatten().collect()
    }

    fn requires(&self, pattern: &Pattern, known: &[Known<'_>]) -> BTreeSet<String> {
        let one = |name: String| BTreeSet::from([name]);
        match pattern {
            Pattern::Attribute(Some(name), _) => one(format!("@{name}")),
            Pattern::Element(number) => {
                let name = self.elements.get(*number).and_then(|it| it.name.clone());
                name.map(one).unwrap_or_default()
            }
            Pattern::Data(_) | Pattern::Value(_) => one("text()".to_owned()),
            Pattern::Ref(name) => {
                let (patterns, choice) = self.define(name);
                if choice {
                    self.of_each(patterns, known)
                } else {
                    self.required(patterns, known)
                }
            }
            Pattern::Group(inner) | Pattern::Interleave(inner) | Pattern::OneOrMore(inner) => {
                self.required(inner, known)
            }
            Pattern::Choice(inner) => self.of_each(inner, known),
            _ => BTreeSet::new(),
        }
    }

    /// What each of the patterns that are left requires.
    fn of_each(&self, patterns: &[Pattern], known: &[Known<'_>]) -> BTreeSet<String> {
        let left = patterns.iter().filter(|it| !self.excludes(it, known));
        let all = left.map(|it| self.requires(it, known));
        all.reduce(|a, b| a.intersection(&b).cloned().collect())
            .unwrap_or_default()
    }

    fn collect<'a>(
        &'a self,
        patterns: &'a [Pattern],
        known: &[Known<'_>],
        content: &mut Content,
        visited: &mut HashSet<&'a str>,
    ) {
        for pattern in patterns {
            match pattern {
                Pattern::Empty | Pattern::NotAllowed => {}
                Pattern::Data(it) => {
                    let text = content.text.get_or_insert_default();
                    text.open = true;
                    text.types.insert(
                        it.pattern
                            .clone()
                            .unwrap_or_else(|| format!("type {}", it.name)),
                    );
                }
                Pattern::Text => {
                    let text = content.text.get_or_insert_default();
                    text.open = true;
                    text.types.insert("text".to_owned());
                }
                Pattern::Value(it) => {
                    let text = content.text.get_or_insert_default();
                    text.words.insert(it.clone());
                }
                Pattern::Ref(name) => {
                    if visited.insert(name) {
                        self.collect(self.define(name).0, known, content, visited);
                        visited.remove(name.as_str());
                    }
                }
                Pattern::Attribute(None, _) => content.any = true,
                Pattern::Attribute(Some(name), inner) => {
                    let mut values = Content::default();
                    self.collect(inner, &[], &mut values, &mut HashSet::new());
                    let found = content.attributes.entry(name.clone()).or_default();
                    let values = values.text.unwrap_or_default();
                    found.words.extend(values.words);
                    found.types.extend(values.types);
                    found.open |= values.open;
                }
                Pattern::Element(number) => match self.elements.get(*number) {
                    Some(Declared {
                        name: Some(name), ..
                    }) => {
                        let found = content.children.entry(name.clone()).or_default();
                        found.insert(*number);
                    }
                    _ => content.any = true,
                },
                Pattern::Choice(inner) => {
                    for branch in inner {
                        if !self.excludes(branch, known) {
                            self.collect(std::slice::from_ref(branch), known, content, visited);
                        }
                    }
                }
                Pattern::Group(inner)
                | Pattern::Interleave(inner)
                | Pattern::Optional(inner)
                | Pattern::OneOrMore(inner)
                | Pattern::ZeroOrMore(inner) => {
                    if !inner.iter().any(|it| self.excludes(it, known)) {
                        self.collect(inner, known, content, visited);
                    }
                }
            }
        }
    }
}

fn datatype(node: Node<'_, '_>) -> Datatype {
    let mut it = Datatype {
        name: node.attribute("type").unwrap_or_default().to_owned(),
        ..Datatype::default()
    };
    for child in node.children().filter(Node::is_element) {
        let text = child.text().unwrap_or_default();
        match (child.tag_name().name(), child.attribute("name")) {
            ("param", Some("pattern")) => it.pattern = Some(text.to_owned()),
            ("param", Some("minInclusive")) => it.least = text.trim().parse().ok(),
            ("param", Some("maxInclusive")) => it.most = text.trim().parse().ok(),
            ("except", _) => {
                let values = child.descendants().filter(|it| it.has_tag_name("value"));
                let values = values.filter_map(|it| it.text());
                it.except.extend(values.map(str::to_owned));
            }
            _ => {}
        }
    }
    it
}
