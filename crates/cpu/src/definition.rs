//! A CPU as a document describes it.

use documents::Options;
use documents::capabilities::HostCpu;
use documents::domain::{Cpu, CpuFeature, CpuFeaturePolicy, CpuMode, MaxPhysAddrMode};

use crate::{Arch, CpuError};

/// Whose CPU a document describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A host's: all its features are there, policies mean nothing.
    Host,
    /// A guest's: each feature has a policy.
    Guest,
}

/// A CPU as a document describes it, checked by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Whose CPU it is.
    pub role: Role,
    /// The description.
    pub cpu: Cpu,
}

impl Definition {
    /// Reads `<cpu>`: a host's where it names an architecture, a guest's otherwise.
    ///
    /// # Errors
    /// What is malformed is [`Failure::Xml`], what contradicts itself [`Failure::Cpu`].
    pub fn parse(text: &str, validate: bool) -> Result<Self, Failure> {
        let cpu = document(text, validate)?;
        let role = if cpu.arch.is_some() {
            Role::Host
        } else {
            Role::Guest
        };
        Ok(Self::checked(role, cpu)?)
    }

    /// Reads `<cpu>` of a host.
    ///
    /// # Errors
    /// As [`Definition::parse`].
    pub fn parse_host(text: &str, validate: bool) -> Result<Self, Failure> {
        Ok(Self::checked(Role::Host, document(text, validate)?)?)
    }

    /// A guest's CPU.
    ///
    /// # Errors
    /// When it contradicts itself.
    pub fn guest(cpu: Cpu) -> Result<Self, CpuError> {
        Self::checked(Role::Guest, cpu)
    }

    fn checked(role: Role, cpu: Cpu) -> Result<Self, CpuError> {
        match role {
            Role::Host => check_host(&cpu)?,
            Role::Guest => check_guest(&cpu)?,
        }
        let named = model_name(&cpu).is_some();
        if cpu.vendor.is_some() && !named {
            return Err(CpuError::VendorWithoutModel);
        }
        let custom = matches!(cpu.mode, None | Some(CpuMode::Custom));
        if !cpu.features.is_empty() && !named && custom {
            return Err(CpuError::FeaturesWithoutModel);
        }
        check_features(&cpu.features)?;
        check_rest(&cpu)?;
        Ok(Self { role, cpu })
    }

    /// The model's name, if there is one.
    #[must_use]
    pub fn model(&self) -> Option<&str> {
        model_name(&self.cpu)
    }

    /// The features with what they are to be; all of a host's are there.
    pub fn features(&self) -> impl Iterator<Item = (&str, CpuFeaturePolicy)> {
        self.cpu.features.iter().map(|feature| {
            let policy = match self.role {
                Role::Host => CpuFeaturePolicy::Require,
                Role::Guest => feature.policy.unwrap_or(CpuFeaturePolicy::Require),
            };
            (feature.name.as_str(), policy)
        })
    }
}

/// Why a text is no CPU.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It is malformed.
    #[error(transparent)]
    Xml(#[from] xml::Errors),
    /// It contradicts itself.
    #[error(transparent)]
    Cpu(#[from] CpuError),
}

fn document(text: &str, validate: bool) -> Result<Cpu, Failure> {
    let cpu: Cpu = parse(text, &Options::lenient())?;
    // A host's document has more elements than a guest's.
    if validate && cpu.arch.is_some() {
        match parse::<HostCpu>(text, &Options::strict()) {
            Err(Failure::Xml(errors)) if errors.as_slice().iter().all(is_policy) => {}
            outcome => drop(outcome?),
        }
    } else if validate {
        parse::<Cpu>(text, &Options::strict())?;
    }
    Ok(cpu)
}

/// Whether what is missing is the policy of a feature, which only a guest's has.
fn is_policy(error: &xml::Error) -> bool {
    matches!(
        error.problem,
        xml::Problem::MissingAttribute { name: "policy", .. }
    )
}

fn parse<T: xml::Xml>(text: &str, options: &Options) -> Result<T, Failure> {
    xml::parse_root(text, "cpu", options).map_err(|errors| {
        let first = errors.as_slice().first();
        match first.map(|error| &error.problem) {
            Some(xml::Problem::WrongRoot { .. }) => CpuError::NoCpuElement.into(),
            _ => Failure::Xml(errors),
        }
    })
}

/// The name of a model that is not empty.
pub(crate) fn model_name(cpu: &Cpu) -> Option<&str> {
    let name = cpu.model.as_ref()?.name.as_deref()?;
    (!name.is_empty()).then_some(name)
}

fn check_host(cpu: &Cpu) -> Result<(), CpuError> {
    if cpu.arch.is_some() && cpu.matching.is_some() {
        return Err(CpuError::ArchWithMatch);
    }
    if cpu.mode.is_some() {
        return Err(CpuError::ModeOfHost);
    }
    let arch = cpu.arch.as_deref().ok_or(CpuError::NoArch)?;
    if Arch::from_name(arch).is_none() {
        return Err(CpuError::UnknownArch {
            arch: arch.to_owned(),
        });
    }
    model_name(cpu).map(|_| ()).ok_or(CpuError::NoModel)
}

fn check_guest(cpu: &Cpu) -> Result<(), CpuError> {
    let passes = matches!(cpu.mode, Some(CpuMode::HostPassthrough | CpuMode::Maximum));
    if cpu.migratable.is_some() && !passes {
        return Err(CpuError::Migratable);
    }
    let id = cpu
        .model
        .as_ref()
        .and_then(|model| model.vendor_id.as_deref());
    match id {
        Some(id) if id.chars().count() != 12 => Err(CpuError::VendorIdLength { id: id.to_owned() }),
        Some(id) if id.contains(',') => Err(CpuError::VendorIdComma { id: id.to_owned() }),
        _ => Ok(()),
    }
}

fn check_features(features: &[CpuFeature]) -> Result<(), CpuError> {
    for (at, feature) in features.iter().enumerate() {
        if features
            .iter()
            .take(at)
            .any(|other| other.name == feature.name)
        {
            return Err(CpuError::FeatureTwice {
                name: feature.name.clone(),
            });
        }
    }
    Ok(())
}

fn check_rest(cpu: &Cpu) -> Result<(), CpuError> {
    if let Some(level) = cpu.cache.as_ref().and_then(|cache| cache.level)
        && !(1..=3).contains(&level)
    {
        return Err(CpuError::CacheLevel { level });
    }
    match &cpu.maxphysaddr {
        Some(address) if address.limit.is_some() && address.mode == MaxPhysAddrMode::Emulate => {
            Err(CpuError::AddressLimit)
        }
        _ => Ok(()),
    }
}
