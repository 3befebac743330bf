//! A domain's virtual processors and threads, and where on the host they may run.

use std::collections::BTreeSet;

use protocol::enums::VcpuState;
use protocol::flags::DomainModificationImpact;
use protocol::remote::{
    DomainGetEmulatorPinInfo, DomainGetEmulatorPinInfoArgs, DomainGetIothreadInfo,
    DomainGetIothreadInfoArgs, DomainGetVcpuPinInfo, DomainGetVcpuPinInfoArgs, DomainGetVcpus,
    DomainGetVcpusArgs, DomainPinEmulator, DomainPinEmulatorArgs, DomainPinIothread,
    DomainPinIothreadArgs, DomainPinVcpu, DomainPinVcpuArgs, DomainPinVcpuFlags,
    DomainPinVcpuFlagsArgs,
};

use super::Domain;
use crate::error::Result;

/// Numbers of the host's processors.
pub type CpuSet = BTreeSet<u32>;

/// A virtual processor that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VirtualCpu {
    /// Its number.
    pub number: u32,
    /// What it does.
    pub state: VcpuState,
    /// The time that it has run, in nanoseconds.
    pub cpu_time: u64,
    /// The host's processor that it runs on; none where the host does not tell.
    pub cpu: Option<u32>,
    /// Where it may run.
    pub affinity: CpuSet,
}

/// An I/O thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IoThread {
    /// Its number.
    pub id: u32,
    /// Where it may run.
    pub affinity: CpuSet,
}

impl Domain {
    /// What the virtual processors do, on a host with `cpus` processors.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run.
    pub async fn virtual_cpus(&self, cpus: u32) -> Result<Vec<VirtualCpu>> {
        let length = map_length(cpus);
        let args = DomainGetVcpusArgs {
            dom: self.wire(),
            maxinfo: i32::try_from(self.info().await?.vcpus).unwrap_or(i32::MAX),
            maplen: signed(length),
        };
        let answer = self.connection().call::<DomainGetVcpus>(&args).await?;
        let maps = answer.cpumaps.as_ref().chunks(length.max(1));
        Ok(answer
            .info
            .into_iter()
            .zip(maps)
            .map(|(info, map)| VirtualCpu {
                number: info.number,
                state: info.state.into(),
                cpu_time: info.cpu_time,
                cpu: u32::try_from(info.cpu).ok(),
                affinity: set(map),
            })
            .collect())
    }

    /// Where each virtual processor may run, on a host with `cpus` processors.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when the running domain is meant and it does not run.
    pub async fn vcpu_pins(
        &self,
        cpus: u32,
        impact: DomainModificationImpact,
    ) -> Result<Vec<CpuSet>> {
        let length = map_length(cpus);
        let args = DomainGetVcpuPinInfoArgs {
            dom: self.wire(),
            ncpumaps: i32::try_from(self.info().await?.vcpus).unwrap_or(i32::MAX),
            maplen: signed(length),
            flags: impact,
        };
        let answer = self
            .connection()
            .call::<DomainGetVcpuPinInfo>(&args)
            .await?;
        let maps = answer.cpumaps.as_ref().chunks(length.max(1));
        Ok(maps.map(set).collect())
    }

    /// Where the emulator's own threads may run, on a host with `cpus` processors.
    ///
    /// # Errors
    ///
    /// As for [`Domain::vcpu_pins`].
    pub async fn emulator_pin(
        &self,
        cpus: u32,
        impact: DomainModificationImpact,
    ) -> Result<CpuSet> {
        let args = DomainGetEmulatorPinInfoArgs {
            dom: self.wire(),
            maplen: signed(map_length(cpus)),
            flags: impact,
        };
        let answer = self
            .connection()
            .call::<DomainGetEmulatorPinInfo>(&args)
            .await?;
        Ok(set(answer.cpumaps.as_ref()))
    }

