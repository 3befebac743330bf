//! Defaults of the devices that have few of them.

use documents::domain::{
    AccessMode, CharacterBackend, CharacterSource, Devices, Domain, FilesystemSource, HostDevMode,
    IoApicDriver, LoaderKind, PanicModel, RngBackend, RngPath, SecLabelKind, TcpProtocol,
};

/// Fills in what the documents of smaller device families leave out.
pub(super) fn complete(domain: &mut Domain) {
    complete_firmware(domain);
    let split = domain
        .devices
        .iommu
        .as_ref()
        .and_then(|iommu| iommu.driver.as_ref());
    if split.and_then(|driver| driver.intremap) == Some(true) {
        // Interrupts that are remapped pass through an I/O APIC of QEMU's own.
        let features = domain.features.get_or_insert_default();
        features.ioapic.get_or_insert(IoApicDriver::Qemu);
    }
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
        if matches!(filesystem.source, FilesystemSource::Mount(_)) {
            filesystem.accessmode.get_or_insert(AccessMode::Passthrough);
        }
    }
    for hostdev in &mut devices.hostdevs {
        if hostdev.mode.unwrap_or_default() == HostDevMode::Subsystem {
            hostdev.managed.get_or_insert(false);
        }
    }
    for panic in &mut devices.panics {
        panic.model.get_or_insert(PanicModel::Isa);
    }
    if let Some(cid) = devices.vsock.as_mut().and_then(|vsock| vsock.cid.as_mut()) {
        cid.auto.get_or_insert(false);
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
    for redirdev in &mut devices.redirdevs {
        complete_protocol(&mut redirdev.backend);
    }
    // A rule that names anything is a rule that does not say what.
    for rule in devices
        .redirfilter
        .iter_mut()
        .flat_map(|filter| &mut filter.rules)
    {
        for part in [
            &mut rule.class,
            &mut rule.vendor,
            &mut rule.product,
            &mut rule.version,
        ] {
            part.take_if(|value| value == "-1");
        }
    }
}

/// A TCP connection carries plain bytes unless the document says otherwise.
pub(super) fn complete_protocol(backend: &mut CharacterBackend) {
    if matches!(backend.source, CharacterSource::Tcp(_)) {
        backend.protocol.get_or_insert(TcpProtocol::Raw);
    }
}
