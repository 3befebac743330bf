//! What is asked about a domain's document.

use ferrovirt::flags::{DomainDefineFlags, DomainUndefineFlagsValues, DomainXmlFlags};
use ferrovirt::{Connection, Domain, Error};

use super::record::{Answer, Record};

/// Defines it and shows it, validates it, makes arguments of it.
pub(super) async fn ask(connection: &Connection, xml: &str) -> Record {
    let mut record = Record::default();
    let defined = connection.define_domain(xml).await;
    if let Some(domain) = record.decision("define", defined) {
        let shown = domain.xml(DomainXmlFlags::INACTIVE).await;
        record.note("dumpxml", shown, |it| Answer::Document(it.clone()));
        record.decision("undefine", undefine(&domain).await);
    }
    if record.lost().is_some() {
        return record;
    }
    let validated = connection.define_domain_with(xml, DomainDefineFlags::VALIDATE);
    if let Some(domain) = record.decision("validate", validated.await) {
        record.decision("undefine again", undefine(&domain).await);
    }
    if record.lost().is_some() {
        return record;
    }
    let native = connection.domain_xml_to_native("qemu-argv", xml).await;
    record.note("native", native, |it| Answer::Arguments(it.clone()));
    record
}

/// Takes away what a definition may leave behind.
pub(super) async fn undefine(domain: &Domain) -> Result<(), Error> {
    let flags = DomainUndefineFlagsValues::NVRAM
        | DomainUndefineFlagsValues::SNAPSHOTS_METADATA
        | DomainUndefineFlagsValues::MANAGED_SAVE;
    domain.undefine(flags).await
}