    /// Lets a virtual processor of the running domain run on these processors only.
    ///
    /// # Errors
    ///
    /// [`crate::Code::InvalidArg`] when there is no such virtual processor.
    pub async fn pin_vcpu(&self, vcpu: u32, cpus: &CpuSet) -> Result<()> {
        let args = DomainPinVcpuArgs {
            dom: self.wire(),
            vcpu,
            cpumap: map(cpus).into(),
        };
        self.connection().call::<DomainPinVcpu>(&args).await
    }

    /// As [`Domain::pin_vcpu`], of the running domain, of its next start, or of both.
    ///
    /// # Errors
    ///
    /// As for [`Domain::pin_vcpu`].
    pub async fn pin_vcpu_with(
        &self,
        vcpu: u32,
        cpus: &CpuSet,
        impact: DomainModificationImpact,
    ) -> Result<()> {
        let args = DomainPinVcpuFlagsArgs {
            dom: self.wire(),
            vcpu,
            cpumap: map(cpus).into(),
            flags: impact,
        };
        self.connection().call::<DomainPinVcpuFlags>(&args).await
    }

    /// Lets the emulator's own threads run on these processors only.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn pin_emulator(
        &self,
        cpus: &CpuSet,
        impact: DomainModificationImpact,
    ) -> Result<()> {
        let args = DomainPinEmulatorArgs {
            dom: self.wire(),
            cpumap: map(cpus).into(),
            flags: impact,
        };
        self.connection().call::<DomainPinEmulator>(&args).await
    }

    /// Lets an I/O thread run on these processors only.
    ///
    /// # Errors
    ///
    /// [`crate::Code::InvalidArg`] when there is no such thread.
    pub async fn pin_iothread(
        &self,
        id: u32,
        cpus: &CpuSet,
        impact: DomainModificationImpact,
    ) -> Result<()> {
        let args = DomainPinIothreadArgs {
            dom: self.wire(),
            iothreads_id: id,
            cpumap: map(cpus).into(),
            flags: impact,
        };
        self.connection().call::<DomainPinIothread>(&args).await
    }

    /// The I/O threads.
    ///
    /// # Errors
    ///
    /// As for [`Domain::vcpu_pins`].
    pub async fn iothreads(&self, impact: DomainModificationImpact) -> Result<Vec<IoThread>> {
        let args = DomainGetIothreadInfoArgs {
            dom: self.wire(),
            flags: impact,
        };
        let answer = self
            .connection()
            .call::<DomainGetIothreadInfo>(&args)
            .await?;
        let threads = answer.info.into_iter();
        Ok(threads
            .map(|thread| IoThread {
                id: thread.iothread_id,
                affinity: set(thread.cpumap.as_ref()),
            })
            .collect())
    }
}

fn map_length(cpus: u32) -> usize {
    usize::try_from(cpus.div_ceil(8)).unwrap_or(usize::MAX)
}

fn signed(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

/// A map with a bit for each of the processors, as long as the last one needs.
fn map(cpus: &CpuSet) -> Vec<u8> {
    let length = cpus.last().map_or(1, |last| last / 8 + 1);
    (0..length)
        .map(|byte| {
            let bits = (0..8).filter(|bit| cpus.contains(&(byte * 8 + bit)));
            bits.fold(0, |map, bit| map | 1 << bit)
        })
        .collect()
}

/// The processors whose bits are set.
pub(crate) fn set(map: &[u8]) -> CpuSet {
    let bytes = (0_u32..).step_by(8).zip(map);
    bytes
        .flat_map(|(first, byte)| {
            (0..8)
                .filter(move |bit| byte >> bit & 1 == 1)
                .map(move |bit| first + bit)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{CpuSet, map, set};

    #[test]
    fn a_map_is_as_long_as_its_last_processor_needs() {
        assert_eq!(map(&CpuSet::from([0, 2, 9])), [0b101, 0b10]);
        assert_eq!(map(&CpuSet::new()), [0]);
    }

    #[test]
    fn a_map_is_read_bit_by_bit() {
        assert_eq!(set(&[0b101, 0b10]), CpuSet::from([0, 2, 9]));
        assert_eq!(set(&[]), CpuSet::new());
    }
}
