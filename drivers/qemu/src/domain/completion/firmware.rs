//! The firmware: found among those of the host, or taken as the document says, and where it keeps its variables.

use std::path::{Path, PathBuf};

use documents::domain::{
    Bios, DiskFormat, Domain, FirmwareFeature, FirmwareFeatureName, FirmwareFeatures, FirmwareKind,
    Loader, LoaderKind, NetworkProtocol, Nvram, Smm,
};

use super::os::word;
use crate::domain::Context;
use crate::domain::error::{DomainError, MachineError};
use crate::domain::rules;
use crate::firmware::{self, Feature, Firmware, FlashMode, KNOWN, Mapping};
use crate::vm::DRIVER;

/// QEMU tries so many kinds of devices.
const BOOT_DEVICES: usize = 4;

/// Fills in how the guest boots.
pub(super) fn complete(domain: &mut Domain, context: &Context<'_>) -> Result<(), DomainError> {
    drop_foreign(domain);
    rules::loader::check(domain)?;
    if domain.os.firmware.is_some() {
        choose(domain, context)?;
    } else {
        recognise(domain, context);
    }
    complete_loader(domain);
    // A file a domain.
    let variables = variables_dir(context);
    keep_variables(domain, &variables);
    Ok(())
}

/// Only containers have a first program of their own, and only a menu that is shown waits.
fn drop_foreign(domain: &mut Domain) {
    let os = &mut domain.os;
    os.init = None;
    os.initargs.clear();
    os.initenv.clear();
    os.initdir = None;
    os.inituser = None;
    os.initgroup = None;
    os.boot.truncate(BOOT_DEVICES);
    if let Some(menu) = &mut os.bootmenu {
        menu.timeout.take_if(|_| menu.enable != Some(true));
    }
    os.bootmenu
        .take_if(|menu| menu.enable.is_none() && menu.timeout.is_none());
    os.bios.take_if(|bios| *bios == Bios::default());
}

/// Takes the first firmware that suits; a document that has been completed before finds its own again.
fn choose(domain: &mut Domain, context: &Context<'_>) -> Result<(), DomainError> {
    let installed = context.host.firmware();
    let Some(found) = firmware::choose(domain, &installed) else {
        let kind = word(domain.os.firmware.unwrap_or_default());
        return Err(MachineError::NoFirmware { kind }.into());
    };
    apply(domain, found);
    Ok(())
}

/// Firmware in flash memory that the document names is one of the host's, if there is a descriptor of it.
fn recognise(domain: &mut Domain, context: &Context<'_>) {
    let Some(loader) = domain.os.loader.as_ref() else {
        return;
    };
    if loader.kind != Some(LoaderKind::Pflash) || loader.path.is_none() {
        return;
    }
    let installed = context.host.firmware();
    if let Some(found) = firmware::choose(domain, &installed) {
        domain.os.firmware = Some(FirmwareKind::Efi);
        apply(domain, found);
        return;
    }
    let known = KNOWN
        .iter()
        .find(|(code, _)| loader.path.as_deref() == Some(code));
    if let Some((_, template)) = known.filter(|_| has_variables(loader)) {
        let nvram = domain.os.nvram.get_or_insert_default();
        nvram.template.get_or_insert_with(|| (*template).to_owned());
        nvram.template_format.get_or_insert(DiskFormat::Raw);
    }
}

/// Writes down what was found.
fn apply(domain: &mut Domain, found: &Firmware) {
    let os = &mut domain.os;
    let loader = os.loader.get_or_insert_default();
    match &found.mapping {
        Mapping::Flash {
            mode,
            executable,
            nvram_template,
        } => {
            loader.kind = Some(LoaderKind::Pflash);
            loader.readonly = Some(*mode != FlashMode::Combined);
            if *mode == FlashMode::Stateless {
                loader.stateless = Some(true);
            }
            loader.path = Some(executable.filename.clone());
            loader.format = xml::enum_from_name(&executable.format);
            if let Some(template) = nvram_template {
                let nvram = os.nvram.get_or_insert_default();
                nvram.template = Some(template.filename.clone());
                nvram.template_format = xml::enum_from_name(&template.format);
            }
        }
        Mapping::Memory { filename } => {
            loader.kind = Some(LoaderKind::Rom);
            loader.path = Some(filename.clone());
            loader.format = Some(DiskFormat::Raw);
        }
        Mapping::Kernel { .. } | Mapping::Other => {}
    }
    if found.has(Feature::RequiresSmm) {
        loader.secure = Some(true);
        let features = domain.features.get_or_insert_default();
        features
            .smm
            .get_or_insert_with(Smm::default)
            .state
            .get_or_insert(true);
    }
    if domain.os.firmware == Some(FirmwareKind::Efi) {
        let feature = |name, feature| FirmwareFeature {
            enabled: found.has(feature),
            name,
        };
        domain.os.firmware_features = Some(FirmwareFeatures {
            features: vec![
                feature(FirmwareFeatureName::EnrolledKeys, Feature::EnrolledKeys),
                feature(FirmwareFeatureName::SecureBoot, Feature::SecureBoot),
            ],
        });
    }
}

fn complete_loader(domain: &mut Domain) {
    let Some(loader) = &mut domain.os.loader else {
        return;
    };
    if loader.path.is_some() {
        // A ROM that says so needs no format.
        if loader.kind != Some(LoaderKind::Rom) {
            loader.format.get_or_insert(DiskFormat::Raw);
        }
        loader.kind.get_or_insert(LoaderKind::Rom);
    }
}

/// Where what a guest leaves over its restarts is kept.
pub(super) fn variables_dir(context: &Context<'_>) -> PathBuf {
    context.host.layout().lib_dir(DRIVER).join("nvram")
}

/// Whether the firmware keeps variables in a file of their own.
fn has_variables(loader: &Loader) -> bool {
    loader.kind == Some(LoaderKind::Pflash)
        && loader.readonly == Some(true)
        && loader.stateless != Some(true)
}

/// Gives the variables a file of the domain's own, unless the document has a place for them.
fn keep_variables(domain: &mut Domain, directory: &Path) {
    let os = &mut domain.os;
    let Some(loader) = os.loader.as_ref().filter(|loader| loader.path.is_some()) else {
        return;
    };
    if !has_variables(loader) {
        let empty = Nvram::default();
        os.nvram.take_if(|nvram| *nvram == empty);
        return;
    }
    let format = loader.format.unwrap_or_default();
    let nvram = os.nvram.get_or_insert_default();
    if nvram.source.is_some() || nvram.path.is_some() {
        complete_servers(nvram);
        nvram.format.get_or_insert(DiskFormat::Raw);
        return;
    }
    nvram.format = Some(format);
    let suffix = match format {
        DiskFormat::Qcow2 => "qcow2",
        _ => "fd",
    };
    let name = format!("{}_VARS.{suffix}", domain.name);
    nvram.path = Some(directory.join(name).to_string_lossy().into_owned());
}

/// Servers are found at the port of their protocol.
fn complete_servers(nvram: &mut Nvram) {
    let Some(source) = nvram.source.as_deref_mut() else {
        return;
    };
    let port = match source.protocol {
        Some(NetworkProtocol::Iscsi) => 3260,
        Some(NetworkProtocol::Nbd) => 10809,
        _ => return,
    };
    for host in &mut source.hosts {
        if host.socket.is_none() {
            host.port.take_if(|port| *port == 0);
            host.port.get_or_insert(port);
        }
    }
}
