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
}

const LOCKSMITH: Origin = Origin::Part(1);
const CLERK: Origin = Origin::Part(2);

#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(origin = "LOCKSMITH")]
struct Lock {
    #[xml(attribute, fault = "Content")]
    level: Option<u32>,
    #[xml(attribute, fault = "Content", origin = "CLERK")]
    count: Option<u32>,
    #[xml(child)]
    key: Option<Key>,
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
    check("<lock level='x'/>", LOCKSMITH);
    check("<lock count='x'/>", CLERK);
    check("<lock><key teeth='x'/></lock>", LOCKSMITH);
    check("<lock><card length='x'/></lock>", Origin::Document);
    check("<lock><card/><card/></lock>", Origin::Document);
}

#[test]
fn a_variants_own_element_may_be_required() {
    assert_eq!(read("speed='1'", ""), Err(Fault::Content));
    assert!(read("speed='1'", "<source/>").is_ok());
}
