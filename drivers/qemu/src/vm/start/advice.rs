//! Where the host's NUMA daemon would put a guest that leaves its place to it (formatdomain: placement).

use std::collections::BTreeSet;
use std::time::Duration;

use documents::domain::{Domain, Placement};
use host::{Root, numa};
use process::{Program, RunError, Spawn};
use tokio::runtime::Handle;

use crate::domain::cpu_list;

/// It looks at every process of the host.
const DEADLINE: Duration = Duration::from_secs(60);

/// A place that the daemon advises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Advice {
    /// The host's nodes.
    pub(super) nodes: BTreeSet<u32>,
    /// The CPUs of those nodes.
    pub(super) cpus: BTreeSet<u32>,
}

/// Why there is no advice.
#[derive(Debug, thiserror::Error)]
pub enum AdviceError {
    /// There is nobody to ask.
    #[error(
        "numad is not available on this host: install it, or name the host's nodes and CPUs in the document"
    )]
    NotInstalled,
    /// It cannot be run.
    #[error("Failed to query numad for the advisory nodeset")]
    Run(#[from] RunError),
    /// It has nothing to say.
    #[error("Failed to query numad for the advisory nodeset: it said '{said}'")]
    Nothing {
        /// Its words.
        said: String,
    },
}

/// Asks where the guest should be, if its document leaves that open. Only where blocking is allowed.
///
/// # Errors
/// When nobody knows.
pub(super) fn ask(domain: &Domain) -> Result<Option<Advice>, AdviceError> {
    if !is_wanted(domain) {
        return Ok(None);
    }
    if Program::Numad.locate().is_err() {
        return Err(AdviceError::NotInstalled);
    }
    let mut spawn = Spawn::new(Program::Numad);
    spawn.args(["-w", &size(domain)]);
    let output = Handle::current().block_on(process::run(spawn, &[], DEADLINE))?;
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let nodes = cpu_list::parse(&said).filter(|nodes| output.status.success() && !nodes.is_empty());
    match nodes {
        Some(nodes) => Ok(Some(Advice {
            cpus: cpus_of(&nodes, &Root::default()),
            nodes,
        })),
        None => Err(AdviceError::Nothing { said }),
    }
}

fn is_wanted(domain: &Domain) -> bool {
    let cpus = domain.vcpu.as_ref().and_then(|vcpu| vcpu.placement);
    let memory = domain
        .numatune
        .as_ref()
        .and_then(|tune| tune.memory.as_ref()?.placement);
    [cpus, memory].contains(&Some(Placement::Auto))
}

/// What the guest takes, as the daemon reads it: virtual CPUs and MiB.
fn size(domain: &Domain) -> String {
    let cpus = domain.vcpu.as_ref();
    let cpus = cpus.map_or(1, |vcpu| vcpu.current.unwrap_or(vcpu.max));
    let kib = domain.current_memory.or(domain.memory.map(|it| it.kib));
    format!("{cpus}:{}", kib.unwrap_or(0).div_ceil(1024))
}

fn cpus_of(nodes: &BTreeSet<u32>, root: &Root) -> BTreeSet<u32> {
    let cells = numa::cells(root).unwrap_or_default().into_iter();
    let cells = cells.filter(|cell| nodes.contains(&cell.id));
    cells
        .flat_map(|cell| cell.cpus.into_iter().map(|cpu| cpu.id))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(content: &str) -> Domain {
        let text = format!("<domain type='qemu'><name>a</name>{content}<os/></domain>");
        xml::parse(&text, &xml::Options::lenient()).unwrap()
    }

    #[test]
    fn a_document_leaves_its_place_open_by_a_word() {
        let memory = "<numatune><memory mode='strict' placement='auto'/></numatune>";
        assert!(is_wanted(&domain(memory)));
        assert!(is_wanted(&domain("<vcpu placement='auto'>2</vcpu>")));
        assert!(!is_wanted(&domain("<vcpu placement='static'>2</vcpu>")));
    }

    #[test]
    fn the_daemon_is_told_what_the_guest_takes() {
        let guest = domain("<memory unit='MiB'>64</memory><vcpu current='2'>4</vcpu>");
        assert_eq!(size(&guest), "2:64");
    }
}
