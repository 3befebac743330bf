//! The part of QEMU's own schema (`query-qmp-schema`) that features are read from.
//!
//! The schema is an array of entities that refer to each other by opaque names. A [`Path`] walks it from a
//! command, as in `["blockdev-add", "arg", "+file", "locking"]`.

use std::collections::HashMap;

use serde::Deserialize;

/// A walk through the schema: the first word names a command or an event, each further word is a step.
///
/// `arg` goes to the arguments and `ret` to the result; `+name` goes to a variant, `^name` demands an enum value,
/// `$name` demands a feature flag, and any other word is a member.
pub(super) type Path = &'static [&'static str];

/// The schema that one binary answered, indexed by entity name.
#[derive(Debug, Default)]
pub(super) struct Schema {
    entities: HashMap<String, Entity>,
}

/// One entity of `query-qmp-schema`, reduced to what paths need.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Entity {
    name: String,
    arg_type: Option<String>,
    ret_type: Option<String>,
    element_type: Option<String>,
    #[serde(default)]
    members: Vec<Member>,
    #[serde(default)]
    variants: Vec<Variant>,
    #[serde(default)]
    features: Vec<String>,
}

/// A member of an object, an enum or an alternate; only objects give a name and a type.
#[derive(Debug, Deserialize)]
struct Member {
    name: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// A branch of a union.
#[derive(Debug, Deserialize)]
struct Variant {
    case: String,
    #[serde(rename = "type")]
    kind: String,
}

impl Schema {
    /// Reads the answer of `query-qmp-schema`.
    pub(super) fn parse(answer: &str) -> Result<Self, serde_json::Error> {
        let list: Vec<Entity> = serde_json::from_str(answer)?;
        let entities = list
            .into_iter()
            .map(|entity| (entity.name.clone(), entity))
            .collect();
        Ok(Self { entities })
    }

    /// Whether every step of `path` exists.
    pub(super) fn has(&self, path: Path) -> bool {
        let mut steps = path.iter();
        let Some(mut at) = steps.next().and_then(|root| self.entity(root)) else {
            return false;
        };
        for step in steps {
            match self.step(at, step) {
                Step::To(next) => at = next,
                Step::Found => return true,
                Step::Missing => return false,
            }
        }
        true
    }

    fn step(&self, at: &Entity, word: &str) -> Step<'_> {
        let target = match (word, word.split_at_checked(1)) {
            ("arg", _) => at.arg_type.as_deref(),
            ("ret", _) => at.ret_type.as_deref(),
            (_, Some(("+", case))) => at
                .variants
                .iter()
                .find(|v| v.case == case)
                .map(|v| v.kind.as_str()),
            (_, Some(("^", value))) => return Step::found(at.has_member(value)),
            (_, Some(("$", flag))) => return Step::found(at.features.iter().any(|f| f == flag)),
            _ => at.member(word),
        };
        match target {
            None => Step::Missing,
            Some(kind) => self.entity(kind).map_or(Step::Found, Step::To),
        }
    }

    /// Finds an entity; an array stands for its elements.
    fn entity(&self, name: &str) -> Option<&Entity> {
        let entity = self.entities.get(name)?;
        match &entity.element_type {
            Some(element) => self.entities.get(element),
            None => Some(entity),
        }
    }
}

impl Entity {
    fn member(&self, name: &str) -> Option<&str> {
        let member = self
            .members
            .iter()
            .find(|m| m.name.as_deref() == Some(name))?;
        Some(member.kind.as_deref().unwrap_or_default())
    }

    fn has_member(&self, name: &str) -> bool {
        self.members.iter().any(|m| m.name.as_deref() == Some(name))
    }
}

/// Where one word of a path leads.
enum Step<'a> {
    To(&'a Entity),
    Found,
    Missing,
}

impl Step<'_> {
    fn found(yes: bool) -> Self {
        if yes { Self::Found } else { Self::Missing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = r#"[
        {"name":"blockdev-add","meta-type":"command","arg-type":"7","ret-type":"0"},
        {"name":"7","meta-type":"object","members":[{"name":"driver","type":"9"},{"name":"cache","default":null,"type":"8"}],
         "tag":"driver","variants":[{"case":"file","type":"10"}]},
        {"name":"8","meta-type":"object","members":[{"name":"direct","type":"bool"}]},
        {"name":"9","meta-type":"enum","members":[{"name":"file"},{"name":"raw"}],"values":["file","raw"]},
        {"name":"10","meta-type":"object","members":[{"name":"aio","type":"[11]"}],"features":["dynamic-auto-read-only"]},
        {"name":"[11]","meta-type":"array","element-type":"11"},
        {"name":"11","meta-type":"enum","members":[{"name":"native"}]},
        {"name":"0","meta-type":"object","members":[]}
    ]"#;

    fn check(path: Path, expected: bool) {
        let schema = Schema::parse(SAMPLE).expect("the sample is a schema");
        assert_eq!(schema.has(path), expected, "{path:?}");
    }

    #[test]
    fn members_variants_enum_values_and_flags_are_found() {
        check(&["blockdev-add"], true);
        check(&["blockdev-add", "arg", "cache", "direct"], true);
        check(&["blockdev-add", "arg", "driver", "^raw"], true);
        check(&["blockdev-add", "arg", "+file", "aio", "^native"], true);
        check(
            &["blockdev-add", "arg", "+file", "$dynamic-auto-read-only"],
            true,
        );
        check(&["blockdev-add", "ret"], true);
    }

    #[test]
    fn what_is_absent_is_not_found() {
        check(&[], false);
        check(&["blockdev-del"], false);
        check(&["blockdev-add", "arg", "+nbd"], false);
        check(&["blockdev-add", "arg", "driver", "^qcow2"], false);
        check(&["blockdev-add", "arg", "+file", "$other"], false);
    }
}
