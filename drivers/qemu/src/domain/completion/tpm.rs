//! TPMs.

use documents::domain::{
    Domain, PcrBanks, SocketMode, Tpm, TpmBackend, TpmModel, TpmProfile, TpmVersion,
};

use crate::domain::machine::Family;

/// The host's TPM when the document names none.
const DEVICE: &str = "/dev/tpm0";

/// Gives each TPM its model, and an emulated one its version.
pub(super) fn complete(domain: &mut Domain) {
    let family = Family::of_domain(domain);
    for tpm in &mut domain.devices.tpms {
        complete_one(tpm, family);
    }
}

fn complete_one(tpm: &mut Tpm, family: Family) {
    let model = *tpm.model.get_or_insert_default();
    match &mut tpm.backend {
        TpmBackend::Emulator(emulator) => {
            emulator.persistent_state.take_if(|stays| !*stays);
            emulator
                .active_pcr_banks
                .take_if(|banks| *banks == PcrBanks::default());
            emulator
                .profile
                .take_if(|profile| *profile == TpmProfile::default());
            emulator.debug.take_if(|level| *level == 0);
            // A place of which nobody knows what it is is not kept.
            emulator.source.take_if(|source| source.kind.is_none());
            // The older interface of a PC is the one that TPM 1.2 has.
            let old = model == TpmModel::TpmTis && family.has_ps2();
            emulator
                .version
                .get_or_insert(if old { TpmVersion::V1 } else { TpmVersion::V2 });
        }
        TpmBackend::Passthrough(passthrough) => {
            // What is there already has the version that it has.
            passthrough.version = None;
            passthrough.device.get_or_insert_with(|| DEVICE.to_owned());
        }
        TpmBackend::External(external) => {
            external.version = None;
            if let Some(source) = &mut external.source {
                source.mode.get_or_insert(SocketMode::Connect);
            }
        }
    }
}
