//! Models of processors: which there are, whether the host has what one needs, what several share.

use protocol::enums::CpuCompareResult;
use protocol::flags::{ConnectBaselineCpuFlags, ConnectCompareCpuFlags, NoFlags};
use protocol::remote::{
    ConnectBaselineCpu, ConnectBaselineCpuArgs, ConnectBaselineHypervisorCpu,
    ConnectBaselineHypervisorCpuArgs, ConnectCompareCpu, ConnectCompareCpuArgs,
    ConnectCompareHypervisorCpu, ConnectCompareHypervisorCpuArgs, ConnectGetCpuModelNames,
    ConnectGetCpuModelNamesArgs,
};

use crate::connection::{Connection, text};
use crate::error::Result;

/// Whose processors are meant; what is not given is the driver's choice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HypervisorCpu<'a> {
    /// The emulator's file.
    pub emulator: Option<&'a str>,
    /// The architecture, as `x86_64`.
    pub arch: Option<&'a str>,
    /// The type of machine.
    pub machine: Option<&'a str>,
    /// The type of domain, as `kvm`.
    pub kind: Option<&'a str>,
}

impl Connection {
    /// The names of the models of an architecture.
    ///
    /// # Errors
    ///
    /// [`crate::Code::InvalidArg`] when there is no such architecture.
    pub async fn cpu_models(&self, arch: &str) -> Result<Vec<String>> {
        let args = ConnectGetCpuModelNamesArgs {
            arch: text("the architecture", arch)?,
            need_results: 1,
            flags: NoFlags,
        };
        Ok(self.call::<ConnectGetCpuModelNames>(&args).await?.models)
    }

    /// How the host's processor stands to the one that `xml` describes.
    ///
    /// # Errors
    ///
    /// When the document is refused; [`crate::Code::CpuIncompatible`] instead of that answer where
    /// the flags say so.
    pub async fn compare_cpu(
        &self,
        xml: &str,
        flags: ConnectCompareCpuFlags,
    ) -> Result<CpuCompareResult> {
        let args = ConnectCompareCpuArgs {
            xml: text("the document", xml)?,
            flags,
        };
        Ok(self.call::<ConnectCompareCpu>(&args).await?.result.into())
    }

    /// How the processor that a hypervisor can give a guest stands to the one that `xml` describes.
    ///
    /// # Errors
    ///
    /// As for [`Connection::compare_cpu`].
    pub async fn compare_hypervisor_cpu(
        &self,
        whose: HypervisorCpu<'_>,
        xml: &str,
        flags: ConnectCompareCpuFlags,
    ) -> Result<CpuCompareResult> {
        let args = ConnectCompareHypervisorCpuArgs {
            emulator: own(whose.emulator)?,
            arch: own(whose.arch)?,
            machine: own(whose.machine)?,
            virttype: own(whose.kind)?,
            xml_cpu: text("the document", xml)?,
            flags,
        };
        let answer = self.call::<ConnectCompareHypervisorCpu>(&args).await?;
        Ok(answer.result.into())
    }

    /// The processor that all that are described have in common, as XML.
    ///
    /// # Errors
    ///
    /// When a document is refused, or they have nothing in common.
    pub async fn baseline_cpu(
        &self,
        cpus: Vec<String>,
        flags: ConnectBaselineCpuFlags,
    ) -> Result<String> {
        let args = ConnectBaselineCpuArgs {
            xml_cp_us: all(cpus)?,
            flags,
        };
        Ok(self.call::<ConnectBaselineCpu>(&args).await?.cpu)
    }

    /// As [`Connection::baseline_cpu`], such that the hypervisor can give it to a guest.
    ///
    /// # Errors
    ///
    /// As for [`Connection::baseline_cpu`].
    pub async fn baseline_hypervisor_cpu(
        &self,
        whose: HypervisorCpu<'_>,
        cpus: Vec<String>,
        flags: ConnectBaselineCpuFlags,
    ) -> Result<String> {
        let args = ConnectBaselineHypervisorCpuArgs {
            emulator: own(whose.emulator)?,
            arch: own(whose.arch)?,
            machine: own(whose.machine)?,
            virttype: own(whose.kind)?,
            xml_cp_us: all(cpus)?,
            flags,
        };
        Ok(self.call::<ConnectBaselineHypervisorCpu>(&args).await?.cpu)
    }
}

fn own(word: Option<&str>) -> Result<Option<String>> {
    word.map(|word| text("the argument", word)).transpose()
}

fn all(documents: Vec<String>) -> Result<Vec<String>> {
    let checked = documents.iter().map(|it| text("the document", it));
    checked.collect()
}
