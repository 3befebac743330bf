//! Reading the tables of facts, and comparing a declared type with one of theirs.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use serde_json::Value;
use xdr::{Array, Shape, Wire};

/// All tables.
pub(crate) struct Tables(BTreeMap<String, Value>);

/// One program's.
pub(crate) struct Table<'a> {
    pub(crate) json: &'a Value,
    all: &'a Tables,
}

impl Tables {
    /// The tables, or nothing and a word about it when they are not there.
    pub(crate) fn load() -> Option<Self> {
        let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/protocol");
        let folder = std::env::var_os("FERROVIRT_PROTOCOL_TABLES");
        let folder = folder.map_or_else(|| PathBuf::from(beside), PathBuf::from);
        if !folder.is_dir() {
            println!("SKIPPED: no tables of the protocol in {}", folder.display());
            return None;
        }
        let names = [
            "remote",
            "qemu",
            "lxc",
            "admin",
            "log",
            "lock",
            "keepalive",
            "net",
        ];
        let read = |name: &str| {
            let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
            (name.to_owned(), serde_json::from_str(&text).unwrap())
        };
        Some(Self(names.into_iter().map(read).collect()))
    }

    pub(crate) fn program(&self, name: &str) -> Table<'_> {
        Table {
            json: &self.0[name],
            all: self,
        }
    }

    fn find_type(&self, name: &str) -> &Value {
        let types = self
            .0
            .values()
            .flat_map(|table| table["types"].as_array().unwrap());
        types
            .into_iter()
            .find(|ty| ty["name"] == name)
            .unwrap_or_else(|| panic!("no type {name}"))
    }
}

impl<'a> Table<'a> {
    pub(crate) fn program_number(&self) -> u32 {
        let text = self.json["program"].as_str().unwrap();
        u32::from_str_radix(text.strip_prefix("0x").unwrap(), 16).unwrap()
    }

