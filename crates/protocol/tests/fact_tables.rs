//! Proves the declarations equal to the tables of facts about the wire protocol.
//!
//! The tables are beside the workspace, in `../shared/protocol`, or where
//! `FERROVIRT_PROTOCOL_TABLES` says. Without them the test says that it is skipped.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "a test fails by panicking"
)]

mod support;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use protocol::{
    Event, Procedure, Program, Visitor,
    procedure::{
        Condition, EventForm, EventInfo, Fds, Object, Permission, Priority, ProcedureInfo,
        ReadOnly, Rule, StreamDirection,
    },
};
use serde_json::Value;
use tables::{Table, Tables, camel};
use xdr::{Shape, Xdr};

/// Everything that is declared, by program and number.
#[derive(Default)]
struct Declared {
    procedures: BTreeMap<(u32, i64), (&'static ProcedureInfo, Shape, Shape)>,
    events: BTreeMap<(u32, i64), (&'static EventInfo, Shape)>,
    names: BTreeMap<(u32, i64), &'static str>,
}

impl Visitor for Declared {
    fn procedure<P: Procedure>(&mut self) {
        let key = (P::INFO.program.number(), i64::from(P::INFO.number));
        assert_eq!(
            type_name::<P>(),
            camel(P::INFO.name),
            "the type of {}",
            P::INFO.name
        );
        self.names.insert(key, P::INFO.name);
        let shapes = (P::INFO, P::Args::SHAPE, P::Ret::SHAPE);
        assert!(
            self.procedures.insert(key, shapes).is_none(),
            "{} twice",
            P::INFO.name
        );
    }

    fn event<E: Event>(&mut self) {
        let key = (E::INFO.program.number(), i64::from(E::INFO.number));
        assert_eq!(
            type_name::<E>(),
            camel(E::INFO.name),
            "the type of {}",
            E::INFO.name
        );
        self.names.insert(key, E::INFO.name);
        let shape = (E::INFO, E::Msg::SHAPE);
        assert!(
            self.events.insert(key, shape).is_none(),
            "{} twice",
            E::INFO.name
        );
    }
}

fn type_name<T>() -> &'static str {
    std::any::type_name::<T>().rsplit("::").next().unwrap()
}

fn declared() -> Declared {
    let mut declared = Declared::default();
    protocol::visit(&mut declared);
    declared
}

const PROGRAMS: [(&str, Program); 7] = [
    ("remote", Program::Remote),
    ("qemu", Program::Qemu),
    ("lxc", Program::Lxc),
    ("admin", Program::Admin),
    ("log", Program::Log),
    ("lock", Program::Lock),
    ("keepalive", Program::KeepAlive),
];

#[test]
fn every_procedure_and_event_is_declared_and_nothing_else() {
    let Some(tables) = Tables::load() else { return };
    let declared = declared();
    let mut expected = BTreeMap::new();
    for (file, program) in PROGRAMS {
        let table = tables.program(file);
        assert_eq!(table.program_number(), program.number(), "{file}");
        assert_eq!(table.json["version"], program.version(), "{file}");
        for procedure in table.procedures() {
            let key = (program.number(), procedure["number"].as_i64().unwrap());
            expected.insert(key, procedure["name"].as_str().unwrap());
        }
    }
    assert_eq!(declared.names, expected);
    assert_eq!(expected.len(), 456 + 7 + 1 + 19 + 4 + 8 + 2);
}

#[test]
fn every_type_has_the_fields_and_limits_of_the_tables() {
    let Some(tables) = Tables::load() else { return };
    let declared = declared();
    let mut seen = BTreeSet::new();
    for (file, program) in PROGRAMS {
        let table = tables.program(file);
        for procedure in table.procedures() {
            let key = (program.number(), procedure["number"].as_i64().unwrap());
            let payloads: Vec<(&str, Shape)> = match declared.procedures.get(&key) {
                Some((_, args, ret)) => vec![("args", *args), ("ret", *ret)],
                None => vec![("msg", declared.events[&key].1)],
            };
            for (kind, shape) in payloads {
                table.check_payload(&procedure[kind], &shape, &mut seen);
            }
        }
    }
    // The error is not any procedure's; typedefs are resolved where they are used.
    tables.program("remote").check_payload(
        &Value::from("remote_error"),
        &protocol::ErrorBody::SHAPE,
        &mut seen,
    );
    for (file, _) in PROGRAMS {
        for ty in tables.program(file).json["types"].as_array().unwrap() {
            let (name, kind) = (ty["name"].as_str().unwrap(), ty["kind"].as_str().unwrap());
            if ["struct", "union"].contains(&kind) {
                assert!(seen.contains(name), "no declaration uses {name}");
            }
        }
    }
}

#[test]
fn every_attribute_of_every_procedure_is_that_of_the_tables() {
    let Some(tables) = Tables::load() else { return };
    let declared = declared();
    for (file, program) in PROGRAMS {
        let table = tables.program(file);
        for facts in table.procedures() {
            let key = (program.number(), facts["number"].as_i64().unwrap());
            if let Some((info, ..)) = declared.procedures.get(&key) {
                check_procedure(&table, facts, info);
            } else {
                check_event(facts, declared.events[&key].0);
            }
        }
    }
}

fn check_procedure(table: &Table<'_>, facts: &Value, info: &ProcedureInfo) {
    let name = info.name;
    assert_eq!(facts["event"], false, "{name}");
    assert_eq!(facts["api"].as_str(), info.api, "{name}: api");
    let rules: Vec<Rule> = match facts["acl"].as_array() {
        Some(rules) => rules
            .iter()
            .map(|rule| rule_of(table, rule.as_str().unwrap()))
            .collect(),
        // Not readable at the source; the tables' notes say to take this one.
        None if name == "DOMAIN_ANNOUNCE_INTERFACE" => vec![rule_of(table, "domain:write")],
        None => Vec::new(),
    };
    assert_eq!(info.rules, rules, "{name}: permissions");
    let filter = facts["acl_filter"].as_str().map(|filter| {
        let rule = rule_of(table, filter);
        (rule.object, rule.permission)
    });
    assert_eq!(info.filter, filter, "{name}: filter");
    let priority = if facts["priority"] == "high" {
        Priority::High
    } else {
        Priority::Low
    };
    assert_eq!(info.priority, priority, "{name}: priority");
    assert_eq!(
        info.before_auth,
        facts["pre_auth"] == true,
        "{name}: before authentication"
    );
    assert_eq!(
        info.read_only,
        read_only_of(table, facts),
        "{name}: read-only"
    );
    assert_eq!(info.stream, stream_of(facts), "{name}: stream");
    let sparse = facts["sparse_flag_value"]
        .as_u64()
        .map(|flag| u32::try_from(flag).unwrap());
    assert_eq!(info.sparse_flag, sparse, "{name}: holes");
    assert_eq!(facts["sparse"] == true, sparse.is_some(), "{name}: holes");
    let fds = match facts["fds"].as_str() {
        Some("in") => Fds::In,
        Some("out") => Fds::Out,
        Some("both") => Fds::Both,
        Some(other) => panic!("{name}: descriptors go {other}"),
        None => Fds::None,
    };
    assert_eq!(info.fds, fds, "{name}: descriptors");
}

fn rule_of(table: &Table<'_>, text: &str) -> Rule {
    let parts: Vec<&str> = text.split(':').collect();
    let object = Object::ALL
        .iter()
        .find(|object| object.name() == parts[0])
        .unwrap();
    let permission = Permission::ALL
        .iter()
        .find(|one| one.name() == parts[1])
        .unwrap();
    let condition = match parts[2..] {
        [] => Condition::Always,
        [flags] => match flags.strip_prefix('!') {
            Some(flags) => Condition::NoneOf(table.flag_values(flags)),
            None => Condition::AllOf(table.flag_values(flags)),
        },
        ["", "source", value] => Condition::Argument("source", table.flag_values(value)),
        _ => panic!("a rule of another form: {text}"),
    };
    Rule {
        object: *object,
        permission: *permission,
        condition,
    }
}

fn read_only_of(table: &Table<'_>, facts: &Value) -> ReadOnly {
    let Some(condition) = facts["readonly_denied_if"].as_str() else {
        return if facts["readonly_allowed"] == true {
            ReadOnly::Allowed
        } else {
            ReadOnly::Denied
        };
    };
    assert_eq!(facts["readonly_allowed"], true);
    if let Some(flags) = condition.strip_prefix("flags & ") {
        return ReadOnly::DeniedWithAny(table.flag_values(flags.trim_matches(['(', ')'])));
    }
    let value = condition.strip_prefix("source == ").unwrap();
    ReadOnly::DeniedWithArgument("source", table.flag_values(value))
}

fn stream_of(facts: &Value) -> Option<StreamDirection> {
    let note = facts["stream_note"].as_str().unwrap_or_default();
    match (facts["readstream"] == true, facts["writestream"] == true) {
        (true, _) if note.contains("both ways") => Some(StreamDirection::Both),
        (true, false) => Some(StreamDirection::ToClient),
        (false, true) => Some(StreamDirection::ToServer),
        // 304 is not annotated, but its handler takes a stream.
        (false, false) if note.contains("client-to-server") => Some(StreamDirection::ToServer),
        (false, false) => None,
        (true, true) => panic!("both annotations at {facts}"),
    }
}

fn check_event(facts: &Value, info: &EventInfo) {
    let name = info.name;
    if facts["message_type"] == "VIR_NET_MESSAGE" {
        // Keepalive: messages although the table calls them no events.
        return assert_eq!(info.form, EventForm::Connection, "{name}");
    }
    assert_eq!(facts["event"], true, "{name}");
    for other in ["args", "ret", "api"] {
        assert!(facts[other].is_null(), "{name}: an event has no {other}");
    }
    let form = match facts["event_form"].as_str() {
        Some("legacy") => EventForm::Legacy,
        Some("connection") => EventForm::Connection,
        Some("callback") | None => EventForm::Callback,
        Some(other) => panic!("{name}: form {other}"),
    };
    assert_eq!(info.form, form, "{name}: form");
    let id = facts["event_id_value"].as_i64().map(|value| {
        let c_name = facts["event_id"].as_str().unwrap();
        let object = c_name
            .strip_prefix("VIR_")
            .unwrap()
            .split("_EVENT_ID_")
            .next()
            .unwrap();
        let object = object.to_lowercase();
        let object = Object::ALL.iter().find(|one| one.name() == object).unwrap();
        (*object, i32::try_from(value).unwrap())
    });
    assert_eq!(info.id, id, "{name}: event id");
}

#[test]
fn numbers_and_limits_of_the_framing_are_those_of_the_tables() {
    use protocol::{
        header::{Header, PacketKind, Status},
        packet,
        stream::StreamHole,
    };
    let Some(tables) = Tables::load() else { return };
    let net = tables.program("net");
    let framing = &net.json["framing"];
    assert_eq!(framing["length_min"], packet::LENGTH_MIN);
    assert_eq!(framing["length_max"], packet::LENGTH_MAX);
    assert_eq!(framing["fd_max"], packet::FDS_MAX);
    assert_eq!(framing["stream_chunk_max"], packet::STREAM_CHUNK_MAX);
    assert_eq!(
        net.json["constants"]["VIR_NET_MESSAGE_HEADER_MAX"],
        Header::LENGTH
    );
    let mut seen = BTreeSet::new();
    net.check_payload(
        &Value::from("virNetMessageHeader"),
        &Header::SHAPE,
        &mut seen,
    );
    net.check_payload(
        &Value::from("virNetMessageError"),
        &protocol::ErrorBody::SHAPE,
        &mut seen,
    );
    net.check_payload(
        &Value::from("virNetStreamHole"),
        &StreamHole::SHAPE,
        &mut seen,
    );

    let kinds = net.enum_values("virNetMessageType");
    let statuses = net.enum_values("virNetMessageStatus");
    let mut legal = BTreeSet::new();
    for pair in net.json["combinations"].as_array().unwrap() {
        let kind = kinds[pair["type"].as_str().unwrap()];
        legal.insert((kind, statuses[pair["status"].as_str().unwrap()]));
    }
    let decode = |value: i64| i32::try_from(value).unwrap().to_be_bytes();
    for kind in kinds.values() {
        for status in statuses.values() {
            let header = Header {
                kind: xdr::from_bytes::<PacketKind>(&decode(*kind)).unwrap(),
                status: xdr::from_bytes::<Status>(&decode(*status)).unwrap(),
                ..Header::call(Program::Remote, 1, 1)
            };
            assert_eq!(
                header.is_legal(),
                legal.contains(&(*kind, *status)),
                "{header:?}"
            );
        }
    }
}

#[test]
fn error_numbers_features_and_names_are_those_of_the_tables() {
    let Some(tables) = Tables::load() else { return };
    let net = &tables.program("net").json;
    let values = |key: &str| -> BTreeMap<String, i64> {
        let object = net[key].as_object().unwrap();
        object
            .iter()
            .map(|(name, value)| (name.clone(), value.as_i64().unwrap()))
            .collect()
    };
    assert!(catalogued("Origin").len() >= values("error_domains").len());
    for (name, value) in values("error_domains") {
        assert_eq!(catalogued("Origin").get(&name), Some(&value), "{name}");
    }
    assert_eq!(catalogued("Code"), values("error_codes"));
    assert_eq!(catalogued("Code").len(), 115);
    assert_eq!(catalogued("Level"), values("error_levels"));
    assert_eq!(catalogued("ConnectCloseReason"), values("close_reasons"));
    assert_eq!(catalogued("ConnectFlags"), values("connect_flags"));
    let features = net["features"].as_array().unwrap().iter().map(|feature| {
        (
            feature["name"].as_str().unwrap().to_owned(),
            feature["id"].as_i64().unwrap(),
        )
    });
    assert_eq!(catalogued("Feature"), features.collect());
    for identity in net["identity_params"].as_array().unwrap() {
        let field = identity["field"].as_str().unwrap();
        assert!(
            protocol::catalog::fields().any(|(_, name)| *name == field),
            "{field}"
        );
    }
    assert_eq!(
        catalogued("AuthType"),
        tables.program("remote").enum_values("remote_auth_type")
    );
    let lock = tables
        .program("lock")
        .enum_values("virLockSpaceProtocolAcquireResourceFlags");
    assert_eq!(catalogued("LockAcquireFlags"), lock);
    let log = tables
        .program("log")
        .enum_values("virLogManagerProtocolDomainOpenLogFileFlags");
    assert_eq!(catalogued("LogOpenFlags"), log);
}

fn catalogued(name: &str) -> BTreeMap<String, i64> {
    let mut all = protocol::catalog::enums().chain(protocol::catalog::flags());
    let found = all.find(|entry| entry.name == name).unwrap();
    found
        .values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), *value))
        .collect()
}
