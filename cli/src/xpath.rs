//! The parts of a document that an XPath expression selects, written as libxml2 writes them.

use xmloxide::Document;
use xmloxide::tree::{Attribute, NodeId, NodeKind};
use xmloxide::xpath::{XPathNode, XPathValue, evaluate};

/// Why a document cannot be filtered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum XPathError {
    #[error("the document is no XML: {0}")]
    Document(String),
    #[error("Incorrect xpath '{expression}': {reason}")]
    Expression { expression: String, reason: String },
    #[error("Incorrect xpath '{expression}': it gives a {kind}, not a set of nodes")]
    NoNodes {
        expression: String,
        kind: &'static str,
    },
}

/// What `expression` selects in `xml`, a line for each node; under one root `nodes` where `wrap`.
pub(crate) fn select(xml: &str, expression: &str, wrap: bool) -> Result<String, XPathError> {
    let document =
        Document::parse_str(xml).map_err(|error| XPathError::Document(error.to_string()))?;
    let start = document.root_element().unwrap_or_else(|| document.root());
    let value = evaluate(&document, start, expression).map_err(|error| XPathError::Expression {
        expression: expression.to_owned(),
        reason: error.to_string(),
    })?;
    let XPathValue::NodeSet(nodes) = value else {
        return Err(XPathError::NoNodes {
            expression: expression.to_owned(),
            kind: value.type_name(),
        });
    };
    let writer = Writer {
        document: &document,
    };
    Ok(match wrap {
        true => writer.wrapped(&nodes),
        false => nodes.iter().map(|node| writer.line(*node)).collect(),
    })
}

struct Writer<'d> {
    document: &'d Document,
}

impl Writer<'_> {
    fn line(&self, node: XPathNode) -> String {
        let mut text = String::new();
        match node {
            XPathNode::Node(id) => self.node(id, Some(0), &[], &mut text),
            XPathNode::Attribute { owner, index } => {
                if let Some(attribute) = self.attribute(owner, index) {
                    write_attribute(attribute, &mut text);
                }
            }
        }
        text.push('\n');
        text
    }

    /// Attributes become those of the root, everything else its children.
    fn wrapped(&self, nodes: &[XPathNode]) -> String {
        let mut text = String::from("<nodes");
        let mut children = Vec::new();
        for node in nodes {
            match *node {
                XPathNode::Node(id) => children.push(id),
                XPathNode::Attribute { owner, index } => {
                    if let Some(attribute) = self.attribute(owner, index) {
                        write_attribute(attribute, &mut text);
                    }
                }
            }
        }
        if children.is_empty() {
            text.push_str("/>\n");
            return text;
        }
        text.push('>');
        let depth = (!self.any_text(&children)).then_some(1);
        for child in children {
            new_line(depth, &mut text);
            self.node(child, depth, &self.undeclared(child), &mut text);
        }
        new_line(depth.map(|depth| depth - 1), &mut text);
        text.push_str("</nodes>\n");
        text
    }

    fn attribute(&self, owner: NodeId, index: u32) -> Option<&Attribute> {
        let index = usize::try_from(index).ok()?;
        self.document.attributes(owner).get(index)
    }

    /// Writes a node. `depth` is that of its indentation, none where the text around it must stay
    /// as it is. `declared` are namespaces that its own element has to declare.
    fn node(
        &self,
        id: NodeId,
        depth: Option<usize>,
        declared: &[(String, String)],
        out: &mut String,
    ) {
        match &self.document.node(id).kind {
            NodeKind::Document => {
                out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
                for child in self.document.children(id) {
                    self.node(child, depth, &[], out);
                }
            }
            NodeKind::Element {
                name,
                prefix,
                attributes,
                ..
            } => {
                let name = match prefix {
                    Some(prefix) => format!("{prefix}:{name}"),
                    None => name.clone(),
                };
                out.push_str(&format!("<{name}"));
                for (prefix, uri) in declared {
                    out.push_str(&format!(" xmlns:{prefix}=\"{}\"", escaped(uri, true)));
                }
                for attribute in attributes {
                    write_attribute(attribute, out);
                }
                self.children(id, &name, depth, out);
            }
            NodeKind::Text { content } => out.push_str(&escaped(content, false)),
            NodeKind::CData { content } => out.push_str(&format!("<![CDATA[{content}]]>")),
            NodeKind::Comment { content } => out.push_str(&format!("<!--{content}-->")),
            NodeKind::ProcessingInstruction { target, data } => {
                let data = data
                    .as_ref()
                    .map_or_else(String::new, |data| format!(" {data}"));
                out.push_str(&format!("<?{target}{data}?>"));
            }
            NodeKind::EntityRef { name, .. } => out.push_str(&format!("&{name};")),
            NodeKind::DocumentType { .. } => {}
        }
    }

    fn children(&self, id: NodeId, name: &str, depth: Option<usize>, out: &mut String) {
        let children = self.significant(id);
        if children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        let inner = depth
            .filter(|_| !self.any_text(&children))
            .map(|depth| depth + 1);
        for child in children {
            new_line(inner, out);
            self.node(child, inner, &[], out);
        }
        new_line(inner.map(|depth| depth - 1), out);
        out.push_str(&format!("</{name}>"));
    }

    /// The children without the blanks that only lay the document out.
    fn significant(&self, id: NodeId) -> Vec<NodeId> {
        let children: Vec<NodeId> = self.document.children(id).collect();
        let is_blank = |&child: &NodeId| match &self.document.node(child).kind {
            NodeKind::Text { content } => content.trim().is_empty(),
            _ => false,
        };
        let lays_out = children.len() > 1
            && !children
                .iter()
                .any(|&child| self.is_text(child) && !is_blank(&child));
        match lays_out {
            true => children
                .into_iter()
                .filter(|child| !is_blank(child))
                .collect(),
            false => children,
        }
    }

    fn any_text(&self, nodes: &[NodeId]) -> bool {
        nodes.iter().any(|&node| self.is_text(node))
    }

    fn is_text(&self, node: NodeId) -> bool {
        matches!(
            self.document.node(node).kind,
            NodeKind::Text { .. } | NodeKind::CData { .. } | NodeKind::EntityRef { .. }
        )
    }

    /// The prefixes below `top` that are declared above it, with their namespaces.
    fn undeclared(&self, top: NodeId) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for id in std::iter::once(top).chain(self.document.descendants(top)) {
            let (Some(prefix), Some(uri)) = (
                self.document.node_prefix(id),
                self.document.node_namespace(id),
            ) else {
                continue;
            };
            let known = found.iter().any(|(known, _)| known == prefix);
            if !known && !self.declares(top, id, prefix) {
                found.push((prefix.to_owned(), uri.to_owned()));
            }
        }
        found
    }

    /// Whether `prefix` is declared between `top` and `id`, both included.
    fn declares(&self, top: NodeId, id: NodeId, prefix: &str) -> bool {
        let mut here = Some(id);
        while let Some(at) = here {
            let is_it = |attribute: &Attribute| {
                attribute.prefix.as_deref() == Some("xmlns") && attribute.name == prefix
            };
            if self.document.attributes(at).iter().any(is_it) {
                return true;
            }
            here = self.document.parent(at).filter(|_| at != top);
        }
        false
    }
}

