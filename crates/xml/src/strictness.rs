//! What strict mode asks besides what the types ask.

use crate::{Fault, Options, Pattern, Xml, XmlEnum};

#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(
    name = "hub",
    rule = "@speed='high' => @power='own'",
    rule = "@speed='low' => one port",
    rule = "@power='none' => @speed!='high' & @name!='hungry'"
)]
struct Hub {
    #[xml(attribute)]
    name: Option<String>,
    #[xml(attribute)]
    speed: Option<String>,
    #[xml(attribute)]
    power: Option<String>,
    #[xml(child = "port", schema_distinct = "kind")]
    ports: Vec<Port>,
    #[xml(child)]
    plug: Option<Plug>,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(
    rule = "../hub & ../@speed='high' => wire",
    rule = "wire@length='long' => wire@ends ~ END"
)]
struct Port {
    #[xml(attribute)]
    kind: Option<Kind>,
    #[xml(child)]
    wire: Option<Wire>,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
struct Wire {
    #[xml(attribute)]
    length: Option<String>,
    #[xml(attribute)]
    ends: Option<String>,
}

static END: Pattern = Pattern::or_number("two or a name", "[a-z]+", 2, 2);

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, XmlEnum)]
enum Kind {
    #[default]
    Data,
    Power,
}

#[derive(Debug, Default, Clone, PartialEq, Xml)]
#[xml(tag = "type", schema_required)]
enum Plug {
    #[default]
    Round,
    Flat,
}

/// What is said of a document that is fine without a schema.
fn strictly(text: &str) -> Vec<String> {
    assert!(crate::parse::<Hub>(text, &Options::lenient()).is_ok());
    match crate::parse::<Hub>(text, &Options::strict()) {
        Ok(_) => Vec::new(),
        Err(errors) => {
            assert_eq!(errors.fault(), Fault::Schema);
            let problems = errors.as_slice().iter();
            problems.map(|it| it.problem.to_string()).collect()
        }
    }
}

fn check(text: &str, phrase: &str) {
    let problems = strictly(text);
    assert_eq!(problems.is_empty(), phrase.is_empty(), "{problems:?}");
    assert!(problems.join("\n").contains(phrase), "{problems:?}");
}

#[test]
fn a_rule_may_ask_for_values() {
    check("<hub speed='high' power='own'/>", "");
    check("<hub speed='low' power='bus'/>", "");
    check("<hub speed='low'><port kind='data'/></hub>", "");
    let two = "<hub speed='low'><port kind='data'/><port kind='power'/></hub>";
    check(two, "with speed 'low': only one <port> may be there");
    check(
        "<hub speed='high' power='bus'/>",
        "with speed 'high': power 'own'",
    );
    check("<hub speed='high'/>", "power");
    check(
        "<hub power='none' name='hungry'/>",
        "name not 'hungry' is needed",
    );
}

#[test]
fn a_rule_may_look_at_the_element_around_and_at_children() {
    check("<hub speed='low'><port/></hub>", "");
    check(
        "<hub speed='high' power='own'><port/></hub>",
        "<wire> is needed",
    );
    check(
        "<hub speed='high' power='own'><port><wire/></port></hub>",
        "",
    );
    let wire = |ends: &str| format!("<hub><port><wire length='long' {ends}/></port></hub>");
    check(&wire(""), "");
    check(&wire("ends='2'"), "");
    check(
        &wire("ends='3'"),
        "attribute 'ends' of <wire> must be two or a name",
    );
}

#[test]
fn items_may_have_to_differ() {
    check(
        "<hub><port/><port kind='data'/><port kind='power'/></hub>",
        "",
    );
    check(
        "<hub><port kind='data'/><port kind='data'/></hub>",
        "only once",
    );
    check("<hub><port/><port/></hub>", "only once");
    let many = "<port kind='data'/>".repeat(2_000);
    assert!(strictly(&format!("<hub>{many}</hub>")).len() > 10);
}

#[test]
fn what_chooses_the_variant_may_be_needed() {
    check("<hub><plug type='flat'/></hub>", "");
    check("<hub><plug/></hub>", "missing attribute 'type'");
}
