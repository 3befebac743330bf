//! What QEMU answers to the probing queries, spelled as QEMU spells it, and how [`Capabilities`] come of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::cpu_replies::CpuReplies;
use super::error::ProbeError;
use super::feature::{Feature, SIGNS, Sign};
use super::schema::Schema;
use super::{Arch, Capabilities, Machine, Version, preferred_machine};

/// The answers of one session: the text of each `return` by the query's name.
///
/// `devices` is the answer of `qom-list-types` for devices, `properties` those of `device-list-properties`. A query
/// that this QEMU does not know is absent.
#[derive(Debug, Default)]
pub(super) struct Replies {
    pub(super) answers: BTreeMap<&'static str, String>,
    pub(super) devices: String,
    pub(super) objects: String,
    pub(super) properties: BTreeMap<&'static str, String>,
    /// What the session tells of CPUs, and what a second one tells that translates where the first has KVM.
    pub(super) cpus: CpuReplies,
    pub(super) translated: Option<CpuReplies>,
}

#[derive(Deserialize)]
struct VersionReply {
    qemu: VersionNumbers,
    #[serde(default)]
    package: String,
}

#[derive(Deserialize)]
struct VersionNumbers {
    major: u32,
    minor: u32,
    micro: u32,
}

#[derive(Deserialize)]
struct TargetReply {
    arch: String,
}

