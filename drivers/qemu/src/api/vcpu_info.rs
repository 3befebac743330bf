//! The virtual processors and threads of a domain: what they do, and where they may run.

use std::collections::BTreeSet;

use documents::domain::Domain;
use driver::{Call, Error, Routes};
use host::{CpuList, HostError, Root};
use protocol::error::Code;
use protocol::flags::DomainModificationImpact as Impact;
use protocol::remote::{
    DomainGetEmulatorPinInfo, DomainGetEmulatorPinInfoArgs, DomainGetEmulatorPinInfoRet,
    DomainGetIothreadInfo, DomainGetIothreadInfoArgs, DomainGetIothreadInfoRet,
    DomainGetVcpuPinInfo, DomainGetVcpuPinInfoArgs, DomainGetVcpuPinInfoRet, DomainGetVcpus,
    DomainGetVcpusArgs, DomainGetVcpusRet, DomainIothreadInfo, VcpuInfo,
};
use qmp::commands::QueryIothreads;

use super::impact::{Affected, looked_at};
use super::process_times::{allowed_cpus, thread};
use super::{domain_xml, live, object};
use crate::domain::cpu_list;
use crate::driver::QemuDriver;
use crate::vm::snapshot::Snapshot;

/// `VIR_VCPU_RUNNING`
const RUNNING: i32 = 1;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainGetVcpus>(vcpus)
        .on::<DomainGetVcpuPinInfo>(vcpu_pins)
        .on::<DomainGetEmulatorPinInfo>(emulator_pin)
        .on::<DomainGetIothreadInfo>(iothreads);
}

async fn vcpus(
    call: Call<QemuDriver>,
    args: DomainGetVcpusArgs,
) -> Result<DomainGetVcpusRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let live = snapshot.state.live().ok_or_else(|| {
        let text = "cannot retrieve vcpu information for inactive domain";
        Error::verbatim(Code::OperationInvalid, text)
    })?;
    let most = usize::try_from(args.maxinfo).unwrap_or(0);
    let length = map_length(args.maplen)?;
    let mut info = Vec::new();
    let mut cpumaps = Vec::new();
    for (number, &id) in (0..).zip(live.vcpu_threads.iter()).take(most) {
        let times = thread(live.pid, id).unwrap_or_default();
        info.push(VcpuInfo {
            number,
            state: RUNNING,
            cpu_time: times.total(),
            cpu: times.cpu,
        });
        let allowed = allowed_cpus(live.pid, id).unwrap_or_default();
        cpumaps.extend(map(allowed.iter(), length));
    }
    Ok(DomainGetVcpusRet {
        info,
        cpumaps: cpumaps.into(),
    })
}

async fn vcpu_pins(
    call: Call<QemuDriver>,
    args: DomainGetVcpuPinInfoArgs,
) -> Result<DomainGetVcpuPinInfoRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let document = asked(&snapshot, args.flags)?;
    let host = host_cpus()?;
    let length = map_length(args.maplen)?;
    let most = u32::try_from(args.ncpumaps).unwrap_or(0);
    let count = crate::vm::definition::Facts::of(&document)
        .max_vcpus
        .min(most);
    let mut cpumaps = Vec::new();
    for vcpu in 0..count {
        cpumaps.extend(map(vcpu_cpus(&document, vcpu, &host), length));
    }
    Ok(DomainGetVcpuPinInfoRet {
        cpumaps: cpumaps.into(),
        num: i32::try_from(count).unwrap_or(i32::MAX),
    })
}

async fn emulator_pin(
    call: Call<QemuDriver>,
    args: DomainGetEmulatorPinInfoArgs,
) -> Result<DomainGetEmulatorPinInfoRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let document = asked(&snapshot, args.flags)?;
    let tuned = document.cputune.as_ref();
    let pin = tuned.and_then(|tune| tune.emulatorpin.as_deref());
    let cpus = cpus_of(pin, &document, &host_cpus()?);
    Ok(DomainGetEmulatorPinInfoRet {
        cpumaps: map(cpus, map_length(args.maplen)?).into(),
        ret: 1,
    })
}

async fn iothreads(
    call: Call<QemuDriver>,
    args: DomainGetIothreadInfoArgs,
) -> Result<DomainGetIothreadInfoRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let host = host_cpus()?;
    let length = host.iter().max().map_or(1, |last| bytes(last + 1));
    let info: Vec<DomainIothreadInfo> = match asked_live(&snapshot, args.flags)? {
        true => {
            let live = live::running(&snapshot)?;
            let answer = live.answers.iothreads.ask(&live.monitor, &QueryIothreads);
            let threads = live::told(answer, "read the I/O threads").await?;
            threads
                .iter()
                .filter_map(|it| Some((number(&it.id)?, it.thread_id)))
                .map(|(id, thread)| {
                    let cpus = allowed_cpus(live.pid, thread).unwrap_or_default();
                    entry(id, map(cpus.iter(), length))
                })
                .collect()
        }
        false => {
            let document = domain_xml::document(&snapshot, true)?;
            let pin = |id| {
                let tune = document.cputune.as_ref()?;
                let pin = tune.iothreadpins.iter().find(|pin| pin.iothread == id)?;
                Some(pin.cpuset.as_str())
            };
            let ids = iothread_ids(&document).into_iter();
            ids.map(|id| entry(id, map(cpus_of(pin(id), &document, &host), length)))
                .collect()
        }
    };
    let ret = u32::try_from(info.len()).unwrap_or(u32::MAX);
    Ok(DomainGetIothreadInfoRet { info, ret })
}

