//! Makes up documents by walking a table: what is needed is there, the rest by chance.

use xml::{Field, FieldKind, Required, Selector, Shape, Strict, Table, Variant};

/// Elements deeper than this have only what they need.
const DEPTH: usize = 9;
/// The share of optional parts that a document has, in percent.
const OPTIONAL: u64 = 22;
/// Values of texts, with all that must be escaped.
const TEXTS: [&str; 6] = [
    "a",
    "two words",
    "&lt;&amp;>&quot;&apos;",
    "ünïcode 🦀",
    "/a/path.d",
    "1",
];

/// A source of documents.
pub(crate) struct MadeUp {
    state: u64,
}

/// The insides of an element while it is put together.
#[derive(Default)]
struct Parts {
    attributes: Vec<(String, String)>,
    text: String,
    children: String,
}

impl MadeUp {
    /// The source that a number other than zero begins.
    pub(crate) fn from(seed: u64) -> Self {
        Self {
            state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15),
        }
    }

    /// A document of that kind.
    pub(crate) fn document(&mut self, table: &'static Table) -> String {
        match table.selector {
            Some(Selector::Element) => self.chosen(table, 0),
            _ => self.element(table.element, table, 0),
        }
    }

    /// The element of one of the variants.
    fn chosen(&mut self, table: &'static Table, depth: usize) -> String {
        let variant = self.one_of(table.variants);
        match variant.content {
            Some(content) => self.element(variant.name, content(), depth),
            None => format!("<{}/>", variant.name),
        }
    }

    fn element(&mut self, name: &str, table: &'static Table, depth: usize) -> String {
        let mut parts = Parts::default();
        for (prefix, uri) in table.namespaces {
            parts.attribute(&format!("xmlns:{prefix}"), (*uri).to_owned());
        }
        self.fill(&mut parts, table, depth);
        let attributes = parts.attributes.iter();
        let attributes = attributes.map(|(name, value)| format!(" {name}='{value}'"));
        format!(
            "<{name}{}>{}{}</{name}>",
            attributes.collect::<String>(),
            parts.text,
            parts.children
        )
    }

    fn fill(&mut self, parts: &mut Parts, table: &'static Table, depth: usize) {
        if let Some(Selector::Attribute { name, .. }) = table.selector {
            let variant: &Variant = self.one_of(table.variants);
            if !variant.name.is_empty() {
                parts.attribute(name, variant.name.to_owned());
            }
            match variant.content {
                Some(content) if variant.inside => {
                    let inner = table.fields.get(1).map_or("", |it| it.name);
                    let element = self.element(inner, content(), depth + 1);
                    parts.children.push_str(&element);
                }
                Some(content) => self.fill(parts, content(), depth),
                None => {}
            }
            return;
        }
        for field in table.fields {
            self.field(parts, field, depth);
        }
    }

    fn field(&mut self, parts: &mut Parts, field: &'static Field, depth: usize) {
        if field.kind == FieldKind::Flatten {
            if let Some(content) = field.content {
                self.fill(parts, content(), depth);
            }
            return;
        }
        let needed = field.required != Required::No;
        if !needed && (depth > DEPTH || self.number(100) >= OPTIONAL) {
            return;
        }
        match field.kind {
            FieldKind::Attribute => {
                let value = self.value(field);
                parts.attribute(field.name, value);
            }
            FieldKind::Text => {
                if !field.detail.unit.is_empty() {
                    parts.attribute("unit", "KiB".to_owned());
                }
                parts.text = self.value(field);
            }
            _ => {
                let count = if field.many { 1 + self.number(3) } else { 1 };
                let items: String = (0..count).map(|_| self.item(field, depth + 1)).collect();
                parts.children.push_str(&match field.detail.wrapper {
                    "" => items,
                    wrapper => format!("<{wrapper}>{items}</{wrapper}>"),
                });
            }
        }
    }

    fn item(&mut self, field: &'static Field, depth: usize) -> String {
        let name = field.name;
        match (field.kind, field.content) {
            (FieldKind::Child, Some(content)) => self.element(name, content(), depth),
            (FieldKind::Choice, Some(content)) => self.chosen(content(), depth),
            (FieldKind::TextChild, _) => {
                let unit = if field.detail.unit.is_empty() {
                    ""
                } else {
                    " unit='KiB'"
                };
                format!("<{name}{unit}>{}</{name}>", self.value(field))
            }
            (FieldKind::ChildAttribute(attribute), _) => {
                format!("<{name} {attribute}='{}'/>", self.value(field))
            }
            (FieldKind::Verbatim, _) => {
                format!("<{name}><m:a xmlns:m='urn:m' b='1'>t<m:c/></m:a></{name}>")
            }
            (FieldKind::Rest, _) => "<unheard-of a='1'><b>t</b></unheard-of>".to_owned(),
            _ => format!("<{name}/>"),
        }
    }

    fn value(&mut self, field: &Field) -> String {
        if let (Strict::Words(words), Shape::Text) = (field.detail.strict, field.detail.shape) {
            return (*self.one_of(words)).to_owned();
        }
        match field.detail.shape {
            Shape::Unsigned(bits) => {
                let number = self.number(1 << bits.min(40));
                number.max(1).to_string()
            }
            Shape::Size => (1 + self.number(1 << 40)).to_string(),
            Shape::Signed(_) => format!("-{}", self.number(100)),
            Shape::Float => "0.25".to_owned(),
            Shape::Hex => format!("0x{:x}", self.number(8)),
            Shape::YesNo => (*self.one_of(&["yes", "no"])).to_owned(),
            Shape::OnOff => (*self.one_of(&["on", "off"])).to_owned(),
            Shape::Enum(words) => self.one_of(words).name.to_owned(),
            Shape::Named("UUID") => {
                format!("5b1c3a54-3f53-4c0e-9c36-{:012x}", self.number(1 << 40))
            }
            Shape::Named("MAC address") => format!("52:54:00:00:00:{:02x}", self.number(256)),
            Shape::Named("moment") => "2010-04-09T15:51:00".to_owned(),
            Shape::Named("octal mode") => format!("0{:o}", self.number(512)),
            Shape::Text | Shape::Named(_) | Shape::None => (*self.one_of(&TEXTS)).to_owned(),
        }
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let count = u64::try_from(list.len()).unwrap();
        let index = usize::try_from(self.number(count)).unwrap();
        list.get(index).unwrap()
    }

    /// A number below `end`.
    fn number(&mut self, end: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state % end
    }
}

impl Parts {
    /// Adds an attribute, unless a flattened type has brought it already.
    fn attribute(&mut self, name: &str, value: String) {
        if self.attributes.iter().all(|(it, _)| it != name) {
            self.attributes.push((name.to_owned(), value));
        }
    }
}
