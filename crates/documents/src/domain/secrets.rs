//! What of a domain only callers who ask for it may see.

use super::{Domain, Graphics};

impl Domain {
    /// Takes out the passwords, as for a caller without `VIR_DOMAIN_XML_SECURE`.
    pub fn hide_secrets(&mut self) {
        for graphics in &mut self.devices.graphics {
            match graphics {
                Graphics::Vnc(vnc) => vnc.password.passwd = None,
                Graphics::Spice(spice) => spice.password.passwd = None,
                Graphics::Rdp(rdp) => rdp.passwd = None,
                Graphics::Sdl(_)
                | Graphics::Desktop(_)
                | Graphics::EglHeadless(_)
                | Graphics::Dbus(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_shown_unless_asked_for() {
        for kind in ["vnc", "spice", "rdp"] {
            let text = format!(
                "<domain type='qemu'><name>a</name><os><type>hvm</type></os><devices>\
                 <graphics type='{kind}' passwd='geheim'/></devices></domain>"
            );
            let mut domain: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
            assert!(xml::format(&domain).contains("geheim"), "{kind}");
            domain.hide_secrets();
            assert!(!xml::format(&domain).contains("geheim"), "{kind}");
        }
    }
}
