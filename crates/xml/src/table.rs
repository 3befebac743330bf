//! The static description of a type's XML: what the runtime walks and the reference is made from.

use crate::codec::EnumValue;
use crate::prose::Prose;
use crate::rule::{Rule, Strict};
use crate::set::Kinds;
use crate::{Fault, Origin};

/// The XML of one type.
#[derive(Debug)]
pub struct Table {
    /// Name of the element, when the type is a document's root or always has the same name.
    pub element: &'static str,
    /// What the reference says of the type.
    pub prose: Prose,
    /// The fields in the order in which they are written.
    pub fields: &'static [Field],
    /// The same by how they appear; elsewhere, since the loader has nothing to write there.
    pub kinds: &'static Kinds,
    /// How the variant is chosen, for an enum.
    pub selector: Option<Selector>,
    /// The variants of an enum.
    pub variants: &'static [Variant],
    /// Whether a field's attributes are written before those of the fields declared earlier.
    pub leads: bool,
    /// Whether the element is written with two tags even when it is empty.
    pub block: bool,
    /// Whether a child element that nobody knows is an error in lenient parsing too.
    pub closed: bool,
    /// Prefix and URI of the namespaces that a root may declare besides the empty one.
    pub namespaces: &'static [(&'static str, &'static str)],
    /// What must hold between its parts, in strict mode.
    pub rules: &'static [Rule],
    /// What breaking one of them amounts to in lenient parsing; where nothing, it is passed over.
    pub broken: Option<Fault>,
    /// Whether strict mode wants the children in the declared order.
    pub ordered: bool,
    /// Whose finding an error in the element is, if not that of those who read the element around.
    pub origin: Option<Origin>,
}

/// How an enum's variant is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selector {
    /// By the value of this attribute.
    Attribute {
        /// The attribute's name.
        name: &'static str,
        /// When its absence is an error; otherwise it means the enum's default.
        required: Required,
        /// What a value outside the set amounts to.
        fault: Fault,
        /// What its absence amounts to where it is required.
        missing: Fault,
    },
    /// By the element's own name.
    Element,
}

/// One variant of an enum.
#[derive(Debug)]
pub struct Variant {
    /// The attribute value or element name that selects it.
    pub name: &'static str,
    /// What the reference says of it.
    pub prose: Prose,
    /// What it holds.
    pub content: Option<fn() -> &'static Table>,
    /// Whether that is inside a child element, the table's second field, not in the element itself.
    pub inside: bool,
    /// Whether libvirt's schema lacks it, so that strict mode refuses it.
    pub absent: bool,
    /// Whether what it holds is of a kind that the element must name.
    pub named: bool,
}

/// One field of a type: what every walk over a table asks, in one line of the processor's cache.
#[derive(Debug)]
#[repr(align(64))]
pub struct Field {
    /// The name of the attribute or element; empty for text and flattened fields.
    pub name: &'static str,
    /// How it appears.
    pub kind: FieldKind,
    /// What the reference says of it.
    pub prose: Prose,
    /// The table of a nested element.
    pub content: Option<fn() -> &'static Table>,
    /// What only those ask who have found it.
    pub detail: &'static Detail,
    /// Whether it may appear more than once.
    pub many: bool,
    /// Whether it is written even when empty.
    pub always: bool,
    /// When its absence is an error.
    pub required: Required,
    /// Whether its elements stand inside another one, the detail's `wrapper`.
    pub wrapped: bool,
    /// Whether its attributes are written before those of the fields declared earlier.
    pub lead: bool,
    /// Whether lenient parsing adds a second one to the first instead of dropping it.
    pub merge: bool,
}

/// What few fields differ in; fields that agree share one.
#[derive(Debug)]
pub struct Detail {
    /// The shape of a scalar value.
    pub shape: Shape,
    /// The element around the items of a list, or empty.
    pub wrapper: &'static str,
    /// The unit that a scaled size is written in (`KiB`); empty when it is not a size.
    pub unit: &'static str,
    /// What a second element amounts to in lenient parsing; where nothing, it is dropped.
    pub once: Option<Fault>,
    /// What a malformed value amounts to.
    pub fault: Fault,
    /// What its absence amounts to where it is required.
    pub missing: Fault,
    /// Whose finding a malformed value is, if not that of those who read the element.
    pub origin: Option<Origin>,
    /// Which malformed values count as absent in lenient parsing.
    pub lax: Lax,
    /// Whether zero is a malformed value.
    pub positive: bool,
    /// What strict mode asks of it besides.
    pub strict: Strict,
    /// The attribute in which, in strict mode, two of a list must differ; empty where none.
    pub distinct: &'static str,
    /// Of a flattened type, the attributes and elements that strict mode refuses here.
    pub without: &'static [&'static str],
}

/// Which malformed values count as absent in lenient parsing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lax {
    /// None: each is an error.
    No,
    /// The empty one.
    Empty,
    /// All of them.
    Any,
}

/// When a field's absence is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Required {
    /// Never.
    No,
    /// In strict mode only.
    Strict,
    /// In both modes.
    Always,
    /// In both modes, though the schema does not ask for it.
    Parser,
}

/// How a field appears in XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// An attribute of the element.
    Attribute,
    /// The element's own text.
    Text,
    /// A child element with nothing but text.
    TextChild,
    /// An attribute of a child element; the child has nothing else.
    ChildAttribute(&'static str),
    /// A child element that is there or not.
    Present,
    /// A child element with a type of its own.
    Child,
    /// A child element whose name chooses the variant.
    Choice,
    /// Another type's attributes and children, as if they were declared here.
    Flatten,
    /// A child element that is kept as it was.
    Verbatim,
    /// Every element that nothing else claims, kept as it was.
    Rest,
}

/// The shape of a scalar value, for the reference and the schema.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Not a scalar.
    None,
    /// Any text.
    Text,
    /// A decimal number without a sign, of so many bits.
    Unsigned(u32),
    /// A decimal number with a sign, of so many bits.
    Signed(u32),
    /// A number with a fraction.
    Float,
    /// A number in hexadecimal, read in any base.
    Hex,
    /// `yes` or `no`.
    YesNo,
    /// `on` or `off`.
    OnOff,
    /// One of these words.
    Enum(&'static [EnumValue]),
    /// A number of bytes, with a unit.
    Size,
    /// A format with a name: `uuid`, `mac` …
    Named(&'static str),
}

impl Field {
    /// A field with everything empty, for `..Field::EMPTY` in generated tables.
    pub const EMPTY: Self = Self {
        name: "",
        kind: FieldKind::Attribute,
        prose: Prose::NONE,
        content: None,
        detail: &Detail::EMPTY,
        many: false,
        always: false,
        required: Required::No,
        wrapped: false,
        lead: false,
        merge: false,
    };
}

impl Detail {
    /// A detail with everything empty, for `..Detail::EMPTY` in generated tables.
    pub const EMPTY: Self = Self {
        shape: Shape::None,
        wrapper: "",
        unit: "",
        once: None,
        fault: Fault::Xml,
        missing: Fault::Xml,
        origin: None,
        lax: Lax::No,
        positive: false,
        strict: Strict::Nothing,
        distinct: "",
        without: &[],
    };
}

impl Table {
    /// A table with everything empty, for `..Table::EMPTY` in generated tables.
    pub const EMPTY: Self = Self {
        element: "",
        prose: Prose::NONE,
        fields: &[],
        kinds: &Kinds::NONE,
        selector: None,
        variants: &[],
        leads: false,
        block: false,
        closed: false,
        namespaces: &[],
        rules: &[],
        broken: None,
        ordered: false,
        origin: None,
    };
}
