//! XML to records, by their tables.

mod attribute;
mod element;
mod need;
mod position;
mod report;

use roxmltree::{ExpandedName, Node};

use crate::error::{Error, Errors, Fault, Origin, Problem, ValueError};
use crate::limits::Limits;
use crate::record::{Record, Xml};
use crate::set::Kinds;
use crate::table::{Field, Selector, Table, Variant};
use position::Unlocated;

/// More errors than this are counted, not kept.
const ERRORS_KEPT: usize = 64;

/// How a document is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Whether what is unknown, misplaced or repeated is an error; otherwise it is dropped.
    pub strict: bool,
    /// How large the document may be.
    pub limits: Limits,
}

impl Options {
    /// As libvirt reads when nobody asked for validation.
    #[must_use]
    pub fn lenient() -> Self {
        Self::default()
    }

    /// As libvirt reads with `VIR_DOMAIN_DEFINE_VALIDATE` and its like.
    #[must_use]
    pub fn strict() -> Self {
        Self {
            strict: true,
            ..Self::default()
        }
    }
}

/// Parses a document whose type names its root element.
///
/// # Errors
/// All that is wrong with the document.
pub fn parse<T: Xml>(text: &str, options: &Options) -> Result<T, Errors> {
    parse_root(text, T::describe().element, options)
}

/// Parses a document with the root element `root`; empty if the type chooses by its name.
///
/// # Errors
/// All that is wrong with the document.
pub fn parse_root<T: Xml>(text: &str, root: &'static str, options: &Options) -> Result<T, Errors> {
    let mut it = T::default();
    fill(&mut it, text, root, options)?;
    Ok(it)
}

/// Reads a document into a record that is empty still. What is generic is compiled with those who use it, for whom
/// small may come before quick.
fn fill(
    record: &mut dyn Record,
    text: &str,
    root: &'static str,
    options: &Options,
) -> Result<(), Errors> {
    let document = document(text, &options.limits)?;
    let node = document.root_element();
    let mut reader = Reader {
        strict: options.strict,
        namespaces: record.table().namespaces,
        seen: Vec::new(),
        origin: Origin::Document,
        errors: Vec::new(),
        left_out: 0,
    };
    if !reader.is_root(record.table(), node, root) {
        let found = node.tag_name().name().to_owned();
        reader.error(
            node,
            node.range().start,
            Problem::WrongRoot {
                found,
                expected: root,
            },
            Fault::Xml,
        );
    } else {
        reader.record(record, node);
    }
    if reader.errors.is_empty() {
        Ok(())
    } else {
        Err(Errors {
            list: position::locate(reader.errors, text),
            left_out: reader.left_out,
        })
    }
}

/// The tree of a text within the limits.
pub(crate) fn document<'a>(
    text: &'a str,
    limits: &Limits,
) -> Result<roxmltree::Document<'a>, Errors> {
    limits.check(text).map_err(|(offset, problem)| {
        let before = text.get(..offset).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|it| *it != '\n').count() + 1;
        at_position(to_u32(line), to_u32(column), problem)
    })?;
    let options = roxmltree::ParsingOptions {
        nodes_limit: to_u32(limits.nodes),
        ..roxmltree::ParsingOptions::default()
    };
    roxmltree::Document::parse_with_options(text, options).map_err(|error| {
        let position = error.pos();
        at_position(
            position.row,
            position.col,
            Problem::Syntax(error.to_string()),
        )
    })
}

