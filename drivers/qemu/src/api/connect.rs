//! The hypervisor and what it can do.

use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::remote::{
    ConnectGetMaxVcpus, ConnectGetMaxVcpusArgs, ConnectGetMaxVcpusRet, ConnectGetSysinfo,
    ConnectGetSysinfoArgs, ConnectGetSysinfoRet, ConnectGetVersion, ConnectGetVersionRet,
};

use super::errors::EmulatorError;
use crate::capabilities::Arch;
use crate::driver::QemuDriver;

/// The most processors that KVM can be compiled for on x86 (`KVM_MAX_VCPUS` is at least this) and that other
/// callers can rely on; TCG takes 16 in libvirt's answer.
const MAX_VCPUS_KVM: i32 = 1024;
const MAX_VCPUS_TCG: i32 = 16;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<ConnectGetVersion>(version)
        .on::<ConnectGetMaxVcpus>(max_vcpus)
        .on::<ConnectGetSysinfo>(sysinfo);
}

/// The version of the emulator for the host's architecture.
async fn version(call: Call<QemuDriver>, (): ()) -> Result<ConnectGetVersionRet, Error> {
    let arch = Arch::native().ok_or_else(|| {
        Error::new(
            Code::InternalError,
            "this host's architecture has no emulator of its own",
        )
    })?;
    let capabilities = call
        .driver()
        .capabilities()
        .for_arch(arch)
        .await
        .map_err(EmulatorError::from)?;
    Ok(ConnectGetVersionRet {
        hv_ver: capabilities.version.number(),
    })
}

async fn max_vcpus(
    _: Call<QemuDriver>,
    args: ConnectGetMaxVcpusArgs,
) -> Result<ConnectGetMaxVcpusRet, Error> {
    let kind = args.r#type.unwrap_or_default().to_ascii_lowercase();
    let max_vcpus = match kind.as_str() {
        "" | "qemu" => MAX_VCPUS_TCG,
        "kvm" => MAX_VCPUS_KVM,
        other => {
            let text = format!("unknown type '{other}': choose qemu or kvm");
            return Err(Error::new(Code::InvalidArg, text));
        }
    };
    Ok(ConnectGetMaxVcpusRet { max_vcpus })
}

async fn sysinfo(
    _: Call<QemuDriver>,
    _: ConnectGetSysinfoArgs,
) -> Result<ConnectGetSysinfoRet, Error> {
    let text = "Host SMBIOS information is not available";
    Err(Error::new(Code::ConfigUnsupported, text))
}
