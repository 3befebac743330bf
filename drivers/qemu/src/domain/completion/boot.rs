//! From what the guest boots when the document does not say.

use documents::domain::{BootDevice, Domain};

use crate::domain::addresses::for_each_info;

/// A guest without any boot order boots from its first hard disk.
pub(super) fn complete(domain: &mut Domain) {
    let mut per_device = false;
    for_each_info(&mut domain.devices, |_, info| {
        if let Some(boot) = &mut info.boot {
            per_device = true;
            if let Some(parameter) = &mut boot.loadparm {
                parameter.make_ascii_uppercase();
            }
        }
    });
    if domain.os.boot.is_empty() && !per_device {
        domain.os.boot.push(BootDevice::Hd);
    }
}
