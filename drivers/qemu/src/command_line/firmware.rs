//! The firmware: as a ROM, or as flash memory with its variables, and the tables that it hands to the guest.

use documents::domain::{
    AcpiTableKind, AnySource, DiskFormat, Domain, FwCfgInfo, Loader, LoaderKind, NetworkProtocol,
    Nvram, SmbiosEntry, SmbiosInfo, SmbiosMode, SourceKind, SysInfo,
};
use serde::Serialize;

use super::arguments::Arguments;
use crate::devices::{KeyVal, Part};
use crate::domain::FirmwareError;
use crate::domain::completion::os::word;
use crate::domain::error::DomainError;

/// The node of the program in flash memory.
pub(super) const PROGRAM: &str = "libvirt-pflash0-format";
/// The file below it.
const PROGRAM_FILE: &str = "libvirt-pflash0-storage";
/// The node of the variables, where they are not plain bytes.
const VARIABLES: &str = "libvirt-pflash1-format";
/// The file below it, or the variables themselves.
const VARIABLES_FILE: &str = "libvirt-pflash1-storage";

/// A file in flash memory.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Storage<'a> {
    driver: &'static str,
    filename: &'a str,
    node_name: &'static str,
    #[serde(flatten)]
    access: Access,
}

/// How the node of a file is opened.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Access {
    #[serde(skip_serializing_if = "Option::is_none")]
    auto_read_only: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discard: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_only: Option<bool>,
}

impl Access {
    /// As the node above it, which understands the format, needs.
    const BELOW: Self = Self {
        auto_read_only: Some(true),
        discard: Some("unmap"),
        read_only: None,
    };
    /// By the guest itself.
    const WRITTEN: Self = Self {
        auto_read_only: None,
        discard: None,
        read_only: Some(false),
    };
}

/// What the bytes of a file in flash memory mean.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Format {
    node_name: &'static str,
    read_only: bool,
    driver: &'static str,
    file: &'static str,
    // An image of flash memory has no other image behind it, whatever it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    backing: Option<()>,
}

/// Variables on an iSCSI server.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct IscsiStorage {
    driver: &'static str,
    portal: String,
    target: String,
    lun: u32,
    transport: &'static str,
    node_name: &'static str,
    #[serde(flatten)]
    access: Access,
}

/// Variables on an NBD server.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct NbdStorage<'a> {
    driver: &'static str,
    server: InetServer,
    #[serde(skip_serializing_if = "Option::is_none")]
    export: Option<&'a str>,
    node_name: &'static str,
    #[serde(flatten)]
    access: Access,
}

#[derive(Debug, Serialize)]
struct InetServer {
    #[serde(rename = "type")]
    kind: &'static str,
    host: String,
    port: String,
}

/// The firmware in flash memory, if it is there.
pub(super) fn flash(domain: &Domain) -> Option<(&Loader, &str)> {
    let loader = domain.os.loader.as_ref()?;
    (loader.kind == Some(LoaderKind::Pflash))
        .then_some(loader)
        .and_then(|loader| Some((loader, loader.path.as_deref()?)))
}

/// The nodes that the machine's flash memory is made of: program and variables.
pub(super) fn nodes(domain: &Domain) -> (Option<&'static str>, Option<&'static str>) {
    if flash(domain).is_none() {
        return (None, None);
    }
    let variables = domain.os.nvram.as_ref().map(|nvram| match nvram.format {
        Some(DiskFormat::Qcow2) => VARIABLES,
        _ => VARIABLES_FILE,
    });
    (Some(PROGRAM), variables)
}

/// Adds the block nodes of flash memory.
pub(super) fn add_flash(args: &mut Arguments, domain: &Domain) -> Result<(), DomainError> {
    let Some((loader, path)) = flash(domain) else {
        return Ok(());
    };
    let format = loader.format.unwrap_or_default();
    args.part(&Part::blockdev(&Storage {
        driver: "file",
        filename: path,
        node_name: PROGRAM_FILE,
        access: Access::BELOW,
    })?);
    add_format(
        args,
        PROGRAM,
        PROGRAM_FILE,
        format,
        loader.readonly == Some(true),
    )?;
    match &domain.os.nvram {
        Some(nvram) => add_variables(args, nvram),
        None => Ok(()),
    }
}

