//! The model, and the features beside it, that describe a processor best.
//!
//! What libvirt 11.3 finds for the same processor is found here, because documents are compared and kept: candidates
//! come from the newest model to the oldest, a model with the processor's own signature beats any other, then the
//! shorter list of differences wins.

use documents::domain::CpuFeaturePolicy as Policy;

use super::{Data, Feature, FeatureSet, Model, Signature, Table, Vendor};
use crate::{CpuError, Role};

/// Which models a hypervisor has.
pub trait Hypervisor: std::fmt::Debug {
    /// The features that it lacks for a model, separated by spaces; nothing where it does not have the model at all.
    fn blockers(&self, model: &str) -> Option<&str>;
}

/// How a processor is to be described.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// Whose CPU it will be.
    pub role: Role,
    /// Only models of this hypervisor.
    pub hypervisor: Option<&'a dyn Hypervisor>,
    /// Models that are liked: a single one is taken where it can be.
    pub preferred: &'a [&'a str],
    /// Only features that a guest can take along.
    pub migratable: bool,
}

/// A description of a processor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The model.
    pub model: &'static str,
    /// The maker, if it is known.
    pub vendor: Option<Vendor>,
    /// What differs from the model: required or disabled.
    pub features: Vec<(&'static str, Policy)>,
}

/// Describes a processor.
///
/// # Errors
/// When no model fits.
pub fn decode(data: &Data, wish: &Wish<'_>, table: &Table) -> Result<Description, CpuError> {
    let mut has = data.features;
    if has_broken_tsx(data) {
        has = has.without(table.set(["hle", "rtm"]));
    }
    let mut best: Option<Candidate<'_>> = None;
    for model in table.models().iter().rev() {
        let blockers = match wish.hypervisor {
            None => "",
            Some(hypervisor) => match hypervisor.blockers(model.name) {
                Some(blockers) => blockers,
                None => continue,
            },
        };
        if data.vendor.is_some() && model.vendor.is_some() && data.vendor != model.vendor {
            continue;
        }
        let candidate = Candidate::new(model, has, blockers, wish.role, table);
        if !candidate.may_describe(wish.role) {
            continue;
        }
        let preferred = wish.preferred.contains(&model.name);
        if preferred && wish.preferred.len() == 1 {
            best = Some(candidate);
            break;
        }
        if best
            .as_ref()
            .is_none_or(|best| candidate.is_better_than(best, data.signature, preferred))
        {
            best = Some(candidate);
        }
    }
    let best = best.ok_or(CpuError::NoModelFits)?;
    let kept = |(feature, _): &(Feature, Policy)| {
        !wish.migratable || Table::is_migratable(table.name(*feature))
    };
    Ok(Description {
        model: best.model.name,
        vendor: data.vendor,
        features: best
            .features
            .into_iter()
            .filter(kept)
            .map(|(feature, policy)| (table.name(feature), policy))
            .collect(),
    })
}

/// Some Haswells were sold with transactional memory that does not work.
fn has_broken_tsx(data: &Data) -> bool {
    let Some(signature) = data
        .signature
        .filter(|_| data.vendor == Some(Vendor::Intel))
    else {
        return false;
    };
    signature.family == 6
        && match signature.model {
            63 => signature.stepping < 4,
            60 | 69 | 70 => true,
            _ => false,
        }
}

/// A model with the differences that describe the processor.
struct Candidate<'t> {
    model: &'t Model,
    role: Role,
    features: Vec<(Feature, Policy)>,
}

impl<'t> Candidate<'t> {
    fn new(model: &'t Model, has: FeatureSet, blockers: &str, role: Role, table: &Table) -> Self {
        let more = has.without(model.features);
        let blocking = table.set(blockers.split_ascii_whitespace()).without(more);
        let fewer = model.features.without(has).union(blocking);
        let list = |set: FeatureSet, policy| set.iter(table).map(move |feature| (feature, policy));
        let mut features: Vec<_> = list(more, Policy::Require)
            .chain(list(fewer, Policy::Disable))
            .collect();
        if role == Role::Guest {
            for feature in model.removed.iter().filter_map(|name| table.feature(name)) {
                if !features.iter().any(|(mentioned, _)| *mentioned == feature) {
                    features.push((feature, Policy::Disable));
                }
            }
        }
        Self {
            model,
            role,
            features,
        }
    }

    /// A host's description has no way to say that something is off.
    fn may_describe(&self, role: Role) -> bool {
        match role {
            Role::Guest => self.model.describes_guests(),
            Role::Host => {
                let off = |(_, policy): &(Feature, Policy)| *policy == Policy::Disable;
                self.model.describes_hosts() && !self.features.iter().any(off)
            }
        }
    }

    fn is_better_than(&self, best: &Self, signature: Option<Signature>, preferred: bool) -> bool {
        if let Some(signature) = signature {
            let (here, there) = (
                self.model.stands_for(signature),
                best.model.stands_for(signature),
            );
            if here != there {
                return here;
            }
        }
        let ((ours, our_penalty), (theirs, their_penalty)) = (self.cost(), best.cost());
        ours < theirs
            || (ours == theirs && our_penalty < their_penalty)
            || (preferred && our_penalty < their_penalty)
    }

    /// The weight of the list, and how much of it is for features that are off: each weighs more than the one before.
    /// They are counted up to the place where the rest of the list is no longer than what was counted, as libvirt
    /// counts them: a different sum would choose a different model.
    fn cost(&self) -> (usize, usize) {
        /// The weight of the first feature that is off.
        const FIRST: usize = 2;
        let mut enabled = self.features.len();
        if self.role == Role::Host {
            return (enabled, 0);
        }
        let (mut at, mut disabled, mut penalty) = (0, 0, FIRST);
        while at < enabled {
            if self
                .features
                .get(at)
                .is_some_and(|(_, policy)| *policy == Policy::Disable)
            {
                enabled -= 1;
                disabled += penalty;
                penalty += 1;
            }
            at += 1;
        }
        (enabled + disabled, disabled)
    }
}