/// The numbers of a document's I/O threads: those that it gives, then the lowest free ones up to its count.
pub(super) fn iothread_ids(document: &Domain) -> BTreeSet<u32> {
    let mut ids: BTreeSet<u32> = document
        .iothreadids
        .iter()
        .map(|thread| thread.id)
        .collect();
    let count = usize::try_from(document.iothreads.unwrap_or(0)).unwrap_or(0);
    let mut free = 1..;
    while ids.len() < count
        && let Some(id) = free.next()
    {
        ids.insert(id);
    }
    ids
}

/// The number in QEMU's name of an I/O thread.
pub(super) fn number(id: &str) -> Option<u32> {
    id.strip_prefix("iothread")?.parse().ok()
}

fn entry(iothread_id: u32, cpumap: Vec<u8>) -> DomainIothreadInfo {
    DomainIothreadInfo {
        iothread_id,
        cpumap: cpumap.into(),
    }
}

/// Whether the running VM is asked about; it cannot be both at once.
fn asked_live(snapshot: &Snapshot, flags: Impact) -> Result<bool, Error> {
    let Affected { live, .. } = looked_at(snapshot, flags)?;
    Ok(live)
}

fn asked(snapshot: &Snapshot, flags: Impact) -> Result<Domain, Error> {
    let live = asked_live(snapshot, flags)?;
    Ok(domain_xml::document(snapshot, !live)?)
}

/// The processors of a virtual one: its own pin, or those of all.
fn vcpu_cpus(document: &Domain, vcpu: u32, host: &BTreeSet<u32>) -> Vec<u32> {
    let tune = document.cputune.as_ref();
    let pin = tune.and_then(|tune| tune.vcpupins.iter().find(|pin| pin.vcpu == vcpu));
    cpus_of(pin.map(|pin| pin.cpuset.as_str()), document, host)
}

/// The processors of a pin; without one those of `<vcpu cpuset=…>`, and without that all of the host.
fn cpus_of(pin: Option<&str>, document: &Domain, host: &BTreeSet<u32>) -> Vec<u32> {
    let all = document
        .vcpu
        .as_ref()
        .and_then(|vcpu| vcpu.cpuset.as_deref());
    let list = pin.or(all).and_then(cpu_list::parse);
    let cpus = list.as_ref().unwrap_or(host);
    cpus.iter().copied().collect()
}

/// The host's processors that can be used.
fn host_cpus() -> Result<BTreeSet<u32>, Error> {
    let unknown = |error: HostError| {
        Error::new(Code::InternalError, "the host does not tell its processors").caused_by(error)
    };
    let online: CpuList = host::numa::online(&Root::default()).map_err(unknown)?;
    Ok(online.iter().collect())
}

/// A map with a bit for each processor.
fn map(cpus: impl IntoIterator<Item = u32>, length: usize) -> Vec<u8> {
    let mut map = vec![0_u8; length];
    for cpu in cpus {
        let place = usize::try_from(cpu / 8).ok().and_then(|at| map.get_mut(at));
        if let Some(byte) = place {
            *byte |= 1 << (cpu % 8);
        }
    }
    map
}

fn bytes(cpus: u32) -> usize {
    usize::try_from(cpus.div_ceil(8)).unwrap_or(0)
}

fn map_length(length: i32) -> Result<usize, Error> {
    usize::try_from(length).map_err(|_| {
        let text = format!("the length of a processor map must not be negative: {length}");
        Error::new(Code::InvalidArg, text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_has_a_bit_for_each_processor() {
        assert_eq!(map([0, 3, 9], 2), [0b1001, 0b10]);
        assert_eq!(map([70], 2), [0, 0]);
    }

    #[test]
    fn a_pin_goes_before_the_domain_s_processors() {
        let text = "<domain type='qemu'><name>a</name><vcpu cpuset='1-2'>2</vcpu><cputune>\
            <vcpupin vcpu='1' cpuset='0'/></cputune><os><type>hvm</type></os></domain>";
        let document: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        let host = BTreeSet::from([0, 1, 2, 3]);
        assert_eq!(vcpu_cpus(&document, 0, &host), [1, 2]);
        assert_eq!(vcpu_cpus(&document, 1, &host), [0]);
        assert_eq!(cpus_of(None, &Domain::default(), &host), [0, 1, 2, 3]);
    }

    #[test]
    fn iothreads_without_a_number_get_the_lowest_free_one() {
        let text = "<domain type='qemu'><name>a</name><iothreads>3</iothreads><iothreadids>\
            <iothread id='2'/></iothreadids><os><type>hvm</type></os></domain>";
        let document: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        assert_eq!(iothread_ids(&document), BTreeSet::from([1, 2, 3]));
    }

    #[test]
    fn iothreads_are_numbered_in_their_names() {
        assert_eq!(number("iothread3"), Some(3));
        assert_eq!(number("vhost1"), None);
    }
}
