//! Subtrees that are kept as they were: `<metadata>` and everything else that is not ours to read.
//!
//! They are written as libvirt writes them, which is libxml2's way: double quotes, and new lines
//! only inside elements that hold no text.

use std::fmt::Write as _;

/// An element that is kept as it was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    /// The element itself.
    pub root: Element,
}

/// An element of a kept subtree. White space between elements makes no difference.
#[derive(Debug, Clone, Eq, Default)]
pub struct Element {
    /// The name with its prefix.
    pub name: Box<str>,
    /// Namespace declarations of this element: prefix (empty for the default one) and URI.
    pub namespaces: Vec<(Box<str>, Box<str>)>,
    /// Attributes: name with its prefix, and value.
    pub attributes: Vec<(Box<str>, Box<str>)>,
    /// What is inside.
    pub children: Vec<Content>,
}

impl PartialEq for Element {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.namespaces == other.namespaces
            && self.attributes == other.attributes
            && self.significant().eq(other.significant())
    }
}

/// What may be inside an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// An element.
    Element(Element),
    /// Text, entities resolved.
    Text(Box<str>),
    /// Text in a `CDATA` section.
    Cdata(Box<str>),
    /// A comment.
    Comment(Box<str>),
    /// A processing instruction: target and value.
    Instruction(Box<str>, Box<str>),
}

impl Tree {
    /// Parses a fragment with one root element.
    ///
    /// # Errors
    /// When it is not well-formed, or exceeds the limits.
    pub fn parse(text: &str, limits: &crate::Limits) -> Result<Self, crate::Errors> {
        let document = crate::read::document(text, limits)?;
        Ok(Self::copy(document.root_element()))
    }

    /// The tree in libxml2's style, as if it stood `indent` levels deep; no new line at its end.
    #[must_use]
    pub fn to_text(&self, indent: usize) -> String {
        let mut out = String::new();
        self.root.write(&mut out, indent, true);
        out
    }

    pub(crate) fn copy(node: roxmltree::Node<'_, '_>) -> Self {
        let mut root = Element::copy(node);
        root.declare_inherited(node);
        Self { root }
    }
}

impl Tree {
    /// The tree with nothing but elements, attributes and the text of elements without children.
    pub(crate) fn copy_plain(node: roxmltree::Node<'_, '_>) -> Self {
        let mut tree = Self::copy(node);
        tree.root.simplify();
        tree
    }
}

impl Element {
    fn simplify(&mut self) {
        if self.elements().next().is_some() {
            self.children.retain(|it| matches!(it, Content::Element(_)));
        } else {
            let texts = self.children.iter().filter_map(|it| match it {
                Content::Text(text) | Content::Cdata(text) => Some(&**text),
                _ => None,
            });
            let text: String = texts.collect();
            self.children = Vec::new();
            if !text.is_empty() {
                self.children.push(Content::Text(text.into()));
            }
        }
        for child in &mut self.children {
            if let Content::Element(element) = child {
                element.simplify();
            }
        }
    }

    /// The URI that this element's own declarations give to its name, if they do.
    #[must_use]
    pub fn namespace(&self) -> Option<&str> {
        let prefix = self.name.split_once(':').map_or("", |(prefix, _)| prefix);
        self.namespaces
            .iter()
            .find(|(it, _)| **it == *prefix)
            .map(|(_, uri)| &**uri)
    }

    /// The name without its prefix.
    #[must_use]
    pub fn local_name(&self) -> &str {
        self.name
            .split_once(':')
            .map_or(&*self.name, |(_, local)| local)
    }