#[derive(Deserialize)]
struct KvmReply {
    enabled: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct MachineReply {
    name: String,
    alias: Option<String>,
    #[serde(default)]
    is_default: bool,
    #[serde(default)]
    cpu_max: u32,
    #[serde(default)]
    hotpluggable_cpus: bool,
    #[serde(default)]
    numa_mem_supported: bool,
    #[serde(default)]
    deprecated: bool,
    #[serde(default)]
    acpi: bool,
    default_cpu_type: Option<String>,
    default_ram_id: Option<String>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct OptionReply {
    option: String,
    parameters: Vec<Named>,
}

impl Replies {
    /// Makes capabilities of what `emulator` answered.
    pub(super) fn into_capabilities(self, emulator: &Path) -> Result<Capabilities, ProbeError> {
        let version: VersionReply = self.required("query-version", emulator)?;
        let target: TargetReply = self.required("query-target", emulator)?;
        let arch = Arch::from_qemu(&target.arch).ok_or_else(|| ProbeError::UnknownTarget {
            emulator: emulator.to_owned(),
            target: target.arch.clone(),
        })?;
        let kvm: Option<KvmReply> = self.optional("query-kvm", emulator)?;
        let machines: Vec<MachineReply> = self.required("query-machines", emulator)?;
        let has_kvm = kvm.is_some_and(|kvm| kvm.enabled);
        let first = self.cpus.accelerator(arch, has_kvm);
        let second = self
            .translated
            .as_ref()
            .filter(|_| has_kvm)
            .map(|cpus| cpus.accelerator(arch, false));
        let (kvm, tcg) = if has_kvm {
            (Some(first), second)
        } else {
            (None, Some(first))
        };
        Ok(Capabilities {
            emulator: emulator.to_owned(),
            version: Version {
                major: version.qemu.major,
                minor: version.qemu.minor,
                micro: version.qemu.micro,
                package: version.package,
            },
            arch,
            kvm,
            tcg,
            machines: order_machines(machines, arch, &self.cpus),
            features: self.features(emulator)?,
            commands: names(self.required("query-commands", emulator)?),
            devices: names(parse(&self.devices, "qom-list-types", emulator)?),
            objects: names(parse(&self.objects, "qom-list-types", emulator)?),
            tpm_models: self
                .optional("query-tpm-models", emulator)?
                .unwrap_or_default(),
            tpm_types: self
                .optional("query-tpm-types", emulator)?
                .unwrap_or_default(),
            sev: self.optional("query-sev-capabilities", emulator)?,
            sgx: self.optional("query-sgx-capabilities", emulator)?,
            gic: self
                .optional("query-gic-capabilities", emulator)?
                .unwrap_or_default(),
        })
    }

    fn features(&self, emulator: &Path) -> Result<BTreeSet<Feature>, ProbeError> {
        let schema = match self.answers.get("query-qmp-schema") {
            None => Schema::default(),
            Some(text) => Schema::parse(text).map_err(|source| ProbeError::Answer {
                emulator: emulator.to_owned(),
                query: "query-qmp-schema",
                source,
            })?,
        };
        let options: Vec<OptionReply> = self
            .optional("query-command-line-options", emulator)?
            .unwrap_or_default();
        let mut properties = BTreeMap::new();
        for (device, text) in &self.properties {
            let list: Vec<Named> = parse(text, "device-list-properties", emulator)?;
            properties.insert(*device, list);
        }
        let shows = |sign: &Sign| match sign {
            Sign::Schema(path) => schema.has(path),
            Sign::Option(option, parameter) => options.iter().any(|o| {
                o.option == *option
                    && (parameter.is_empty() || o.parameters.iter().any(|p| p.name == *parameter))
            }),
            Sign::Property(device, property) => properties
                .get(device)
                .is_some_and(|list| list.iter().any(|p| p.name == *property)),
        };
        Ok(SIGNS
            .iter()
            .filter(|(_, sign)| shows(sign))
            .map(|(feature, _)| *feature)
            .collect())
    }

    fn required<T: DeserializeOwned>(
        &self,
        query: &'static str,
        emulator: &Path,
    ) -> Result<T, ProbeError> {
        self.optional(query, emulator)?
            .ok_or_else(|| ProbeError::Unanswered {
                emulator: emulator.to_owned(),
                query,
            })
    }

    fn optional<T: DeserializeOwned>(
        &self,
        query: &'static str,
        emulator: &Path,
    ) -> Result<Option<T>, ProbeError> {
        self.answers
            .get(query)
            .map(|text| parse(text, query, emulator))
            .transpose()
    }
}

fn parse<T: DeserializeOwned>(
    text: &str,
    query: &'static str,
    emulator: &Path,
) -> Result<T, ProbeError> {
    serde_json::from_str(text).map_err(|source| ProbeError::Answer {
        emulator: emulator.to_owned(),
        query,
        source,
    })
}

/// QEMU's order, with the default machine first, without the machine that has no guest.
fn order_machines(replies: Vec<MachineReply>, arch: Arch, cpus: &CpuReplies) -> Vec<Machine> {
    let mut machines: Vec<Machine> = replies
        .into_iter()
        .filter(|reply| reply.name != "none")
        .map(|reply| Machine {
            default_cpu: reply
                .default_cpu_type
                .map(|kind| cpus.model_of(&kind).unwrap_or(&kind).to_owned()),
            name: reply.name,
            alias: reply.alias,
            is_default: reply.is_default,
            max_cpus: reply.cpu_max,
            hotplug_cpus: reply.hotpluggable_cpus,
            numa_memory: reply.numa_mem_supported,
            deprecated: reply.deprecated,
            acpi: reply.acpi,
            default_ram_id: reply.default_ram_id,
        })
        .collect();
    let preferred = preferred_machine(arch);
    let first = |machine: &Machine| match preferred {
        Some(name) => machine.name == name || machine.alias.as_deref() == Some(name),
        None => machine.is_default,
    };
    machines.sort_by_key(|machine| !first(machine));
    machines
}

fn names(list: Vec<Named>) -> BTreeSet<String> {
    list.into_iter().map(|named| named.name).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn sample() -> Replies {
        let answers = [
            (
                "query-version",
                r#"{"qemu":{"major":10,"minor":0,"micro":2},"package":"Debian"}"#,
            ),
            ("query-target", r#"{"arch":"x86_64"}"#),
            ("query-kvm", r#"{"enabled":true,"present":true}"#),
            (
                "query-machines",
                r#"[{"name":"none","cpu-max":1},
                    {"name":"pc-q35-10.0","alias":"q35","cpu-max":4096,"hotpluggable-cpus":true,"default-ram-id":"pc.ram"},
                    {"name":"pc-i440fx-10.0","alias":"pc","is-default":true,"cpu-max":255,"default-cpu-type":"qemu64-x86_64-cpu"}]"#,
            ),
            ("query-commands", r#"[{"name":"quit"}]"#),
            (
                "query-command-line-options",
                r#"[{"option":"run-with","parameters":[]}]"#,
            ),
        ];
        Replies {
            answers: answers
                .into_iter()
                .map(|(k, v)| (k, v.to_owned()))
                .collect(),
            devices: r#"[{"name":"virtio-blk-pci"},{"name":"VGA"}]"#.to_owned(),
            objects: r#"[{"name":"rng-random"}]"#.to_owned(),
            properties: [(
                "virtio-blk-device",
                r#"[{"name":"iothread-vq-mapping"}]"#.to_owned(),
            )]
            .into(),
            cpus: super::super::cpu_replies::tests::sample(),
            translated: None,
        }
    }

    #[test]
    fn answers_become_capabilities_with_the_default_machine_first() {
        let caps = sample()
            .into_capabilities(Path::new("/usr/bin/qemu"))
            .expect("all is answered");
        assert_eq!(caps.version.number(), 10_000_002);
        assert!(caps.has_kvm() && caps.tcg.is_none());
        let order: Vec<_> = caps.machines.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(order, ["pc-i440fx-10.0", "pc-q35-10.0"]);
        assert_eq!(caps.machines[0].default_cpu.as_deref(), Some("qemu64"));
        assert_eq!(caps.canonical_machine("q35"), Some("pc-q35-10.0"));
        assert!(caps.has(Feature::RunWith) && caps.has(Feature::VirtioBlkIothreadMapping));
        assert!(!caps.has(Feature::Sandbox));
        assert!(caps.has_device("VGA") && !caps.has_device("qxl"));
    }

    #[test]
    fn a_missing_or_broken_answer_is_named() {
        let mut replies = sample();
        replies.answers.remove("query-machines");
        let error = replies.into_capabilities(Path::new("/q")).unwrap_err();
        assert!(
            matches!(
                error,
                ProbeError::Unanswered {
                    query: "query-machines",
                    ..
                }
            ),
            "{error}"
        );

        let mut replies = sample();
        replies.answers.insert("query-kvm", "[]".to_owned());
        let error = replies.into_capabilities(Path::new("/q")).unwrap_err();
        assert!(
            matches!(
                error,
                ProbeError::Answer {
                    query: "query-kvm",
                    ..
                }
            ),
            "{error}"
        );
    }
}