fn write_attribute(attribute: &Attribute, out: &mut String) {
    out.push(' ');
    if let Some(prefix) = &attribute.prefix {
        out.push_str(&format!("{prefix}:"));
    }
    out.push_str(&format!(
        "{}=\"{}\"",
        attribute.name,
        escaped(&attribute.value, true)
    ));
}

fn new_line(depth: Option<usize>, out: &mut String) {
    if let Some(depth) = depth {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
}

fn escaped(text: &str, attribute: bool) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '"' if attribute => out.push_str("&quot;"),
            '\n' if attribute => out.push_str("&#10;"),
            '\t' if attribute => out.push_str("&#9;"),
            c => out.push(c),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::select;

    const DOCUMENT: &str = "<domain type='kvm' xmlns:q='http://q'>\n  <name>a &amp; b</name>\n  \
        <os>\n    <type arch='x86_64'>hvm</type>\n    <boot dev='hd'/>\n  </os>\n  \
        <q:commandline>\n    <q:arg value='-x'/>\n  </q:commandline>\n</domain>\n";

    #[track_caller]
    fn check(expression: &str, wrap: bool, expected: &str) {
        let text = select(DOCUMENT, expression, wrap).map_err(|error| error.to_string());
        assert_eq!(text.as_deref(), Ok(expected), "{expression}");
    }

    #[test]
    fn each_node_is_an_indented_part_of_its_own() {
        check("/domain/name", false, "<name>a &amp; b</name>\n");
        check(
            "os",
            false,
            "<os>\n  <type arch=\"x86_64\">hvm</type>\n  <boot dev=\"hd\"/>\n</os>\n",
        );
        check(
            "//boot|//type",
            false,
            "<type arch=\"x86_64\">hvm</type>\n<boot dev=\"hd\"/>\n",
        );
        check("/domain/name/text()", false, "a &amp; b\n");
        check("/domain/@type", false, " type=\"kvm\"\n");
        check("//nothing", false, "");
    }

    #[test]
    fn a_common_root_takes_all_of_them() {
        check(
            "//boot|//name",
            true,
            "<nodes>\n  <name>a &amp; b</name>\n  <boot dev=\"hd\"/>\n</nodes>\n",
        );
        check("//nothing", true, "<nodes/>\n");
        check("/domain/@type", true, "<nodes type=\"kvm\"/>\n");
        check(
            "/domain/*[local-name()='commandline']",
            true,
            "<nodes>\n  <q:commandline xmlns:q=\"http://q\">\n    <q:arg value=\"-x\"/>\n  \
             </q:commandline>\n</nodes>\n",
        );
    }

    #[test]
    fn what_is_no_set_of_nodes_is_refused() {
        for expression in ["count(//name)", "///", "//name[", "unknown(1)", "1 = 1"] {
            assert!(select(DOCUMENT, expression, false).is_err(), "{expression}");
        }
    }
}
