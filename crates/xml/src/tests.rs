//! Tests of the machinery as a whole, on one small document.

use proptest::prelude::*;

use crate::{
    Element, Errors, Limits, Options, Pattern, Problem, Tree, Xml, XmlEnum, format, parse,
};

#[derive(Debug, Default, Clone, Copy, PartialEq, XmlEnum)]
enum Bus {
    #[default]
    Ide,
    VirtioScsi,
    #[xml("io_uring")]
    Ring,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
struct Size {
    #[xml(attribute, on_off)]
    dump_core: Option<bool>,
    #[xml(text, unit = "KiB")]
    kib: u64,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
struct FilePlace {
    #[xml(attribute)]
    file: Option<String>,
    #[xml(child = "mark", attribute = "id")]
    marks: Vec<u32>,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
struct Pair {
    #[xml(child = "source")]
    ends: Vec<FilePlace>,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
struct BlockPlace {
    #[xml(attribute)]
    dev: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(tag = "type", content = "source")]
enum Place {
    File(FilePlace),
    Block(BlockPlace),
    #[xml(name = "pair", flatten)]
    Pair(Pair),
    Nowhere,
}

impl Default for Place {
    fn default() -> Self {
        Self::File(FilePlace::default())
    }
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
struct Info {
    #[xml(child = "alias", attribute = "name")]
    alias: Option<String>,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
struct Disk {
    #[xml(attribute)]
    device: Option<String>,
    #[xml(child = "target", attribute = "bus", required)]
    bus: Option<Bus>,
    #[xml(flatten, lead)]
    place: Place,
    #[xml(present)]
    readonly: bool,
    #[xml(child, omit_empty)]
    below: Option<Box<Disk>>,
    #[xml(flatten)]
    info: Info,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
enum Shape {
    Circle(Size),
    #[default]
    Square,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(name = "bag")]
struct Bag {
    #[xml(rest)]
    others: Vec<Tree>,
}

static WORD: Pattern = Pattern::new("a word", "[a-z]+");

#[derive(Debug, Default, Clone, Copy, PartialEq, XmlEnum)]
enum Port {
    #[default]
    Serial,
    #[xml(schema_absent)]
    Oldish,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(
    name = "plug",
    ordered,
    rule = "@mode='|named' => name | @alias",
    rule = "@mode='none' & !@alias => no name, #text",
    rule = "first ^ second",
    rule = "name='magic' => @alias, second"
)]
struct Plug {
    #[xml(attribute)]
    mode: Option<String>,
    #[xml(attribute, schema = "WORD")]
    alias: Option<String>,
    #[xml(attribute, schema_words = "a b")]
    letter: Option<String>,
    #[xml(attribute, schema_absent)]
    secret: Option<String>,
    #[xml(attribute)]
    port: Option<Port>,
    #[xml(text_child)]
    name: Option<String>,
    #[xml(text_child)]
    number: Option<u32>,
    #[xml(present)]
    first: bool,
    #[xml(present)]
    second: bool,
    #[xml(child = "pin", attribute = "id", wrapper = "pins", schema_required)]
    pins: Vec<u32>,
    #[xml(flatten, schema_without = "disk")]
    bay: Bay,
    #[xml(text)]
    text: Option<String>,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
struct Bay {
    #[xml(child)]
    disk: Option<Disk>,
    #[xml(child)]
    memory: Option<Size>,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(name = "machine", namespace(q = "http://example.org/q"))]
struct Machine {
    #[xml(attribute = "type", required)]
    kind: Option<String>,
    #[xml(text_child, required)]
    name: String,
    #[xml(child)]
    memory: Option<Size>,
    #[xml(text_child, hex = 4)]
    reg: Option<u32>,
    #[xml(verbatim)]
    metadata: Option<Tree>,
    #[xml(child = "disk", wrapper = "disks")]
    disks: Vec<Disk>,
    #[xml(choice)]
    shapes: Vec<Shape>,
    #[xml(child = "q:arg", attribute = "value", wrapper = "q:args")]
    args: Vec<String>,
}

fn lenient(text: &str) -> Result<Machine, Errors> {
    parse(text, &Options::lenient())
}

/// Checks what a document is written as, and that this is read as the same.
#[track_caller]
fn check(text: &str, written: &str) {
    let machine = lenient(text).unwrap();
    assert_eq!(format(&machine), written);
    assert_eq!(lenient(written).unwrap(), machine);
}

/// Checks the errors of strict reading.
#[track_caller]
fn refused(text: &str, errors: &[&str]) {
    let found = parse::<Machine>(text, &Options::strict()).unwrap_err();
    let found: Vec<String> = found.as_slice().iter().map(ToString::to_string).collect();
    assert_eq!(found, errors);
}

const FULL: &str = "\
<machine type='t' xmlns:q='http://example.org/q'>
  <name>it&apos;s &lt;m&gt;</name>
  <memory dumpCore='on' unit='KiB'>2048</memory>
  <reg>0x00ff</reg>
  <disks>
    <disk type='block' device='disk'>
      <target bus='virtio-scsi'/>
      <source dev='/dev/sda'/>
      <readonly/>
      <below type='file'>
        <source file='/a'>
          <mark id='1'/>
          <mark id='2'/>
        </source>
      </below>
      <alias name='x'/>
    </disk>
    <disk type='nowhere'>
      <target bus='io_uring'/>
    </disk>
    <disk type='pair'>
      <source file='a'/>
      <source file='b'/>
    </disk>
  </disks>
  <circle unit='KiB'>1</circle>
  <square/>
  <q:args>
    <q:arg value='-x'/>
  </q:args>
</machine>
";

#[test]
fn every_form_comes_back() {
    check(FULL, FULL);
}

#[test]
fn order_quotes_units_and_prefixes_become_ours() {
    let text = "<?xml version=\"1.0\"?>\n<machine type=\"t\" xmlns:other=\"http://example.org/q\">\
        <other:args><other:arg value=\"-x\"/></other:args><disks><disk device=\"disk\" type=\"block\">\
        <alias name=\"x\"/><readonly/><source dev=\"/dev/sda\"/><target bus=\"virtio-scsi\"/>\
        <below><source file=\"/a\"><mark id=\"1\"/><mark id=\"2\"/></source></below></disk>\
        <disk type=\"nowhere\"><target bus=\"io_uring\"/></disk>\
        <disk type=\"pair\"><source file=\"a\"/><source file=\"b\"/></disk></disks>\
        <memory unit=\"MiB\" dumpCore=\"on\">2</memory><circle>1</circle><square/>\
        <reg>255</reg><name>it's &lt;m></name></machine>";
    check(text, FULL);
}

#[test]
fn sizes_are_scaled_and_rounded_up() {
    let kib = |text: &str| lenient(&format!("<machine type='t'><name>m</name>{text}</machine>"));
    let size = |text: &str| kib(text).map(|it| it.memory.unwrap().kib);
    assert_eq!(size("<memory>7</memory>"), Ok(7));
    assert_eq!(size("<memory unit='b'>1025</memory>"), Ok(2));
    assert_eq!(size("<memory unit='KB'>1000</memory>"), Ok(977));
    assert_eq!(size("<memory unit='GiB'>1</memory>"), Ok(1 << 20));
    assert_eq!(size("<memory unit='eib'>7</memory>"), Ok(7 << 50));
    for bad in ["unit='EiB'>9", "unit='lightyear'>1", ">-1", ">", ">1 MiB"] {
        let text = format!("<memory {bad}</memory>");
        assert!(size(&text).is_err() || bad == ">", "{bad}");
    }
}

#[test]
fn unknown_parts_are_dropped_unless_asked_for() {
    let text = "<machine type='t' colour='red'>\n  <name>m</name>\n  <disks>\n    <dsik/>\n    \
        <disk dvice='x'>\n      <target bsu='ide' bus='ide'/>\n      <source dev='/dev/sda'/>\n    </disk>\n  \
        </disks>\n  <disk/>\n  stray\n</machine>";
    check(
        text,
        "<machine type='t'>\n  <name>m</name>\n  <disks>\n    <disk type='file'>\n      \
         <target bus='ide'/>\n    </disk>\n  </disks>\n</machine>\n",
    );
    refused(
        text,
        &[
            "line 1, column 19, /machine: unknown attribute 'colour' of <machine>",
            "line 1, column 1, /machine: <machine> has no text",
            "line 4, column 5, /machine/disks/dsik: unknown element <dsik>, did you mean 'disk'?",
            "line 5, column 11, /machine/disks/disk: unknown attribute 'dvice' of <disk>, did you mean 'device'?",
            "line 6, column 15, /machine/disks/disk/target: unknown attribute 'bsu' of <target>",
            "line 7, column 15, /machine/disks/disk/source: unknown attribute 'dev' of <source>",
            "line 10, column 3, /machine/disk: unknown element <disk>, did you mean 'disks'?",
        ],
    );
}

#[test]
fn missing_and_repeated_parts_are_named() {
    refused(
        "<machine><reg>1</reg><reg>2</reg></machine>",
        &[
            "line 1, column 1, /machine: missing attribute 'type' of <machine>",
            "line 1, column 22, /machine/reg[2]: <reg> may appear only once here",
            "line 1, column 1, /machine: missing element <name> in <machine>",
        ],
    );
    let first = lenient("<machine type='t'><name>m</name><reg>1</reg><reg>2</reg></machine>");
    assert_eq!(first.unwrap().reg, Some(1));
}

/// Checks what strict reading says of a plug that lenient reading takes.
#[track_caller]
fn strictly(inside: &str, expected: &[&str]) {
    let text = format!("<plug{inside}</plug>");
    parse::<Plug>(&text, &Options::lenient()).unwrap();
    let errors = parse::<Plug>(&text, &Options::strict()).err();
    let problems = errors.iter().flat_map(Errors::as_slice);
    let problems: Vec<String> = problems.map(|it| it.problem.to_string()).collect();
    assert_eq!(problems, expected, "{text}");
}

#[test]
fn strict_values_follow_patterns_words_and_absence() {
    strictly(" alias='x' letter='b' port='serial'>", &[]);
    strictly(
        " alias='X' letter='c' secret='' port='oldish'>",
        &[
            "invalid value 'X' of attribute 'alias' of <plug>: a word is needed",
            "invalid value 'c' of attribute 'letter' of <plug>: one of 'a', 'b' is needed",
            "unknown attribute 'secret' of <plug>",
            "invalid value 'oldish' of attribute 'port' of <plug>: one of 'serial' is needed",
        ],
    );
    strictly(
        " alias='x'><number/><pins/>",
        &[
            "invalid value '' of <number>: a whole number from 0 to 4294967295 is needed",
            "missing element <pin> in <pins>",
        ],
    );
    strictly(" alias='x'><memory unit='kib'>1</memory>", &[]);
    strictly(" alias='x'><disk/>", &["unknown element <disk>"]);
}

#[test]
fn rules_between_parts_hold_in_strict_mode() {
    strictly(" mode='other'>", &[]);
    let named = "<plug> with mode absent or 'named': <name> or attribute 'alias' is needed";
    strictly(">", &[named]);
    strictly(" mode='named'><name>x</name>", &[]);
    let none =
        "<plug> with mode 'none' and without attribute 'alias': <name>, a text must not be there";
    strictly(" mode='none'><name>x</name>", &[none]);
    strictly(" mode='none'>text", &[none]);
    strictly(
        " alias='x'><first/><second/>",
        &["<plug> only one of <first>, <second> may be there"],
    );
    strictly(
        "><name>magic</name>",
        &[
            "<plug> with name 'magic': attribute 'alias' is needed",
            "<plug> with name 'magic': <second> is needed",
        ],
    );
    strictly(
        " alias='x'><number>1</number><name>x</name>",
        &["<name> must stand before <number>"],
    );
}

#[test]
fn bad_values_are_errors_in_both_modes() {
    let text =
        "<machine type='t'><name>m</name><reg>x</reg><disks><disk type='tape'/></disks></machine>";
    let errors = lenient(text).unwrap_err();
    let problems: Vec<String> = errors
        .as_slice()
        .iter()
        .map(|it| it.problem.to_string())
        .collect();
    assert_eq!(
        problems,
        [
            "invalid value 'x' of <reg>: a whole number from 0 to 4294967295 is needed",
            "invalid value 'tape' of attribute 'type' of <disk>: one of 'file', 'block', 'pair', 'nowhere' is needed",
        ]
    );
}

#[test]
fn other_roots_and_broken_documents_are_refused() {
    let problem = |text: &str| lenient(text).unwrap_err().as_slice()[0].problem.clone();
    let wrong = Problem::WrongRoot {
        found: "disk".to_owned(),
        expected: "machine",
    };
    assert_eq!(problem("<disk/>"), wrong);
    for text in [
        "",
        "<machine>",
        "<machine></disk>",
        "<!DOCTYPE machine [<!ENTITY a 'b'>]><machine/>",
    ] {
        assert!(matches!(problem(text), Problem::Syntax(_)), "{text}");
    }
}

#[test]
fn hostile_documents_are_refused_cheaply() {
    let problem = |text: &str| lenient(text).unwrap_err().as_slice()[0].problem.clone();
    let limits = Limits::default();
    let long = " ".repeat(10 << 20);
    assert!(matches!(problem(&long), Problem::TooLong { .. }));
    let deep = "<below>".repeat(200_000);
    assert_eq!(
        problem(&deep),
        Problem::TooDeep {
            limit: limits.depth
        }
    );
    let wide = format!("<machine>{}</machine>", "<a/>".repeat(500_000));
    assert_eq!(
        problem(&wide),
        Problem::TooManyNodes {
            limit: limits.nodes
        }
    );
    let attributes: String = (0..100_000).map(|it| format!(" a{it}=''")).collect();
    let many = format!("<machine{attributes}/>");
    assert_eq!(
        problem(&many),
        Problem::TooManyAttributes {
            limit: limits.attributes
        }
    );
}

#[test]
fn errors_are_bounded() {
    let text = format!(
        "<machine type='t'><name>m</name>{}</machine>",
        "<zzz/>".repeat(1000)
    );
    let errors = parse::<Machine>(&text, &Options::strict()).unwrap_err();
    assert_eq!(errors.as_slice().len(), 64);
    assert_eq!(errors.left_out(), 936);
}

#[test]
fn kept_subtrees_keep_prefixes_comments_and_space() {
    let text = "<machine type='t' xmlns:a='urn:a' xmlns:b='urn:b'>\n  <name>m</name>\n  <metadata>\n    \
        <a:x k='1' a:l=\"'\"><!-- c --><a:y>t &amp; u</a:y></a:x>\n    <z xmlns='urn:z'/>\n  </metadata>\n</machine>";
    check(
        text,
        "<machine type='t'>\n  <name>m</name>\n  <metadata xmlns:a=\"urn:a\">\n    \
         <a:x k=\"1\" a:l=\"'\">\n      <!-- c -->\n      <a:y>t &amp; u</a:y>\n    </a:x>\n    <z xmlns=\"urn:z\"/>\n  \
         </metadata>\n</machine>\n"
            .replace("\n      <!-- c -->\n      <a:y>t &amp; u</a:y>\n    </a:x>", "<!-- c --><a:y>t &amp; u</a:y></a:x>")
            .as_str(),
    );
}

#[test]
fn what_nothing_claims_is_kept_in_our_style() {
    let text = "<bag><!-- c --><a k=\"1\">t<!-- c --></a><b>x<c/><![CDATA[y]]></b></bag>";
    let bag: Bag = parse(text, &Options::strict()).unwrap();
    let written = format(&bag);
    assert_eq!(
        written,
        "<bag>\n  <a k='1'>t</a>\n  <b>\n    <c/>\n  </b>\n</bag>\n"
    );
    assert_eq!(parse::<Bag>(&written, &Options::strict()), Ok(bag));
}

#[test]
fn adopted_names_are_released_again() {
    let mut tree = Tree::parse("<x><y/><p:z xmlns:p='urn:p'/></x>", &Limits::default()).unwrap();
    let before: Element = tree.root.clone();
    tree.root.adopt("app", "urn:app");
    let text = tree.to_text(0);
    assert!(text.starts_with("<app:x xmlns:app=\"urn:app\">"), "{text}");
    assert!(
        text.contains("<app:y/>") && text.contains("<p:z xmlns:p=\"urn:p\"/>"),
        "{text}"
    );
    tree.root.release("urn:app");
    assert_eq!(tree.root, before);
}

#[test]
fn the_description_says_what_was_declared() {
    let table = <Machine as Xml>::describe();
    let fields: Vec<&str> = table.fields.iter().map(|it| it.name).collect();
    assert_eq!(
        fields,
        [
            "type", "name", "memory", "reg", "metadata", "disk", "", "q:arg"
        ]
    );
    let tables = crate::reference::tables(table);
    let names: Vec<&str> = tables.iter().map(|it| it.prose.type_name).collect();
    assert_eq!(
        names,
        [
            "Machine",
            "Size",
            "Disk",
            "Shape",
            "Place",
            "Info",
            "FilePlace",
            "BlockPlace",
            "Pair"
        ]
    );
}

proptest! {
    #[test]
    fn any_text_comes_back(name in "[^\u{0}-\u{8}\u{b}-\u{1f}\u{fffe}\u{ffff}]{1,20}", alias in "\\PC*|[\t\n'\"<>&]{0,5}") {
        prop_assume!(!name.trim_ascii().is_empty());
        let disk = Disk { info: Info { alias: Some(alias) }, ..Disk::default() };
        let machine = Machine { kind: Some(name.clone()), name, disks: vec![disk], ..Machine::default() };
        let written = format(&machine);
        prop_assert_eq!(lenient(&written), Ok(machine), "{}", written);
    }

    #[test]
    fn any_input_is_read_or_refused(text in "\\PC{0,200}") {
        let _ = lenient(&text);
        let _ = lenient(&format!("<machine type='t'>{text}</machine>"));
    }
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(closed)]
struct Closed {
    /// May be said once.
    #[xml(child = "pin", attribute = "cpus", once)]
    pin: Option<String>,
}

#[test]
fn a_closed_element_takes_nothing_else_and_once_is_once() {
    let lenient = Options::lenient();
    let closed: Closed = crate::parse_root("<c><pin cpus='1'/></c>", "c", &lenient).unwrap();
    assert_eq!(closed.pin.as_deref(), Some("1"));
    let fault = |text: &str| {
        let result = crate::parse_root::<Closed>(text, "c", &lenient);
        result.unwrap_err().fault()
    };
    assert_eq!(fault("<c><pen/></c>"), crate::Fault::Unsupported);
    let twice = "<c><pin cpus='1'/><pin cpus='2'/></c>";
    assert_eq!(fault(twice), crate::Fault::Content);
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(name = "shop")]
struct Shop {
    /// Late.
    #[xml(child, since = "0.10.0")]
    late: Option<Shelf>,
    /// Early.
    #[xml(child, since = "0.9.2")]
    early: Option<Shelf>,
}

/// A shelf.
#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(absent = "nobody knows")]
struct Shelf {
    /// The bus.
    #[xml(attribute, default = "`old`", since = "0.1.0")]
    bus: Option<Model>,
    /// The depth.
    #[xml(attribute, since = "1.2.0")]
    depth: Option<u32>,
    /// The width.
    #[xml(attribute, required)]
    width: u32,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, XmlEnum)]
enum Model {
    #[default]
    Old,
    #[xml(since = "2.0.0")]
    New,
}

#[test]
fn the_reference_says_since_when_and_what_absence_means() {
    let page = crate::reference::markdown(<Shop as Xml>::describe(), &[]);
    let rows: Vec<&str> = page.lines().filter(|it| it.starts_with("| `")).collect();
    // What two elements share is as old as the older of them, and no older.
    assert_eq!(
        rows,
        [
            "| `<late>` | element | 0.10.0 | Late. |",
            "| `<early>` | element | 0.9.2 | Early. |",
            "| `@bus` | `old`, `new` (2.0.0); default `old` | 0.9.2 | The bus. |",
            "| `@depth` | whole number, 32 bits; without it, nobody knows | 1.2.0 | The depth. |",
            "| `@width` | whole number, 32 bits; needed | 0.9.2 | The width. |",
        ]
    );
}

/// A crate.
#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(name = "crate")]
struct Crate {
    /// What it measures.
    #[xml(flatten)]
    measures: Measures,
}

/// Measures.
#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(rule = "@width => @depth")]
struct Measures {
    /// The width.
    #[xml(attribute, absent = "nobody knows")]
    width: Option<u32>,
    /// The depth.
    #[xml(attribute, absent = "nobody knows")]
    depth: Option<u32>,
}

#[test]
fn the_reference_says_what_must_hold_in_flattened_types_too() {
    let page = crate::reference::markdown(<Crate as Xml>::describe(), &[]);
    let rule = "- Validation: with attribute 'width': attribute 'depth' is needed.";
    assert!(page.contains(rule), "{page}");
    let errors = crate::parse_root::<Crate>("<crate width='1'/>", "crate", &Options::strict());
    assert!(errors.is_err());
}
