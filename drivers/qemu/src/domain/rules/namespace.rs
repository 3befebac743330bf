//! The elements of QEMU's own namespace.

use documents::domain::{Domain, QemuProperty, QemuPropertyKind};

use crate::domain::error::NamespaceError;

pub(super) fn check(domain: &Domain) -> Result<(), NamespaceError> {
    if let Some(line) = &domain.qemu_commandline {
        if line.args.iter().any(|arg| arg.value.is_none()) {
            return Err(NamespaceError::NoArgument);
        }
        for variable in &line.env {
            check_variable(variable.name.as_deref())?;
        }
    }
    if let Some(changes) = &domain.qemu_capabilities {
        let mut all = changes.add.iter().chain(&changes.del);
        if all.any(|change| change.capability.is_none()) {
            return Err(NamespaceError::NoCapability);
        }
    }
    let devices = domain.qemu_override.iter().flat_map(|it| &it.devices);
    for device in devices {
        if device.alias.is_none() {
            return Err(NamespaceError::NoAlias);
        }
        device.frontend.iter().try_for_each(check_property)?;
    }
    Ok(())
}

fn check_variable(name: Option<&str>) -> Result<(), NamespaceError> {
    let name = name.ok_or(NamespaceError::NoName)?;
    let letter = |it: char| it.is_ascii_alphabetic() || it == '_';
    if !name.starts_with(letter) {
        return Err(NamespaceError::NameStart {
            name: name.to_owned(),
        });
    }
    if !name.chars().all(|it| letter(it) || it.is_ascii_digit()) {
        return Err(NamespaceError::NameCharacter {
            name: name.to_owned(),
        });
    }
    Ok(())
}

fn check_property(property: &QemuProperty) -> Result<(), NamespaceError> {
    if property.name.is_none() {
        return Err(NamespaceError::NoProperty);
    }
    let value = match (&property.value, property.kind) {
        (None, QemuPropertyKind::Remove) => return Ok(()),
        (Some(_), QemuPropertyKind::Remove) => return Err(NamespaceError::RemovedValue),
        (None, _) => return Err(NamespaceError::NoValue),
        (Some(value), _) => value,
    };
    let fits = match property.kind {
        QemuPropertyKind::Signed => value.parse::<i64>().is_ok(),
        QemuPropertyKind::Unsigned => value.parse::<u64>().is_ok(),
        QemuPropertyKind::Bool => matches!(value.as_str(), "true" | "false"),
        QemuPropertyKind::String | QemuPropertyKind::Remove => true,
    };
    match fits {
        true => Ok(()),
        false => Err(NamespaceError::Value {
            value: value.clone(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    #[test]
    fn variables_are_named_as_a_shell_names_them() {
        let name = |name: &str, expected| {
            let env = format!("<qemu:commandline><qemu:env {name}/></qemu:commandline>");
            check(&env, expected);
        };
        let refused = Some((Code::InternalError, Origin::Qemu));
        name("name='_A1' value='x'", None);
        name("name='A'", None);
        name("name='1a'", refused);
        name("name='a-b'", refused);
        name("name=''", refused);
        name("value='x'", refused);
    }

    #[test]
    fn a_property_has_a_value_of_its_type() {
        let property = |property: &str, expected| {
            let device = format!(
                "<qemu:override><qemu:device alias='a'><qemu:frontend><qemu:property name='p' {property}/>\
                 </qemu:frontend></qemu:device></qemu:override>"
            );
            check(&device, expected);
        };
        let refused = Some((Code::XmlError, Origin::Qemu));
        property("type='bool' value='true'", None);
        property("type='signed' value='-3'", None);
        property("type='remove'", None);
        property("type='bool' value='yes'", refused);
        property("type='unsigned' value='-3'", refused);
        property("type='string'", refused);
        property("type='remove' value='x'", refused);
    }
}