fn add_format(
    args: &mut Arguments,
    node_name: &'static str,
    file: &'static str,
    format: DiskFormat,
    read_only: bool,
) -> Result<(), DomainError> {
    args.part(&Part::blockdev(&Format {
        node_name,
        read_only,
        driver: word(format),
        file,
        backing: (format == DiskFormat::Qcow2).then_some(()),
    })?);
    Ok(())
}

fn add_variables(args: &mut Arguments, nvram: &Nvram) -> Result<(), DomainError> {
    let Some(format) = nvram.format else {
        return Err(FirmwareError::WritableLoader.into());
    };
    let formatted = format == DiskFormat::Qcow2;
    let access = match formatted {
        true => Access::BELOW,
        false => Access::WRITTEN,
    };
    let file = |driver, filename| Storage {
        driver,
        filename,
        node_name: VARIABLES_FILE,
        access,
    };
    let source = nvram.source.as_deref();
    let path = |of: fn(&AnySource) -> Option<&String>| {
        let path = source.and_then(of).or(nvram.path.as_ref());
        path.map(String::as_str).unwrap_or_default()
    };
    let part = match nvram.kind.unwrap_or_default() {
        SourceKind::Block => Part::blockdev(&file("host_device", path(|it| it.dev.as_ref()))),
        SourceKind::Network => {
            let source = source.ok_or(FirmwareError::WritableLoader)?;
            on_server(network(source)?, access)
        }
        _ => Part::blockdev(&file("file", path(|it| it.file.as_ref()))),
    };
    args.part(&part?);
    if formatted {
        add_format(args, VARIABLES, VARIABLES_FILE, format, false)?;
    }
    Ok(())
}

/// The node of variables that a server keeps.
fn on_server(server: Server<'_>, access: Access) -> serde_json::Result<Part> {
    match server {
        Server::Iscsi {
            portal,
            target,
            lun,
        } => Part::blockdev(&IscsiStorage {
            driver: "iscsi",
            portal,
            target,
            lun,
            transport: "tcp",
            node_name: VARIABLES_FILE,
            access,
        }),
        Server::Nbd { server, export } => Part::blockdev(&NbdStorage {
            driver: "nbd",
            server,
            export,
            node_name: VARIABLES_FILE,
            access,
        }),
    }
}

/// A server that keeps variables.
enum Server<'a> {
    Iscsi {
        portal: String,
        target: String,
        lun: u32,
    },
    Nbd {
        server: InetServer,
        export: Option<&'a str>,
    },
}

fn network(source: &AnySource) -> Result<Server<'_>, FirmwareError> {
    if let Some(auth) = &source.auth {
        let user = auth.username.clone();
        return Err(FirmwareError::NvramLogin { user });
    }
    let [host] = source.hosts.as_slice() else {
        return Err(FirmwareError::NvramServers);
    };
    let host = Some(host);
    let name = host.and_then(|host| host.name.clone()).unwrap_or_default();
    let port = |default: u16| host.and_then(|host| host.port).unwrap_or(default);
    match source.protocol {
        Some(NetworkProtocol::Iscsi) => {
            let path = source.name.as_deref().unwrap_or_default();
            let (target, lun) = path.rsplit_once('/').unwrap_or((path, "0"));
            Ok(Server::Iscsi {
                portal: format!("{name}:{}", port(3260)),
                target: target.to_owned(),
                lun: lun.parse().unwrap_or(0),
            })
        }
        Some(NetworkProtocol::Nbd) => Ok(Server::Nbd {
            server: InetServer {
                kind: "inet",
                host: name,
                port: port(10809).to_string(),
            },
            export: source.name.as_deref(),
        }),
        other => Err(FirmwareError::NvramProtocol {
            protocol: other.map_or("none", word),
        }),
    }
}