    pub(crate) fn procedures(&self) -> &'a [Value] {
        self.json["procedures"].as_array().unwrap()
    }

    pub(crate) fn enum_values(&self, name: &str) -> BTreeMap<String, i64> {
        let values = self.all.find_type(name)["values"].as_object().unwrap();
        values
            .iter()
            .map(|(name, value)| (name.clone(), value.as_i64().unwrap()))
            .collect()
    }

    /// The union of flags that are joined by `|`.
    pub(crate) fn flag_values(&self, names: &str) -> u32 {
        names
            .split('|')
            .fold(0, |flags, name| flags | self.flag_value(name))
    }

    fn flag_value(&self, name: &str) -> u32 {
        let value = self.json["acl_flag_values"][name].as_u64();
        u32::try_from(value.unwrap_or_else(|| panic!("no value of {name}"))).unwrap()
    }

    /// A payload: nothing, or a structure of the table.
    pub(crate) fn check_payload(&self, name: &Value, shape: &Shape, seen: &mut BTreeSet<String>) {
        match name.as_str() {
            None => assert_eq!(shape.wire, Wire::Void, "payload where the table has none"),
            Some(name) => self.check_named(name, shape, name, seen),
        }
    }

    fn check_named(&self, name: &str, shape: &Shape, path: &str, seen: &mut BTreeSet<String>) {
        seen.insert(name.to_owned());
        let facts = self.all.find_type(name);
        let fields = facts["fields"].as_array();
        match shape.wire {
            Wire::Struct(declared, members) => {
                assert_eq!(facts["kind"], "struct", "{path}");
                assert_eq!(declared, rust_name(name), "{path}");
                let expected: Vec<_> = fields.unwrap().iter().map(|f| &f["name"]).collect();
                let found: Vec<_> = members.iter().map(|member| member.name).collect();
                assert_eq!(found, expected, "{path}: fields");
                for (member, fact) in members.iter().zip(fields.unwrap()) {
                    let path = format!("{path}.{}", member.name);
                    self.check_field(fact, &member.shape, &path, seen);
                }
            }
            Wire::Union(declared, cases) => {
                assert_eq!(facts["kind"], "union", "{path}");
                assert_eq!(declared, rust_name(name), "{path}");
                assert_eq!(facts["discriminant"]["type"], "int", "{path}");
                assert_eq!(cases.len(), fields.unwrap().len(), "{path}: cases");
                for (case, fact) in cases.iter().zip(fields.unwrap()) {
                    assert_eq!(fact["case"], case.value, "{path}");
                    assert_eq!(fact["name"], case.name, "{path}");
                    let path = format!("{path}.{}", case.name);
                    self.check_field(fact, &case.shape, &path, seen);
                }
            }
            Wire::Enum(_) => assert_eq!(facts["kind"], "enum", "{path}"),
            other => panic!("{path} is {other:?}, not {name}"),
        }
    }

    fn check_field(&self, fact: &Value, shape: &Shape, path: &str, seen: &mut BTreeSet<String>) {
        assert_eq!(fact["optional"], shape.optional, "{path}: optional");
        let ty = fact["type"].as_str().unwrap();
        let array = match fact["array"].as_str() {
            None if ty == "uuid" => Array::Fixed(16),
            None => Array::Single,
            Some(text) => array_of(text),
        };
        assert_eq!(shape.array, array, "{path}: array");
        if let (Array::Variable(max), Some(name)) = (array, fact["max_const"].as_str()) {
            assert_eq!(self.json["constants"][name], max, "{path}: {name}");
        }
        let matches = match ty {
            "int" => matches!(shape.wire, Wire::Int | Wire::Enum(_)),
            "unsigned int" => matches!(shape.wire, Wire::UnsignedInt | Wire::Flags(..)),
            "hyper" => shape.wire == Wire::Hyper,
            "unsigned hyper" => matches!(shape.wire, Wire::UnsignedHyper | Wire::WideFlags(..)),
            "double" => shape.wire == Wire::Double,
            "char" => shape.wire == Wire::Char,
            "unsigned char" => shape.wire == Wire::UnsignedChar,
            "unsigned short" => shape.wire == Wire::UnsignedShort,
            "opaque" | "uuid" => shape.wire == Wire::Opaque,
            "string" => {
                let max = self.json["string_max"].as_u64().unwrap_or(4_194_304);
                assert_eq!(
                    shape.text_max.map(u64::from),
                    Some(max),
                    "{path}: limit of the text"
                );
                shape.wire == Wire::Text
            }
            name => return self.check_named(name, shape, path, seen),
        };
        assert!(matches, "{path} is {:?}, not {ty}", shape.wire);
    }
}

fn array_of(text: &str) -> Array {
    match text.split_whitespace().collect::<Vec<_>>()[..] {
        ["fixed", count] => Array::Fixed(count.parse().unwrap()),
        ["variable", "max", max] => Array::Variable(max.parse().unwrap()),
        _ => panic!("an array of another kind: {text}"),
    }
}

/// `DOMAIN_GET_INFO` or `domain_get_info` as `DomainGetInfo`.
pub(crate) fn camel(name: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_uppercase() + &rest.to_lowercase()
    };
    name.split('_').map(word).collect()
}

/// The name here of a type on the wire.
fn rust_name(name: &str) -> String {
    match name {
        // A procedure of this name is declared too.
        "remote_node_get_cpu_stats" => return "NodeGetCpuStatsEntry".to_owned(),
        "remote_node_get_memory_stats" => return "NodeGetMemoryStatsEntry".to_owned(),
        "remote_error" | "virNetMessageError" => return "ErrorBody".to_owned(),
        "virNetMessageHeader" => return "Header".to_owned(),
        _ => {}
    }
    for prefix in ["remote_", "qemu_", "lxc_", "admin_"] {
        if let Some(rest) = name.strip_prefix(prefix) {
            return camel(rest);
        }
    }
    let mut rest = name;
    for prefix in [
        "virLogManagerProtocol",
        "virLockSpaceProtocol",
        "virNetMessage",
        "virNet",
    ] {
        rest = rest.strip_prefix(prefix).unwrap_or(rest);
    }
    rest.to_owned()
}
