//! A domain's document, in the forms that clients ask for.

use documents::domain::Domain;
use driver::{Call, Error, Routes};
use protocol::flags::DomainXmlFlags as XmlFlags;
use protocol::remote::{DomainGetXmlDesc, DomainGetXmlDescArgs, DomainGetXmlDescRet};

use super::object;
use crate::driver::QemuDriver;
use crate::vm::error::VmError;
use crate::vm::snapshot::Snapshot;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes.on::<DomainGetXmlDesc>(xml_desc);
}

async fn xml_desc(
    call: Call<QemuDriver>,
    args: DomainGetXmlDescArgs,
) -> Result<DomainGetXmlDescRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let mut document = document(&snapshot, args.flags.contains(XmlFlags::INACTIVE))?;
    if !args.flags.contains(XmlFlags::SECURE) {
        document.hide_secrets();
    }
    document.hide_status();
    // Nothing here depends on the host's processor, and every document can be taken to another host as it is:
    // UPDATE_CPU and MIGRATABLE change nothing.
    Ok(DomainGetXmlDescRet {
        xml: xml::format(&document),
    })
}

/// The document of the running VM, or that of its next boot. A transient VM's next boot is its last.
pub(super) fn document(snapshot: &Snapshot, inactive: bool) -> Result<Domain, VmError> {
    match (snapshot.state.live(), &snapshot.definition) {
        (Some(live), None) if inactive => Ok(stripped(Domain::clone(&live.document))),
        (Some(live), _) if !inactive => {
            let mut document = Domain::clone(&live.document);
            document.current_memory = Some(live.balloon_kib);
            Ok(document)
        }
        (_, Some(definition)) => {
            let name = snapshot.name.clone();
            definition
                .document()
                .map_err(|source| VmError::Unreadable { name, source })
        }
        (_, None) => Err(VmError::Gone(snapshot.name.clone())),
    }
}

/// Without what belongs to a run: the number, the terminals.
fn stripped(mut document: Domain) -> Domain {
    use documents::domain::CharacterSource;
    document.id = None;
    let devices = &mut document.devices;
    let serials = devices.serials.iter_mut().map(|it| &mut it.backend);
    let backends = serials.chain(devices.consoles.iter_mut().map(|it| &mut it.backend));
    for backend in backends.chain(devices.channels.iter_mut().map(|it| &mut it.backend)) {
        if let CharacterSource::Pty(pty) = &mut backend.source {
            pty.path = None;
        }
    }
    for console in &mut devices.consoles {
        console.tty = None;
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transient_vm_shows_nothing_of_its_run_when_asked_for_its_next_one() {
        let text = "<domain type='qemu' id='3'><name>a</name><os><type>hvm</type></os><devices>\
            <console type='pty' tty='/dev/pts/1'><source path='/dev/pts/1'/></console>\
            </devices></domain>";
        let document: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        let text = xml::format(&stripped(document));
        assert!(
            !text.contains("/dev/pts") && !text.contains("id="),
            "{text}"
        );
    }
}
