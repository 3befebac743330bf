//! What lenient parsing takes for nothing, and what each fault amounts to.

use crate::{Fault, Options, Origin, Xml};

#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(name = "card")]
struct Card {
    /// Any bad value counts as none.
    #[xml(attribute, lax)]
    ports: Option<u32>,
    /// The empty value counts as none.
    #[xml(attribute, lax = "empty", fault = "Content")]
    queues: Option<u32>,
    /// Counts from 1.
    #[xml(attribute, positive)]
    index: Option<u32>,
    /// Its absence is another fault than a bad value.
    #[xml(attribute, required, fault = "Unsupported", missing = "Internal")]
    speed: u32,
    /// A second one is a fault of its own.
    #[xml(child = "rom", attribute = "file", once = "Internal")]
    rom: Option<String>,
    #[xml(flatten)]
    place: Place,
    #[xml(child)]
    lock: Option<Lock>,
    /// A minus sign counts down from the end.
    #[xml(attribute, with = "crate::Wrapping")]
    slot: Option<u32>,
    /// An item is one without a text too.
    #[xml(text_child = "note")]
    notes: Vec<String>,
    #[xml(child)]
    label: Option<Label>,
    #[xml(child)]
    plug: Option<Plug>,
    /// Lists in several elements are one.
    #[xml(child, omit_empty, merge)]
    tray: Option<Tray>,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
struct Tray {
    #[xml(text_child = "chip")]
    chips: Vec<String>,
}

/// A wire is of a kind that it names; an adapter may have the usual one.
#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(tag = "model")]
enum Plug {
    #[default]
    None,
    #[xml(required)]
    Wire(Carrier),
    Adapter(Carrier),
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
struct Carrier {
    #[xml(flatten)]
    line: Line,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(tag = "type", missing = "Content")]
enum Line {
    #[default]
    Copper,
    Glass,
}

/// The empty text counts as none, which is then missing.
#[derive(Debug, Default, Clone, PartialEq, Xml)]
struct Label {
    #[xml(text_child, required, lax = "empty", fault = "Unsupported")]
    path: String,
}

const LOCKSMITH: Origin = Origin::Part(1);
const CLERK: Origin = Origin::Part(2);

#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(origin = "LOCKSMITH")]
struct Lock {
    #[xml(child, required, origin = "CLERK")]
    key: Option<Key>,
    #[xml(attribute, fault = "Content")]
    level: Option<u32>,
    #[xml(attribute, fault = "Content", origin = "CLERK")]
    count: Option<u32>,
    #[xml(child, once)]
    card: Option<Bolt>,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
struct Key {
    #[xml(attribute, fault = "Content")]
    teeth: Option<u32>,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(origin = "Origin::Document")]
struct Bolt {
    #[xml(attribute, fault = "Content")]
    length: Option<u32>,
}

/// One rule of which is a fault in lenient parsing too.
#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(name = "slot")]
#[xml(rule = "@kind='wide' => @width", broken = "Internal")]
struct Slot {
    #[xml(attribute)]
    kind: Option<String>,
    #[xml(attribute)]
    width: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(tag = "type", content = "source", once, content_required)]
enum Place {
    Bus(Bus),
}

impl Default for Place {
    fn default() -> Self {
        Self::Bus(Bus::default())
    }
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
struct Bus {
    #[xml(attribute)]
    name: Option<String>,
}

fn read(attributes: &str, content: &str) -> Result<Card, Fault> {
    let text = format!("<card {attributes}>{content}</card>");
    crate::parse(&text, &Options::lenient()).map_err(|errors| errors.fault())
}

const SOURCE: &str = "<source name='a'/>";

#[test]
fn bad_values_count_as_none_where_they_may() {
    let card = read("speed='1' ports='many' queues=''", SOURCE).unwrap();
    assert_eq!((card.ports, card.queues), (None, None));
    assert_eq!(read("speed='1' queues='many'", SOURCE), Err(Fault::Content));
    let strict = "<card speed='1' ports='many'><source/></card>";
    assert!(crate::parse::<Card>(strict, &Options::strict()).is_err());
}

#[test]
fn an_empty_text_is_missing_where_one_is_needed() {
    let label = |path: &str| read("speed='1'", &format!("{SOURCE}<label>{path}</label>"));
    assert!(label("<path>/p</path>").is_ok());
    assert_eq!(label(""), Err(Fault::Unsupported));
    assert_eq!(label("<path/>"), Err(Fault::Unsupported));
}

#[test]
fn an_item_of_a_list_may_be_empty() {
    let card = read("speed='1'", &format!("{SOURCE}<note/><note>a</note>")).unwrap();
    assert_eq!(card.notes, ["", "a"]);
    assert_eq!(crate::format(&card).matches("<note").count(), 2);
}

#[test]
fn what_several_elements_hold_is_put_together() {
    let trays = "<tray><chip>a</chip></tray><tray/><tray><chip>b</chip></tray>";
    let card = read("speed='1'", &format!("{SOURCE}{trays}")).unwrap();
    assert_eq!(card.tray.unwrap().chips, ["a", "b"]);
    let text = format!("<card speed='1'>{SOURCE}{trays}</card>");
    assert!(crate::parse::<Card>(&text, &Options::strict()).is_err());
}

#[test]
fn what_has_a_usual_kind_may_have_to_name_it_inside_another() {
    let plug = |it: &str| read("speed='1'", &format!("{SOURCE}<plug {it}/>"));
    assert!(plug("").is_ok());
    assert!(plug("model='adapter'").is_ok());
    assert!(plug("model='wire' type='glass'").is_ok());
    assert_eq!(plug("model='wire'"), Err(Fault::Content));
}

#[test]
fn a_minus_sign_counts_down_from_the_end() {
    let slot = |text: &str| read(&format!("speed='1' slot='{text}'"), SOURCE).map(|it| it.slot);
    assert_eq!(slot("-1"), Ok(Some(u32::MAX)));
    assert_eq!(slot("7"), Ok(Some(7)));
    for text in ["-", "--1", "-+1", "-4294967296", "-x"] {
        assert_eq!(slot(text), Err(Fault::Xml), "{text}");
    }
}

#[test]
fn zero_is_bad_where_counting_starts_at_one() {
    for zero in ["0", "00"] {
        let text = format!("speed='1' index='{zero}'");
        assert_eq!(read(&text, SOURCE), Err(Fault::Xml), "{zero}");
    }
    assert_eq!(
        read("speed='1' index='10'", SOURCE).unwrap().index,
        Some(10)
    );
}

#[test]
fn absence_and_a_bad_value_are_two_faults() {
    assert_eq!(read("", SOURCE), Err(Fault::Internal));
    assert_eq!(read("speed='fast'", SOURCE), Err(Fault::Unsupported));
}

#[test]
fn a_broken_rule_may_be_a_fault() {
    let slot = |text: &str, options: &Options| {
        crate::parse::<Slot>(text, options).map_err(|errors| errors.fault())
    };
    let lenient = Options::lenient();
    assert!(slot("<slot kind='wide' width='2'/>", &lenient).is_ok());
    assert!(slot("<slot kind='narrow'/>", &lenient).is_ok());
    assert_eq!(slot("<slot kind='wide'/>", &lenient), Err(Fault::Internal));
    let strict = slot("<slot kind='wide'/>", &Options::strict());
    assert_eq!(strict, Err(Fault::Schema));
}

#[test]
fn what_may_be_there_once_is_a_fault_when_twice() {
    let roms = format!("{SOURCE}<rom file='a'/><rom file='b'/>");
    assert_eq!(read("speed='1'", &roms), Err(Fault::Internal));
    assert_eq!(read("speed='1'", &SOURCE.repeat(2)), Err(Fault::Content));
}

#[test]
fn an_error_is_the_finding_of_those_who_read_the_element() {
    let check = |content: &str, origin| {
        let text = format!("<card speed='1'>{SOURCE}{content}</card>");
        let errors = crate::parse::<Card>(&text, &Options::lenient()).unwrap_err();
        assert_eq!(errors.as_slice()[0].origin, origin, "{content}");
    };
    check("<rom/><rom/>", Origin::Document);
    check("<lock level='x'><key/></lock>", LOCKSMITH);
    check("<lock count='x'><key/></lock>", CLERK);
    check("<lock/>", CLERK);
    check("<lock><key teeth='x'/></lock>", LOCKSMITH);
    check("<lock><key/><card length='x'/></lock>", Origin::Document);
    check("<lock><key/><card/><card/></lock>", Origin::Document);
}

#[test]
fn a_variants_own_element_may_be_required() {
    assert_eq!(read("speed='1'", ""), Err(Fault::Content));
    assert!(read("speed='1'", "<source/>").is_ok());
}
