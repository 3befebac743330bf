//! XML text in libvirt's style.

use crate::tree::{Content, Element, Tree};

/// Most indentations, in one piece.
const SPACES: &str = "                                ";

/// Writes elements: two spaces a level, single quotes, `<x/>` when there is nothing inside.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
    depth: usize,
    /// The last start tag still lacks its `>`.
    open: bool,
    /// The current element holds text, so its end tag follows on the same line.
    inline: bool,
    /// Prefixes of the elements written, each once.
    prefixes: Vec<String>,
}

impl Writer {
    /// A writer of nothing yet, with room for a small document.
    #[must_use]
    pub fn new() -> Self {
        Self {
            out: String::with_capacity(4096),
            ..Self::default()
        }
    }

    /// Opens an element.
    pub fn start(&mut self, name: &str) {
        self.close_start_tag();
        self.indent();
        self.out.push('<');
        self.out.push_str(name);
        self.open = true;
        self.inline = false;
        self.depth += 1;
        if name.bytes().any(|it| it == b':')
            && let Some((prefix, _)) = name.split_once(':')
            && !self.prefixes.iter().any(|it| it == prefix)
        {
            self.prefixes.push(prefix.to_owned());
        }
    }

    /// Adds an attribute to the element just opened.
    pub fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("='");
        escape(value, true, &mut self.out);
        self.out.push('\'');
    }

    /// Adds an attribute whose value is written straight to where it belongs; none when there is no value.
    pub(crate) fn attribute_of(&mut self, name: &str, value: impl FnOnce(&mut String) -> bool) {
        let before = self.out.len();
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("='");
        let start = self.out.len();
        if !value(&mut self.out) {
            self.out.truncate(before);
            return;
        }
        if self.out.bytes().skip(start).any(is_special) {
            let raw = self.out.split_off(start);
            escape(&raw, true, &mut self.out);
        }
        self.out.push('\'');
    }

    /// Adds the text of the element just opened.
    pub fn text(&mut self, text: &str) {
        if self.open {
            self.out.push('>');
            self.open = false;
        }
        self.inline = true;
        escape(text, false, &mut self.out);
    }

    /// Closes the element `name`, the one opened last.
    pub fn end(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        if self.open {
            self.out.push_str("/>\n");
        } else {
            if !self.inline {
                self.indent();
            }
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push_str(">\n");
        }
        self.open = false;
        self.inline = false;
    }

    /// Writes a kept subtree.
    pub fn tree(&mut self, tree: &Tree) {
        self.close_start_tag();
        self.indent();
        tree.root.write(&mut self.out, self.depth, true);
        self.out.push('\n');
        self.inline = false;
    }

    /// Writes a kept element in our own style.
    pub(crate) fn kept(&mut self, element: &Element) {
        self.start(&element.name);
        for (prefix, uri) in &element.namespaces {
            let colon = if prefix.is_empty() { "" } else { ":" };
            self.attribute(&format!("xmlns{colon}{prefix}"), uri);
        }
        for (name, value) in &element.attributes {
            self.attribute(name, value);
        }
        for child in &element.children {
            match child {
                Content::Element(it) => self.kept(it),
                Content::Text(it) => self.text(it),
                Content::Cdata(_) | Content::Comment(_) | Content::Instruction(..) => {}
            }
        }
        self.end(&element.name);
    }

    /// Where the next attribute of the element just opened would go.
    pub(crate) fn position(&self) -> usize {
        self.out.len()
    }

    /// Declares at `position` those of the namespaces whose prefixes were used since.
    pub(crate) fn declare(&mut self, position: usize, namespaces: &[(&'static str, &'static str)]) {
        let used = |prefix: &str| self.prefixes.iter().any(|it| it == prefix);
        let declarations: String = namespaces
            .iter()
            .filter(|(prefix, _)| used(prefix))
            .map(|(prefix, uri)| format!(" xmlns:{prefix}='{uri}'"))
            .collect();
        if !declarations.is_empty() && self.out.is_char_boundary(position) {
            self.out.insert_str(position, &declarations);
        }
        self.prefixes.clear();
    }

    /// The text.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// Ends the start tag, so that the element gets an end tag of its own.
    pub(crate) fn close_start_tag(&mut self) {
        if self.open {
            self.out.push_str(">\n");
            self.open = false;
        }
    }

    fn indent(&mut self) {
        let mut left = 2 * self.depth;
        while left > 0 {
            let some = left.min(SPACES.len());
            self.out.push_str(SPACES.get(..some).unwrap_or_default());
            left -= some;
        }
    }
}

/// Escapes as libvirt does: both quotes everywhere, and what XML 1.0 forbids is left out.
///
/// White space that a parser would not give back is written as a reference, so that parsing gives
/// back what was there.
fn escape(text: &str, attribute: bool, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_special) {
        let (plain, tail) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = tail.chars();
        match chars.next() {
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('&') => out.push_str("&amp;"),
            Some('\'') => out.push_str("&apos;"),
            Some('"') => out.push_str("&quot;"),
            Some('\n') if attribute => out.push_str("&#10;"),
            Some('\t') if attribute => out.push_str("&#9;"),
            Some('\r') => out.push_str("&#13;"),
            Some(white @ ('\n' | '\t')) => out.push(white),
            _ => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Whether a byte is, or may be, written as something else. All of them are single bytes, which are no part of any
/// other character.
fn is_special(byte: u8) -> bool {
    matches!(byte, b'<' | b'>' | b'&' | b'\'' | b'"') || byte < b' '
}
