//! `<tpm>`: trusted platform modules.

use documents::domain::{Tpm, TpmBackend, TpmModel};

use super::chardev::{Address, Backend, Chardev, Socket};
use super::keyval::KeyVal;
use super::part::Part;
use super::properties::Properties;
use super::seat::{Guest, Seat, Virtio, alias};
use crate::domain::{DomainError, TpmError};

/// What the start has made for a TPM. Descriptors are named by the numbers that QEMU sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TpmAccess {
    /// The emulator's socket.
    Emulator(String),
    /// The host's device, and the file through which a command is broken off.
    Host {
        /// `/dev/tpm0`.
        device: i32,
        /// `…/cancel`.
        cancel: i32,
    },
}

/// The name of the connection to an emulator; a guest has one.
const CHARDEV: &str = "chrtpm";

/// Everything that QEMU creates for a TPM.
pub(crate) fn parts(
    tpm: &Tpm,
    guest: &Guest<'_>,
    access: Option<&TpmAccess>,
) -> Result<Vec<Part>, DomainError> {
    let id = alias(&tpm.info);
    let model = tpm.model.unwrap_or_default();
    let backend = format!("tpm-{id}");
    let mut parts = match (&tpm.backend, access) {
        (TpmBackend::Passthrough(_), Some(TpmAccess::Host { device, cancel })) => {
            host(&backend, *device, *cancel)
        }
        (TpmBackend::Passthrough(_), _) => return Err(TpmError::NotOpened.into()),
        (TpmBackend::Emulator(_), Some(TpmAccess::Emulator(path))) => {
            emulator(&backend, socket(path))
        }
        // Shown to people before there is an emulator.
        (TpmBackend::Emulator(_), _) => emulator(&backend, Backend::Null),
        (TpmBackend::External(external), _) => {
            let path = external.source.as_ref().and_then(|it| it.path.as_deref());
            emulator(&backend, socket(path.unwrap_or_default()))
        }
    };
    let driver = match model {
        TpmModel::TpmTis if guest.family.has_ps2() => "tpm-tis",
        TpmModel::TpmTis => "tpm-tis-device",
        TpmModel::TpmCrb => "tpm-crb",
        TpmModel::TpmSpapr => "tpm-spapr",
        TpmModel::SpaprTpmProxy => "spapr-tpm-proxy",
    };
    parts.push(
        Properties::default()
            .set("tpmdev", backend)
            .set("id", id)
            .device(driver, Virtio::default(), Seat::default())?,
    );
    Ok(parts)
}

fn socket(path: &str) -> Backend {
    Backend::Socket(Socket {
        address: Address::Unix(path.to_owned()),
        server: false,
        telnet: false,
        tls: None,
        reconnect: None,
    })
}

fn emulator(id: &str, backend: Backend) -> Vec<Part> {
    let chardev = Chardev {
        id: CHARDEV.to_owned(),
        backend,
        log: None,
    };
    let mut out = KeyVal::new("emulator");
    out.pair("id", id);
    out.pair("chardev", CHARDEV);
    vec![Part::Chardev(chardev), Part::option("tpmdev", out.finish())]
}

/// QEMU opens the paths of descriptor sets, so that it need not have the right to open the device.
fn host(id: &str, device: i32, cancel: i32) -> Vec<Part> {
    let set = |number: u32, fd: i32| {
        let mut out = KeyVal::default();
        out.pair("set", &number.to_string());
        out.pair("fd", &fd.to_string());
        Part::option("add-fd", out.finish())
    };
    let mut out = KeyVal::new("passthrough");
    out.pair("id", id);
    out.pair("path", "/dev/fdset/0");
    out.pair("cancel-path", "/dev/fdset/1");
    vec![
        set(0, device),
        set(1, cancel),
        Part::option("tpmdev", out.finish()),
    ]
}