fn at_position(line: u32, column: u32, problem: Problem) -> Errors {
    Errors::one(Error {
        line,
        column,
        path: "/".to_owned(),
        problem,
        fault: Fault::Xml,
        origin: Origin::Document,
    })
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

struct Reader {
    strict: bool,
    namespaces: &'static [(&'static str, &'static str)],
    /// The single fields met in the elements that are being read, innermost last.
    seen: Vec<&'static Field>,
    /// Whose finding an error in the element that is being read is.
    origin: Origin,
    errors: Vec<Unlocated>,
    left_out: usize,
}

impl Reader {
    fn is_root(&self, table: &Table, node: Node<'_, '_>, root: &str) -> bool {
        match table.selector {
            Some(Selector::Element) if root.is_empty() => self.is_variant(table, node.tag_name()),
            _ => self.is_tag(root, node.tag_name()),
        }
    }

    fn record(&mut self, record: &mut dyn Record, node: Node<'_, '_>) {
        let mark = self.seen.len();
        let (outer, around) = (self.namespaces, self.origin);
        self.origin = record.table().origin.unwrap_or(around);
        if !record.table().namespaces.is_empty() {
            self.namespaces = record.table().namespaces;
        }
        self.select(record, node, false);
        for attribute in node.attributes() {
            if !self.attribute(record, node, &attribute) {
                self.unknown_attribute(record, node, &attribute);
            }
        }
        self.missing(record, node, mark, |kinds| kinds.attributes);
        self.text(record, node);
        for child in node.children().filter(Node::is_element) {
            let taken = self.child(record, child, child.tag_name(), mark);
            if !taken && !self.rest(record, child) {
                self.unknown_element(record, child);
            }
        }
        self.missing(record, node, mark, Kinds::inside);
        if self.strict {
            self.rules(record, node);
        } else if let Some(fault) = record.table().broken {
            self.broken(record.table(), node, fault);
        }
        self.seen.truncate(mark);
        self.namespaces = outer;
        self.origin = around;
    }

    /// Lets enums become the variant that the element says; one that is `named` must say it.
    fn select(&mut self, record: &mut dyn Record, node: Node<'_, '_>, named: bool) {
        let table = record.table();
        match table.selector {
            Some(Selector::Element) => {
                let name = table
                    .variants
                    .iter()
                    .map(|it| it.name)
                    .find(|it| self.is_tag(it, node.tag_name()));
                record.select(name.unwrap_or_default());
            }
            Some(Selector::Attribute {
                name,
                required,
                fault,
                missing,
            }) => match node.attribute_node(name) {
                Some(it) if !it.value().is_empty() && record.select(it.value()) => {
                    let lacks = |variant: &Variant| variant.absent && variant.name == it.value();
                    if self.strict && table.variants.iter().any(lacks) {
                        let error = ValueError::NotVariant(table);
                        self.bad_attribute(node, &it, name, error, Fault::Schema);
                    }
                }
                Some(it) => {
                    let error = ValueError::NotVariant(table);
                    let fault = if self.strict { Fault::Schema } else { fault };
                    self.bad_attribute(node, &it, name, error, fault);
                }
                None if named || self.asks_for(required) => {
                    let element = node.tag_name().name().to_owned();
                    let problem = Problem::MissingAttribute { name, element };
                    self.error(node, node.range().start, problem, missing);
                }
                None => {}
            },
            None => {}
        }
        let named = match table.selector {
            Some(_) => {
                let chosen = record.selected();
                let is = |variant: &&Variant| variant.name == chosen;
                table.variants.iter().find(is).is_some_and(|it| it.named)
            }
            None => named,
        };
        for (index, _) in table.kinds.flattened.of(table.fields) {
            if let Some(inner) = record.flattened(index) {
                self.select(inner, node, named);
            }
        }
    }

    fn is_tag(&self, name: &str, tag: ExpandedName<'_, '_>) -> bool {
        self.is_named(name, tag.namespace(), tag.name())
    }

    fn is_variant(&self, table: &Table, tag: ExpandedName<'_, '_>) -> bool {
        table.variants.iter().any(|it| self.is_tag(it.name, tag))
    }

    /// Whether a declared name, maybe with a prefix, is this namespace and local name.
    fn is_named(&self, declared: &str, namespace: Option<&str>, local: &str) -> bool {
        match namespace {
            // Most names differ in their first letter already.
            None => declared.bytes().next() == local.bytes().next() && declared == local,
            Some(uri) => self.namespaces.iter().any(|(prefix, it)| {
                *it == uri
                    && declared
                        .strip_prefix(prefix)
                        .and_then(|it| it.strip_prefix(':'))
                        == Some(local)
            }),
        }
    }
}

/// The text directly inside an element.
fn text_of<'a>(node: Node<'a, '_>) -> std::borrow::Cow<'a, str> {
    let mut texts = node
        .children()
        .filter(Node::is_text)
        .filter_map(|it| it.text());
    let first = texts.next().unwrap_or_default();
    match texts.next() {
        None => first.into(),
        Some(second) => {
            let mut all = first.to_owned();
            all.push_str(second);
            texts.for_each(|it| all.push_str(it));
            all.into()
        }
    }
}
