//! The host that the driver pretends to have: two cells of eight processors and 3 GiB, or what a
//! file describes.

mod cpu;
mod described;

use driver::{Call, Error, Routes};
use protocol::remote::{
    ConnectGetCapabilities, ConnectGetCapabilitiesRet, ConnectGetHostname, ConnectGetHostnameRet,
    ConnectGetMaxVcpus, ConnectGetMaxVcpusArgs, ConnectGetMaxVcpusRet, ConnectGetVersion,
    ConnectGetVersionRet, NodeGetCellsFreeMemory, NodeGetCellsFreeMemoryArgs,
    NodeGetCellsFreeMemoryRet, NodeGetFreeMemory, NodeGetFreeMemoryRet, NodeGetInfo,
    NodeGetInfoRet, NodeGetSecurityModel, NodeGetSecurityModelRet,
};
use xdr::{CharArray, Chars};

use crate::TestDriver;

/// What the host has.
#[derive(Debug, Clone)]
pub(crate) struct HostInfo {
    pub(crate) model: String,
    /// KiB.
    pub(crate) memory: u64,
    pub(crate) cpus: i32,
    pub(crate) mhz: i32,
    pub(crate) nodes: i32,
    pub(crate) sockets: i32,
    pub(crate) cores: i32,
    pub(crate) threads: i32,
    /// Free memory of each cell, in KiB.
    pub(crate) cells: Vec<u64>,
}

impl Default for HostInfo {
    fn default() -> Self {
        Self {
            model: "i686".to_owned(),
            memory: 3_145_728,
            cpus: 16,
            mhz: 1400,
            nodes: 2,
            sockets: 2,
            cores: 2,
            threads: 2,
            cells: CELLS.to_vec(),
        }
    }
}

/// The most virtual processors of a domain.
pub(crate) const MAX_VCPUS: u32 = 32;

/// Memory of each cell, in KiB.
const CELLS: [u64; 2] = [2_097_152, 4_194_304];

/// The security model of the driver.
pub(crate) const SECURITY_MODEL: &str = "testSecurity";

pub(crate) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .module(cpu::routes)
        .on::<ConnectGetVersion>(version)
        .on::<ConnectGetHostname>(hostname)
        .on::<ConnectGetMaxVcpus>(max_vcpus)
        .on::<ConnectGetCapabilities>(capabilities)
        .on::<NodeGetInfo>(info)
        .on::<NodeGetFreeMemory>(free_memory)
        .on::<NodeGetCellsFreeMemory>(cells_free_memory)
        .on::<NodeGetSecurityModel>(security_model);
}

async fn version(_: Call<TestDriver>, (): ()) -> Result<ConnectGetVersionRet, Error> {
    Ok(ConnectGetVersionRet { hv_ver: 2 })
}

async fn hostname(_: Call<TestDriver>, (): ()) -> Result<ConnectGetHostnameRet, Error> {
    let hostname = rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned();
    Ok(ConnectGetHostnameRet { hostname })
}

async fn max_vcpus(
    _: Call<TestDriver>,
    _: ConnectGetMaxVcpusArgs,
) -> Result<ConnectGetMaxVcpusRet, Error> {
    Ok(ConnectGetMaxVcpusRet {
        max_vcpus: MAX_VCPUS.cast_signed(),
    })
}

async fn capabilities(call: Call<TestDriver>, (): ()) -> Result<ConnectGetCapabilitiesRet, Error> {
    let document = include_str!("capabilities.xml");
    let capabilities = match call.driver().host().cells.is_empty() {
        true => described::without_cells(document),
        false => document.to_owned(),
    };
    Ok(ConnectGetCapabilitiesRet { capabilities })
}

async fn info(call: Call<TestDriver>, (): ()) -> Result<NodeGetInfoRet, Error> {
    let host = call.driver().host();
    Ok(NodeGetInfoRet {
        model: CharArray::from_text(&host.model),
        memory: host.memory,
        cpus: host.cpus,
        mhz: host.mhz,
        nodes: host.nodes,
        sockets: host.sockets,
        cores: host.cores,
        threads: host.threads,
    })
}

async fn free_memory(_: Call<TestDriver>, (): ()) -> Result<NodeGetFreeMemoryRet, Error> {
    Ok(NodeGetFreeMemoryRet {
        free_mem: 3_145_728,
    })
}

async fn cells_free_memory(
    call: Call<TestDriver>,
    args: NodeGetCellsFreeMemoryArgs,
) -> Result<NodeGetCellsFreeMemoryRet, Error> {
    let (start, count) = (args.start_cell.try_into(), args.maxcells.try_into());
    let (start, count) = (start.unwrap_or(usize::MAX), count.unwrap_or(0));
    let cells = call.driver().host().cells.iter().copied();
    let cells = cells.skip(start).take(count).collect();
    Ok(NodeGetCellsFreeMemoryRet { cells })
}

async fn security_model(_: Call<TestDriver>, (): ()) -> Result<NodeGetSecurityModelRet, Error> {
    let model = Chars(SECURITY_MODEL.as_bytes().to_vec());
    Ok(NodeGetSecurityModelRet {
        model,
        doi: Chars(Vec::new()),
    })
}
