//! The CPU that a hypervisor can give on this host, and its models.

use cpu::x86::decode::{Description, Hypervisor, Wish, decode};
use cpu::x86::{Data, Signature, Vendor, table};
use cpu::{CpuError, Definition, Role};
use documents::domain::{
    Cpu, CpuFallback, CpuFeature, CpuFeaturePolicy, CpuMode, CpuModel, DomainKind,
};

use crate::capabilities::{Accelerator, Arch, Capabilities, HostCpu};

/// The models of an accelerator.
#[derive(Debug, Clone, Copy)]
pub struct Models<'a>(pub &'a Accelerator);

impl Hypervisor for Models<'_> {
    fn blockers(&self, model: &str) -> Option<&str> {
        let model = self.0.cpu_model(model)?;
        Some(model.blockers.as_deref().unwrap_or_default())
    }
}

/// The CPU with all that a hypervisor can give on this host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HypervisorCpu {
    /// With everything.
    pub all: Definition,
    /// With what a guest can take along to another host.
    pub migratable: Definition,
}

impl HypervisorCpu {
    /// Describes it; nothing where the hypervisor does not say, or guests of this architecture cannot refer to the
    /// host at all.
    ///
    /// # Errors
    /// When no model describes it.
    pub fn of(capabilities: &Capabilities, kind: DomainKind) -> Result<Option<Self>, CpuError> {
        let native = Arch::native().is_some_and(|host| capabilities.arch.runs_natively_on(host));
        let Some(accelerator) = capabilities.accelerator(kind).filter(|_| native) else {
            return Ok(None);
        };
        let Some(host) = accelerator
            .host_cpu
            .as_ref()
            .filter(|_| capabilities.arch.is_x86())
        else {
            return Ok(None);
        };
        Ok(Some(Self {
            all: describe(accelerator, host, false)?,
            migratable: describe(accelerator, host, true)?,
        }))
    }
}

fn describe(
    accelerator: &Accelerator,
    host: &HostCpu,
    migratable: bool,
) -> Result<Definition, CpuError> {
    let (family, model, stepping) = host.signature;
    let data = Data {
        features: table().set(host.enabled(migratable)),
        vendor: host.vendor.as_deref().and_then(Vendor::from_id),
        // An emulator's processor has no family: it says zero.
        signature: (family != 0).then_some(Signature {
            family,
            model,
            stepping,
        }),
    };
    let description = of_accelerator(&data, accelerator)?;
    Ok(Definition {
        role: Role::Guest,
        cpu: Cpu {
            model: Some(CpuModel {
                fallback: Some(CpuFallback::Forbid),
                name: Some(description.model.to_owned()),
                ..CpuModel::default()
            }),
            vendor: description.vendor.map(|vendor| vendor.name().to_owned()),
            features: differences(&description),
            ..Cpu::default()
        },
    })
}

/// Describes a guest's processor by a model that the accelerator has.
///
/// # Errors
/// When it has none that fits.
pub(super) fn of_accelerator(
    data: &Data,
    accelerator: &Accelerator,
) -> Result<Description, CpuError> {
    let models = Models(accelerator);
    let wish = Wish {
        role: Role::Guest,
        hypervisor: Some(&models),
        preferred: &[],
        migratable: false,
    };
    decode(data, &wish, table())
}

/// What differs from the model, as a document says it.
pub(super) fn differences(description: &Description) -> Vec<CpuFeature> {
    let features = description.features.iter();
    let feature = |(name, policy): &(&str, CpuFeaturePolicy)| CpuFeature {
        policy: Some(*policy),
        name: (*name).to_owned(),
        ..CpuFeature::default()
    };
    features.map(feature).collect()
}

/// Whether a guest of this kind can have a CPU of this mode.
pub fn supports(capabilities: &Capabilities, kind: DomainKind, mode: CpuMode) -> bool {
    let native = Arch::native().is_some_and(|host| capabilities.arch.runs_natively_on(host));
    let Some(accelerator) = capabilities.accelerator(kind) else {
        return false;
    };
    let can_be_maximal = accelerator.cpu_model("max").is_some();
    match mode {
        CpuMode::HostPassthrough => kind == DomainKind::Kvm && native,
        CpuMode::HostModel if capabilities.arch.is_x86() => {
            native && accelerator.host_cpu.is_some()
        }
        CpuMode::HostModel => kind == DomainKind::Kvm && native,
        CpuMode::Maximum => can_be_maximal,
        // Without knowledge of an architecture's CPUs, the name of a model means nothing.
        CpuMode::Custom => {
            capabilities.arch.knowledge().is_some() && !accelerator.cpu_models.is_empty()
        }
    }
}