/// Adds the ROM.
pub(super) fn add_rom(args: &mut Arguments, domain: &Domain) {
    let loader = domain.os.loader.as_ref();
    let rom = loader.filter(|loader| loader.kind != Some(LoaderKind::Pflash));
    if let Some(path) = rom.and_then(|loader| loader.path.as_deref()) {
        args.option("bios", path);
    }
}

/// Adds ACPI tables of the document.
pub(super) fn add_acpi_tables(args: &mut Arguments, domain: &Domain) {
    for table in &domain.os.acpi {
        let mut out = KeyVal::default();
        match table.kind {
            AcpiTableKind::Slic => out.pair("sig", "SLIC"),
            AcpiTableKind::Msdm => out.pair("sig", "MSDM"),
            AcpiTableKind::Raw | AcpiTableKind::Rawset => {}
        }
        out.pair("file", &table.path);
        args.option("acpitable", out.finish());
    }
}

/// Adds what the guest's firmware says of the machine: the document's words, or the host's.
pub(super) fn add_tables(
    args: &mut Arguments,
    domain: &Domain,
    host: Option<&SmbiosInfo>,
) -> Result<(), FirmwareError> {
    let own = domain.sysinfo.iter().find_map(|info| match info {
        SysInfo::Smbios(info) => Some(info),
        SysInfo::FwCfg(_) => None,
    });
    match domain.os.smbios.unwrap_or_default() {
        SmbiosMode::None | SmbiosMode::Emulate => {}
        SmbiosMode::Host => {
            let host = host.ok_or(FirmwareError::NoHostTables)?;
            add_smbios(args, host)?;
        }
        SmbiosMode::Sysinfo => {
            let name = || domain.name.clone();
            let own = own.ok_or_else(|| FirmwareError::NoSysinfo { name: name() })?;
            add_smbios(args, own)?;
        }
    }
    for info in &domain.sysinfo {
        if let SysInfo::FwCfg(info) = info {
            add_entries(args, info);
        }
    }
    Ok(())
}

/// The table of the case.
const CHASSIS: u32 = 3;
/// The entry of who made a part.
const MAKER: &str = "manufacturer";

fn add_smbios(args: &mut Arguments, info: &SmbiosInfo) -> Result<(), FirmwareError> {
    let [board, rest @ ..] = info.base_boards.as_slice() else {
        return add_all(args, info, &[]);
    };
    if !rest.is_empty() {
        return Err(FirmwareError::SecondBoard);
    }
    add_all(args, info, &board.entries)
}

fn add_all(
    args: &mut Arguments,
    info: &SmbiosInfo,
    board: &[SmbiosEntry],
) -> Result<(), FirmwareError> {
    let tables = [
        (0, info.bios.as_slice()),
        (1, info.system.as_slice()),
        (2, board),
        (CHASSIS, info.chassis.as_slice()),
    ];
    for (number, entries) in tables {
        let mut out = KeyVal::default();
        out.pair("type", &number.to_string());
        // A case has a maker, if only one without a name: QEMU would put its own there.
        if number == CHASSIS && entries.iter().all(|entry| entry.name != MAKER) {
            out.pair(MAKER, "");
        }
        for entry in entries {
            out.pair(&entry.name, &entry.value);
        }
        if !entries.is_empty() {
            args.option("smbios", out.finish());
        }
    }
    if !info.oem_strings.is_empty() {
        let mut out = KeyVal::default();
        out.pair("type", "11");
        for text in &info.oem_strings {
            out.pair("value", text);
        }
        args.option("smbios", out.finish());
    }
    Ok(())
}

fn add_entries(args: &mut Arguments, info: &FwCfgInfo) {
    for entry in &info.entries {
        let mut out = KeyVal::default();
        out.pair("name", &entry.name);
        match &entry.file {
            Some(file) if entry.value.as_ref().is_none_or(String::is_empty) => {
                out.pair("file", file);
            }
            _ => out.pair("string", entry.value.as_deref().unwrap_or_default()),
        }
        args.option("fw_cfg", out.finish());
    }
}
