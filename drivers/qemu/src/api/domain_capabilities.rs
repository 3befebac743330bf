//! What a guest of one emulator, architecture and machine can have.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use documents::domain::DomainKind;
use driver::{Call, Error, Routes};
use host::Root;
use process::{Program, Spawn};
use protocol::error::Code;
use protocol::remote::{
    ConnectGetDomainCapabilities, ConnectGetDomainCapabilitiesArgs, ConnectGetDomainCapabilitiesRet,
};

use super::emulator::{Asked, choose};
use crate::domain::{Host as _, kind_name};
use crate::domain_capabilities::{Encryption, Host, Question, document};
use crate::driver::QemuDriver;

/// How long the TPM's own program may take to say what it can.
const TPM_LIMIT: Duration = Duration::from_secs(5);

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes.on::<ConnectGetDomainCapabilities>(get);
}

async fn get(
    call: Call<QemuDriver>,
    args: ConnectGetDomainCapabilitiesArgs,
) -> Result<ConnectGetDomainCapabilitiesRet, Error> {
    let asked = Asked {
        emulator: args.emulatorbin.as_deref(),
        arch: args.arch.as_deref(),
        machine: args.machine.as_deref(),
        kind: args.virttype.as_deref(),
    };
    let choice = choose(call.driver().capabilities(), asked).await?;
    let capabilities = &choice.capabilities;
    let refused = |what: &str, value: &str| {
        let emulator = capabilities.emulator.display();
        let text = format!("Emulator '{emulator}' does not support {what} '{value}'");
        Error::new(Code::InvalidArg, text)
    };
    if !capabilities.arch.emulates(choice.arch) {
        return Err(refused("arch", choice.arch.name()));
    }
    let runs = match choice.kind {
        DomainKind::Kvm => capabilities.has_kvm(),
        DomainKind::Qemu => capabilities.tcg.is_some(),
        _ => false,
    };
    if !runs {
        return Err(refused("virt type", kind_name(choice.kind)));
    }
    let tpm_versions = tpm_versions().await;
    let driver = Arc::clone(call.driver());
    let read = tokio::task::spawn_blocking(move || {
        let host = read_host(&Root::default());
        host.with_firmware(driver.host().firmware(), |file| Path::new(file).exists())
    });
    let read = read.await;
    let mut host =
        read.map_err(|_| Error::new(Code::InternalError, "the driver is shutting down"))?;
    host.tpm_versions = tpm_versions;
    let question = Question {
        capabilities,
        arch: choice.arch,
        machine: choice.machine.as_deref(),
        kind: choice.kind,
        host: &host,
    };
    Ok(ConnectGetDomainCapabilitiesRet {
        capabilities: xml::format(&document(&question)?),
    })
}

fn read_host(root: &Root) -> Host {
    /// The leaf that tells of encrypted memory.
    const ENCRYPTION: (u32, u32) = (0x8000_001f, 0);
    let processor = host::cpu::processor(root).unwrap_or_default();
    let leaves = host::cpuid::leaves(&[ENCRYPTION]);
    let encryption = leaves.get(&ENCRYPTION).map(|[_, _, ecx, edx]| {
        // ECX is the last number of a key, EDX the first that guests with readable state have.
        let es_guests = edx.saturating_sub(1);
        Encryption {
            guests: ecx.saturating_sub(es_guests),
            es_guests,
        }
    });
    Host {
        address_bits: processor.physical_address_bits,
        kvm_vcpus: host::kvm::max_vcpus(),
        iommu: host::devices::iommu(root),
        encryption,
        ..Host::default()
    }
}

/// The versions of a TPM that the installed program can emulate.
async fn tpm_versions() -> Vec<&'static str> {
    if Program::Swtpm.locate().is_err() || Program::SwtpmSetup.locate().is_err() {
        return Vec::new();
    }
    let mut spawn = Spawn::new(Program::SwtpmSetup);
    spawn.arg("--print-capabilities");
    let told = match process::run(spawn, &[], TPM_LIMIT).await {
        Ok(output) => String::from_utf8_lossy(&output.stdout).into_owned(),
        Err(error) => {
            tracing::warn!(%error, "the emulated TPM does not say what it can");
            String::new()
        }
    };
    let versions = [("tpm-1.2", "1.2"), ("tpm-2.0", "2.0")];
    let known = versions.iter().filter(|(word, _)| told.contains(word));
    known.map(|(_, version)| *version).collect()
}
