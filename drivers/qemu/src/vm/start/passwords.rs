//! Passwords of displays: told through the monitor, for every user of the host can read arguments.

use documents::domain::{Domain, Graphics, GraphicsPassword, PasswordConnected};
use qmp::commands::{DisplayProtocol, ExpirePassword, SetPassword, SetPasswordAction};

/// What QEMU is told of a display's password.
pub(super) type Password = (SetPassword, ExpirePassword);

/// The passwords of all displays.
pub(super) fn passwords(document: &Domain) -> impl Iterator<Item = Password> {
    document
        .devices
        .graphics
        .iter()
        .filter_map(|graphics| match graphics {
            Graphics::Vnc(vnc) => password(DisplayProtocol::Vnc, &vnc.password),
            Graphics::Spice(spice) => password(DisplayProtocol::Spice, &spice.password),
            _ => None,
        })
}

fn password(protocol: DisplayProtocol, said: &GraphicsPassword) -> Option<Password> {
    let password = said.passwd.clone()?;
    let connected = said.connected.map(|connected| match connected {
        PasswordConnected::Fail => SetPasswordAction::Fail,
        PasswordConnected::Disconnect => SetPasswordAction::Disconnect,
        PasswordConnected::Keep => SetPasswordAction::Keep,
    });
    // An empty password lets nobody in, whatever else is said.
    let time = match said.passwd_valid_to {
        _ if password.is_empty() => "now".to_owned(),
        Some(moment) => moment.unix_seconds().to_string(),
        None => "never".to_owned(),
    };
    let set = SetPassword {
        protocol,
        password,
        connected,
    };
    Some((set, ExpirePassword { protocol, time }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(attributes: &str, expected: &[(&str, Option<SetPasswordAction>, &str)]) {
        let text = format!(
            "<domain type='qemu'><name>a</name><os><type>hvm</type></os><devices>\
             <graphics type='vnc' {attributes}/></devices></domain>"
        );
        let domain: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        let told: Vec<_> = passwords(&domain).collect();
        let told: Vec<_> = told
            .iter()
            .map(|(set, expire)| (set.password.as_str(), set.connected, expire.time.as_str()))
            .collect();
        assert_eq!(told, expected, "{attributes}");
    }

    #[test]
    fn a_password_is_valid_for_as_long_as_the_document_says() {
        check("", &[]);
        check("passwd='a'", &[("a", None, "never")]);
        check(
            "passwd='a' passwdValidTo='2010-04-09T15:51:00' connected='keep'",
            &[("a", Some(SetPasswordAction::Keep), "1270828260")],
        );
    }

    #[test]
    fn an_empty_password_lets_nobody_in() {
        check("passwd=''", &[("", None, "now")]);
    }
}
