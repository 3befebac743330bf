//! What the parser finds although the schema does not.

use crate::{Fault, Options, Pattern, Xml};

/// What the schema takes of it is wider than what the parser does.
#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(name = "track")]
struct Track {
    #[xml(attribute, fault = "Content", schema = "DIGITS")]
    length: Option<u16>,
    #[xml(attribute, fault = "Content")]
    gauge: Option<u16>,
    #[xml(attribute, required, schema_optional, missing = "Internal")]
    owner: Option<String>,
    #[xml(child, lax)]
    repair: Option<Repair>,
    #[xml(flatten)]
    end: End,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
struct Repair {
    #[xml(attribute, required)]
    day: u32,
}

/// Where a track ends, if it does.
#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(
    tag = "end",
    content = "place",
    content_required,
    content_shown,
    schema_optional
)]
enum End {
    #[default]
    #[xml("")]
    Nowhere,
    Buffer(Place),
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
struct Place {
    #[xml(attribute)]
    name: Option<String>,
}

static DIGITS: Pattern = Pattern::new("digits", "[0-9]+");

fn track(text: &str, options: Options) -> Result<Track, Fault> {
    crate::parse(text, &options).map_err(|errors| errors.fault())
}

#[test]
fn what_the_schema_takes_is_for_the_parser_to_refuse() {
    let strict = |text: &str| track(text, Options::strict()).map(drop);
    assert!(strict("<track owner='a' length='7'/>").is_ok());
    assert_eq!(
        strict("<track owner='a' length='70000'/>"),
        Err(Fault::Content)
    );
    assert_eq!(
        strict("<track owner='a' length='long'/>"),
        Err(Fault::Schema)
    );
    assert_eq!(
        strict("<track owner='a' gauge='70000'/>"),
        Err(Fault::Schema)
    );
    assert_eq!(strict("<track/>"), Err(Fault::Internal));
    assert_eq!(strict("<track length='long'/>"), Err(Fault::Schema));
    assert_eq!(
        strict("<track owner='a' end='buffer'/>"),
        Err(Fault::Content)
    );
}

#[test]
fn a_lax_child_is_read_as_far_as_it_can_be() {
    let text = "<track owner='a'><repair day='soon'/></track>";
    assert!(track(text, Options::lenient()).is_ok());
    assert_eq!(track(text, Options::strict()), Err(Fault::Schema));
}

#[test]
fn only_a_variant_that_holds_something_needs_its_element() {
    let lenient = |text: &str| track(text, Options::lenient());
    assert_eq!(
        lenient("<track owner='a'/>").map(|it| it.end),
        Ok(End::Nowhere)
    );
    assert_eq!(
        lenient("<track owner='a' end='buffer'/>"),
        Err(Fault::Content)
    );
    assert_eq!(lenient("<track owner='a' end=''/>"), Err(Fault::Xml));
    let empty = lenient("<track owner='a' end='buffer'><place/></track>").unwrap();
    assert!(
        crate::format(&empty).contains("<place/>"),
        "{}",
        crate::format(&empty)
    );
}
