//! Mandatory access control.

use crate::root::Root;

/// The kernel's module for mandatory access control that is switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessControl {
    /// None.
    None,
    /// AppArmor.
    AppArmor,
    /// SELinux.
    Selinux,
}

/// Reads which one is switched on.
#[must_use]
pub fn access_control(root: &Root) -> AccessControl {
    if root.optional("sys/fs/selinux/enforce").is_some() {
        return AccessControl::Selinux;
    }
    match root
        .optional("sys/module/apparmor/parameters/enabled")
        .as_deref()
    {
        Some("Y") => AccessControl::AppArmor,
        _ => AccessControl::None,
    }
}

#[cfg(test)]
mod tests {
    use super::{AccessControl, access_control};
    use crate::fake::tree;

    #[test]
    fn the_module_that_is_on_is_told() {
        let (_dir, root) = tree(&[("sys/fs/selinux/enforce", "1")]);
        assert_eq!(access_control(&root), AccessControl::Selinux);
        let (_dir, root) = tree(&[("sys/module/apparmor/parameters/enabled", "Y\n")]);
        assert_eq!(access_control(&root), AccessControl::AppArmor);
        let (_dir, root) = tree(&[("sys/module/apparmor/parameters/enabled", "N\n")]);
        assert_eq!(access_control(&root), AccessControl::None);
    }
}
