//! Defaults of the devices that have few of them.

use documents::domain::{
    AccessMode, CharacterBackend, CharacterSource, Devices, Domain, FilesystemDriverKind,
    FilesystemSource, LoaderKind, PanicModel, RngBackend, RngPath, SecLabelKind, TcpProtocol,
    VirtioModel,
};

/// Fills in what the documents of smaller device families leave out.
pub(super) fn complete(domain: &mut Domain) {
    complete_firmware(domain);
    complete_devices(&mut domain.devices);
    for label in &mut domain.seclabels {
        if label.kind.is_some_and(|kind| kind != SecLabelKind::None) {
            label.relabel.get_or_insert(true);
        }
    }
}

fn complete_firmware(domain: &mut Domain) {
    let os = &mut domain.os;
    // Only containers have a first program of their own.
    os.init = None;
    os.initargs.clear();
    if let Some(menu) = &mut os.bootmenu {
        menu.timeout.take_if(|_| menu.enable != Some(true));
    }
    os.bootmenu
        .take_if(|menu| menu.enable.is_none() && menu.timeout.is_none());
    if let Some(loader) = os.loader.as_mut().filter(|loader| loader.path.is_some()) {
        if loader.kind == Some(LoaderKind::Pflash) {
            loader.format.get_or_insert_with(|| "raw".to_owned());
        }
        if let Some(nvram) = &mut os.nvram {
            nvram.format.get_or_insert_with(|| "raw".to_owned());
        }
    }
}

fn complete_devices(devices: &mut Devices) {
    for filesystem in &mut devices.filesystems {
        // Who serves a socket has its own mind about users.
        let folder = match &filesystem.source {
            FilesystemSource::Mount(source) => source.socket.is_none(),
            _ => false,
        };
        let virtiofs =
            crate::devices::filesystem::driver(filesystem) == FilesystemDriverKind::Virtiofs;
        if let Some(driver) = filesystem.driver.as_mut().filter(|_| !virtiofs) {
            driver.queue = None;
        }
        if folder {
            filesystem.accessmode.get_or_insert(AccessMode::Passthrough);
        }
    }
    for panic in &mut devices.panics {
        panic.model.get_or_insert(PanicModel::Isa);
    }
    if let Some(vsock) = &mut devices.vsock {
        vsock.model.get_or_insert(VirtioModel::Virtio);
        let cid = vsock.cid.get_or_insert_default();
        cid.auto.get_or_insert(cid.address.is_none());
    }
    for rng in &mut devices.rngs {
        match &mut rng.backend {
            RngBackend::Egd(backend) => complete_protocol(backend),
            RngBackend::Random(RngPath { path }) => {
                path.get_or_insert_with(|| "/dev/random".to_owned());
            }
            RngBackend::Builtin => {}
        }
    }
}

/// A TCP connection carries plain bytes unless the document says otherwise.
pub(super) fn complete_protocol(backend: &mut CharacterBackend) {
    if matches!(backend.source, CharacterSource::Tcp(_)) {
        backend.protocol.get_or_insert(TcpProtocol::Raw);
    }
}
