//! TPMs: models, versions and back-ends.

use documents::domain::{
    CharacterSource, Devices, SocketMode, Tpm, TpmBackend, TpmEmulator, TpmExternal, TpmModel,
    TpmVersion,
};
use xml::Xml as _;

use crate::capabilities::Capabilities;
use crate::domain::completion::os::word;
use crate::domain::error::TpmError;

pub(super) fn check(devices: &Devices, capabilities: &Capabilities) -> Result<(), TpmError> {
    let plain = |tpm: &&Tpm| tpm.model != Some(TpmModel::SpaprTpmProxy);
    if devices.tpms.iter().filter(plain).count() > 1 {
        return Err(TpmError::Second);
    }
    for tpm in &devices.tpms {
        match &tpm.backend {
            TpmBackend::Emulator(emulator) => check_emulator(emulator)?,
            TpmBackend::External(external) => check_external(external)?,
            TpmBackend::Passthrough(_) => {}
        }
        check_one(tpm, capabilities)?;
    }
    Ok(())
}

fn check_one(tpm: &Tpm, capabilities: &Capabilities) -> Result<(), TpmError> {
    let model = tpm.model.unwrap_or_default();
    let (version, backend) = match &tpm.backend {
        TpmBackend::Emulator(emulator) => (emulator.version, "emulator"),
        TpmBackend::Passthrough(_) => (None, "passthrough"),
        TpmBackend::External(_) => (None, "emulator"),
    };
    if version == Some(TpmVersion::V1) && matches!(model, TpmModel::TpmCrb | TpmModel::TpmSpapr) {
        return Err(TpmError::Version { model: word(model) });
    }
    let emulator = || capabilities.emulator.clone();
    // QEMU calls the model for machines without an ISA bus by another name.
    let known = |name: &str| capabilities.tpm_models.iter().any(|model| model == name);
    let name = word(model);
    let renamed = model == TpmModel::TpmTis && known("tpm-tis-device");
    if !known(name) && !renamed {
        return Err(TpmError::Model {
            emulator: emulator(),
            model: name,
        });
    }
    if !capabilities.tpm_types.iter().any(|kind| kind == backend) {
        return Err(TpmError::Backend {
            emulator: emulator(),
            backend,
        });
    }
    Ok(())
}

fn check_emulator(emulator: &TpmEmulator) -> Result<(), TpmError> {
    let old = emulator.version == Some(TpmVersion::V1);
    if old && emulator.active_pcr_banks.is_some() {
        return Err(TpmError::Version2 {
            element: "active_pcr_banks",
        });
    }
    if old && emulator.profile.is_some() {
        return Err(TpmError::Version2 { element: "profile" });
    }
    Ok(())
}

fn check_external(external: &TpmExternal) -> Result<(), TpmError> {
    let source = external.source.as_ref();
    let source = source.ok_or(TpmError::NoExternalSource)?;
    if source.kind != "unix" {
        let all = CharacterSource::describe().variants;
        return Err(match all.iter().any(|it| it.name == source.kind) {
            true => TpmError::ExternalType,
            false => TpmError::UnknownExternalType {
                kind: source.kind.clone(),
            },
        });
    }
    if source.mode == Some(SocketMode::Bind) {
        return Err(TpmError::ExternalMode);
    }
    match &source.path {
        Some(_) => Ok(()),
        None => Err(TpmError::NoExternalPath),
    }
}