    /// The child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|it| match it {
            Content::Element(element) => Some(element),
            _ => None,
        })
    }

    /// Puts the names without a prefix, from this element down, under `prefix`, declared as `uri` here.
    pub fn adopt(&mut self, prefix: &str, uri: &str) {
        self.namespaces.push((prefix.into(), uri.into()));
        self.add_prefix(prefix);
    }

    fn add_prefix(&mut self, prefix: &str) {
        let has_default = self.namespaces.iter().any(|(it, _)| it.is_empty());
        if has_default {
            return;
        }
        if !self.name.contains(':') {
            self.name = format!("{prefix}:{}", self.name).into();
        }
        for child in &mut self.children {
            if let Content::Element(element) = child {
                element.add_prefix(prefix);
            }
        }
    }

    /// The opposite of [`Element::adopt`]: takes the namespace `uri` off all names.
    pub fn release(&mut self, uri: &str) {
        let declared = self.namespaces.iter().find(|(_, it)| **it == *uri);
        let Some(prefix) = declared.map(|(prefix, _)| prefix.clone()) else {
            return;
        };
        self.namespaces.retain(|(_, it)| **it != *uri);
        self.remove_prefix(&prefix);
    }

    fn remove_prefix(&mut self, prefix: &str) {
        let local = self
            .name
            .strip_prefix(prefix)
            .and_then(|it| it.strip_prefix(':'));
        if let Some(local) = local.map(Box::from) {
            self.name = local;
        }
        for child in &mut self.children {
            if let Content::Element(element) = child {
                element.remove_prefix(prefix);
            }
        }
    }

    /// The children, without the white space that only formats.
    fn significant(&self) -> impl Iterator<Item = &Content> {
        let only_text = self
            .children
            .iter()
            .all(|it| matches!(it, Content::Text(_)));
        self.children.iter().filter(move |it| match it {
            Content::Text(text) => only_text || !text.trim_ascii().is_empty(),
            _ => true,
        })
    }

    fn copy(node: roxmltree::Node<'_, '_>) -> Self {
        let source = node.document().input_text();
        let inherited = node.parent_element();
        Self {
            name: qualified_name(node).into(),
            namespaces: node
                .namespaces()
                .filter(|it| {
                    inherited.and_then(|up| up.lookup_namespace_uri(it.name())) != Some(it.uri())
                        && it.name() != Some("xml")
                })
                .map(|it| (it.name().unwrap_or_default().into(), it.uri().into()))
                .collect(),
            attributes: node
                .attributes()
                .map(|it| {
                    let name = source.get(it.range_qname()).unwrap_or_else(|| it.name());
                    (name.into(), it.value().into())
                })
                .collect(),
            children: node.children().filter_map(Content::copy).collect(),
        }
    }

    /// Declares on this element the namespaces that it uses from around it.
    fn declare_inherited(&mut self, node: roxmltree::Node<'_, '_>) {
        let mut used = Vec::new();
        self.collect_prefixes(&mut used);
        for namespace in node.namespaces() {
            let prefix = namespace.name().unwrap_or_default();
            let known = prefix == "xml" || self.namespaces.iter().any(|(it, _)| **it == *prefix);
            if !known && used.iter().any(|it| it == prefix) {
                self.namespaces
                    .push((prefix.into(), namespace.uri().into()));
            }
        }
    }

    fn collect_prefixes(&self, used: &mut Vec<String>) {
        let names = std::iter::once(&self.name).chain(self.attributes.iter().map(|(it, _)| it));
        for (index, name) in names.enumerate() {
            match name.split_once(':') {
                Some((prefix, _)) => used.push(prefix.to_owned()),
                // The default namespace counts for elements only.
                None if index == 0 => used.push(String::new()),
                None => {}
            }
        }
        self.elements().for_each(|it| it.collect_prefixes(used));
    }

    pub(crate) fn write(&self, out: &mut String, indent: usize, pretty: bool) {
        let _ = write!(out, "<{}", self.name);
        for (prefix, uri) in &self.namespaces {
            let colon = if prefix.is_empty() { "" } else { ":" };
            let _ = write!(out, " xmlns{colon}{prefix}=\"");
            escape(uri, true, out);
            out.push('"');
        }
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"");
            escape(value, true, out);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        let pretty = pretty
            && !self
                .children
                .iter()
                .any(|it| matches!(it, Content::Text(_) | Content::Cdata(_)));
        for child in &self.children {
            if pretty {
                new_line(out, indent + 1);
            }
            child.write(out, indent + 1, pretty);
        }
        if pretty {
            new_line(out, indent);
        }
        let _ = write!(out, "</{}>", self.name);
    }
}

impl Content {
    fn copy(node: roxmltree::Node<'_, '_>) -> Option<Self> {
        match node.node_type() {
            roxmltree::NodeType::Element => Some(Self::Element(Element::copy(node))),
            roxmltree::NodeType::Text => {
                let source = node
                    .document()
                    .input_text()
                    .get(node.range())
                    .unwrap_or_default();
                let text = node.text().unwrap_or_default();
                let whole = source
                    .strip_prefix("<![CDATA[")
                    .and_then(|it| it.strip_suffix("]]>"));
                Some(if whole == Some(text) {
                    Self::Cdata(text.into())
                } else {
                    Self::Text(text.into())
                })
            }
            roxmltree::NodeType::Comment => {
                Some(Self::Comment(node.text().unwrap_or_default().into()))
            }
            roxmltree::NodeType::PI => node
                .pi()
                .map(|it| Self::Instruction(it.target.into(), it.value.unwrap_or_default().into())),
            roxmltree::NodeType::Root => None,
        }
    }

    fn write(&self, out: &mut String, indent: usize, pretty: bool) {
        let _ = match self {
            Self::Element(it) => {
                it.write(out, indent, pretty);
                Ok(())
            }
            Self::Text(it) => {
                escape(it, false, out);
                Ok(())
            }
            Self::Cdata(it) => write!(out, "<![CDATA[{it}]]>"),
            Self::Comment(it) => write!(out, "<!--{it}-->"),
            Self::Instruction(target, value) if value.is_empty() => write!(out, "<?{target}?>"),
            Self::Instruction(target, value) => write!(out, "<?{target} {value}?>"),
        };
    }
}

/// The name as the document spells it; the parser keeps the namespace's URI only.
fn qualified_name<'a>(node: roxmltree::Node<'a, '_>) -> &'a str {
    let source = node.document().input_text();
    let start = node.range().start + 1;
    let rest = source.get(start..).unwrap_or_default();
    let end = rest.find(|it: char| it.is_ascii_whitespace() || matches!(it, '/' | '>'));
    end.and_then(|end| rest.get(..end))
        .unwrap_or_else(|| node.tag_name().name())
}

fn new_line(out: &mut String, indent: usize) {
    out.push('\n');
    for _ in 0..indent {
        out.push_str("  ");
    }
}

fn escape(text: &str, attribute: bool, out: &mut String) {
    for it in text.chars() {
        match it {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\r' => out.push_str("&#13;"),
            '"' if attribute => out.push_str("&quot;"),
            '\n' if attribute => out.push_str("&#10;"),
            '\t' if attribute => out.push_str("&#9;"),
            _ => out.push(it),
        }
    }
}
