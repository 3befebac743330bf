//! What QEMU answers to questions about CPUs, and how an [`Accelerator`] comes of it.

use std::collections::BTreeMap;

use cpu::x86::{Table, table};
use qmp::commands::{
    CpuDefinition, CpuModel as Model, CpuModelExpansion, QueryCpuDefinitions,
    QueryCpuModelExpansion,
};
use qmp::{Monitor, Pending};
use serde_json::{Map, Value};

use super::Arch;
use super::accelerator::{Accelerator, CpuModel, FeatureState, HostCpu};
use super::probe::known;

/// The model that has all that the accelerator can give: `host` is KVM's, `max` is every accelerator's.
const MODELS: [&str; 2] = ["host", "max"];

/// Questions that are under way.
pub(super) struct Asked {
    definitions: Pending<Vec<CpuDefinition>>,
    expansions: Vec<(Expansion, Pending<CpuModelExpansion>)>,
}

/// What was expanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Expansion {
    /// Only what can be migrated, of a model.
    Migratable(&'static str),
    /// All, of a model.
    All(&'static str),
    /// All in one word each, as ARM's models are only expanded, of a model.
    Full(&'static str),
    /// The enlightenments that the host's model has.
    Hyperv,
}

/// The answers; what QEMU does not know is absent.
#[derive(Debug, Default)]
pub(super) struct CpuReplies {
    definitions: Vec<CpuDefinition>,
    expansions: BTreeMap<Expansion, Map<String, Value>>,
}

/// Asks all at once: which accelerator it is, is not known yet.
pub(super) fn submit(monitor: &Monitor) -> Asked {
    let expand = |kind, name: &str, props: &[(&str, bool)]| {
        let props = props
            .iter()
            .map(|(name, on)| ((*name).to_owned(), (*on).into()));
        monitor.submit(&QueryCpuModelExpansion {
            r#type: kind,
            model: Model {
                name: name.to_owned(),
                props: Some(props.collect()),
            },
        })
    };
    let mut expansions = Vec::new();
    for name in MODELS {
        expansions.push((
            Expansion::Migratable(name),
            expand("static", name, &[("migratable", true)]),
        ));
        expansions.push((
            Expansion::All(name),
            expand("static", name, &[("migratable", false)]),
        ));
        expansions.push((Expansion::Full(name), expand("full", name, &[])));
    }
    let hyperv = expand("full", "host", &[("hv-passthrough", true)]);
    expansions.push((Expansion::Hyperv, hyperv));
    Asked {
        definitions: monitor.submit(&QueryCpuDefinitions),
        expansions,
    }
}

impl Asked {
    /// Waits for the answers.
    pub(super) async fn answers(self) -> Result<CpuReplies, qmp::Error> {
        let mut replies = CpuReplies::default();
        for (expansion, answer) in self.expansions {
            if let Some(expanded) = known(answer.await)? {
                let props = expanded.model.props.unwrap_or_default();
                replies.expansions.insert(expansion, props);
            }
        }
        replies.definitions = known(self.definitions.await)?.unwrap_or_default();
        Ok(replies)
    }
}

impl CpuReplies {
    /// The model of a QOM type.
    pub(super) fn model_of(&self, typename: &str) -> Option<&str> {
        let mut models = self.definitions.iter();
        let found = models.find(|model| model.typename == typename);
        found.map(|model| model.name.as_str())
    }

    /// Makes of the answers what a guest can have.
    pub(super) fn accelerator(&self, arch: Arch, kvm: bool) -> Accelerator {
        let model = if kvm { "host" } else { "max" };
        let expanded = |expansion| self.expansions.get(&expansion);
        let host_cpu = if arch.is_x86() {
            let all = expanded(Expansion::All(model));
            expanded(Expansion::Migratable(model)).map(|props| host_cpu(props, all, true))
        } else {
            expanded(Expansion::Full(model)).map(|props| host_cpu(props, None, false))
        };
        let hyperv = expanded(Expansion::Hyperv).filter(|_| kvm);
        Accelerator {
            cpu_models: self.definitions.iter().map(cpu_model).collect(),
            host_cpu,
            hyperv: hyperv.map(enlightenments).unwrap_or_default(),
        }
    }
}

fn cpu_model(definition: &CpuDefinition) -> CpuModel {
    let words = |names: &Vec<String>| -> String {
        let names: Vec<_> = names.iter().map(|name| Table::from_qemu(name)).collect();
        names.join(" ")
    };
    CpuModel {
        name: definition.name.clone(),
        alias_of: definition.alias_of.clone(),
        blockers: definition.unavailable_features.as_ref().map(words),
        deprecated: definition.deprecated,
    }
}

/// Of x86 only those properties are features that the table of features has; other architectures have no other
/// properties.
fn host_cpu(props: &Map<String, Value>, all: Option<&Map<String, Value>>, x86: bool) -> HostCpu {
    let number = |name: &str| {
        let value = props.get(name).and_then(Value::as_u64);
        value
            .and_then(|value| u32::try_from(value).ok())
            .unwrap_or_default()
    };
    let mut features = BTreeMap::new();
    for (name, value) in props {
        let ours = Table::from_qemu(name);
        let Some(on) = value
            .as_bool()
            .filter(|_| !x86 || table().feature(ours).is_some())
        else {
            continue;
        };
        let elsewhere = all.and_then(|all| all.get(name)).and_then(Value::as_bool);
        let state = match (on, elsewhere) {
            (true, _) => FeatureState::On,
            (false, Some(true)) => FeatureState::NotMigratable,
            (false, _) => FeatureState::Off,
        };
        features.insert(ours.to_owned(), state);
    }
    HostCpu {
        vendor: props
            .get("vendor")
            .and_then(Value::as_str)
            .map(str::to_owned),
        signature: (number("family"), number("model"), number("stepping")),
        features,
    }
}

fn enlightenments(props: &Map<String, Value>) -> Vec<String> {
    let on = |(name, value): (&String, &Value)| {
        let name = name.strip_prefix("hv-")?;
        value.as_bool().filter(|on| *on).map(|_| name.to_owned())
    };
    props.iter().filter_map(on).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn sample() -> CpuReplies {
        let props = |invtsc: bool| {
            let text = format!(
                r#"{{"vendor":"AuthenticAMD","family":25,"model":1,"stepping":1,
                    "avx2":true,"aes":false,"lahf-lm":true,"invtsc":{invtsc},"kvm-asyncpf":true}}"#
            );
            serde_json::from_str(&text).unwrap()
        };
        let definitions = r#"[
            {"name":"qemu64","typename":"qemu64-x86_64-cpu","unavailable-features":[],"alias-of":"qemu64-v1","static":false},
            {"name":"phenom","typename":"phenom-x86_64-cpu","unavailable-features":["fxsr-opt","svm"],"static":false,"deprecated":true}
        ]"#;
        let hyperv = r#"{"hv-relaxed":true,"hv-ipi":false,"hv-spinlocks":4095}"#;
        CpuReplies {
            definitions: serde_json::from_str(definitions).unwrap(),
            expansions: [
                (Expansion::Migratable("host"), props(false)),
                (Expansion::All("host"), props(true)),
                (Expansion::Hyperv, serde_json::from_str(hyperv).unwrap()),
            ]
            .into(),
        }
    }

    #[test]
    fn features_and_blockers_are_told_in_the_words_of_documents() {
        let kvm = sample().accelerator(Arch::X86_64, true);
        let host = kvm.host_cpu.as_ref().unwrap();
        assert_eq!(host.signature, (25, 1, 1));
        assert_eq!(host.enabled(true).collect::<Vec<_>>(), ["avx2", "lahf_lm"]);
        assert_eq!(
            host.enabled(false).collect::<Vec<_>>(),
            ["avx2", "invtsc", "lahf_lm"]
        );
        assert_eq!(
            host.known(true).collect::<Vec<_>>(),
            ["aes", "avx2", "lahf_lm"]
        );
        let phenom = kvm.cpu_model("phenom").unwrap();
        assert_eq!(phenom.blocking().collect::<Vec<_>>(), ["fxsr_opt", "svm"]);
        assert_eq!((phenom.usable(), phenom.deprecated), (Some(false), true));
        assert_eq!(
            kvm.cpu_model("qemu64").unwrap().alias_of.as_deref(),
            Some("qemu64-v1")
        );
        assert_eq!(kvm.hyperv, ["relaxed"]);
        let tcg = sample().accelerator(Arch::X86_64, false);
        assert_eq!((tcg.host_cpu, tcg.hyperv), (None, Vec::new()));
    }
}
