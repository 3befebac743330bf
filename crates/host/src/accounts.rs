//! Users and groups, as the host's name service knows them.

use std::ffi::CString;
use std::path::PathBuf;

use nix::unistd;

use crate::error::HostError;

/// A user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The login name; missing for a number that has none.
    pub name: Option<String>,
    /// The number.
    pub uid: u32,
    /// The primary group's number.
    pub gid: u32,
    /// All groups, the primary one included.
    pub groups: Vec<u32>,
    /// The home directory.
    pub home: Option<PathBuf>,
}

/// Looks a user up as the configuration writes it: a name, or a number, or `+NUMBER` for what
/// shall not be taken for a name. A number that has no name is a user nevertheless.
///
/// `None` when there is no such user.
///
/// # Errors
/// When the name service cannot be asked.
pub fn user(text: &str) -> Result<Option<User>, HostError> {
    let failed = |source: nix::Error| HostError::Lookup {
        what: "user",
        name: text.to_owned(),
        source: source.into(),
    };
    if !text.starts_with('+')
        && let Some(found) = unistd::User::from_name(text).map_err(failed)?
    {
        return described(found).map(Some).map_err(failed);
    }
    let Some(uid) = number(text) else {
        return Ok(None);
    };
    match unistd::User::from_uid(uid.into()).map_err(failed)? {
        Some(found) => described(found).map(Some).map_err(failed),
        None => Ok(Some(User {
            name: None,
            uid,
            gid: uid,
            groups: vec![uid],
            home: None,
        })),
    }
}

/// Looks a group up: a name, a number or `+NUMBER`. `None` when there is no such group.
///
/// # Errors
/// When the name service cannot be asked.
pub fn group(text: &str) -> Result<Option<u32>, HostError> {
    let failed = |source: nix::Error| HostError::Lookup {
        what: "group",
        name: text.to_owned(),
        source: source.into(),
    };
    if !text.starts_with('+')
        && let Some(found) = unistd::Group::from_name(text).map_err(failed)?
    {
        return Ok(Some(found.gid.as_raw()));
    }
    Ok(number(text))
}

/// The user that this process acts for.
///
/// # Errors
/// When the name service cannot be asked.
pub fn current_user() -> Result<User, HostError> {
    let text = format!("+{}", unistd::geteuid());
    let gid = unistd::getegid().as_raw();
    let uid = unistd::geteuid().as_raw();
    let nameless = User {
        name: None,
        uid,
        gid,
        groups: vec![gid],
        home: None,
    };
    Ok(user(&text)?.unwrap_or(nameless))
}

fn described(user: unistd::User) -> nix::Result<User> {
    let name = CString::new(user.name.as_str()).map_err(|_| nix::Error::EINVAL)?;
    let groups = unistd::getgrouplist(&name, user.gid)?;
    Ok(User {
        name: Some(user.name),
        uid: user.uid.as_raw(),
        gid: user.gid.as_raw(),
        groups: groups.into_iter().map(unistd::Gid::as_raw).collect(),
        home: Some(user.dir),
    })
}

/// The highest number means "unchanged" to the kernel and is nobody's.
fn number(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|n| *n != u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{current_user, group, user};

    #[test]
    fn root_is_known_by_name_and_number() {
        for text in ["root", "0", "+0"] {
            let root = user(text).unwrap().unwrap();
            assert_eq!(
                (root.name.as_deref(), root.uid, root.gid),
                (Some("root"), 0, 0)
            );
            assert!(root.groups.contains(&0));
            assert_eq!(group(text).unwrap(), Some(0));
        }
    }

    #[test]
    fn a_number_needs_no_name_but_a_name_needs_an_account() {
        let nameless = user("+3987654").unwrap().unwrap();
        assert_eq!((nameless.name, nameless.uid), (None, 3_987_654));
        for wrong in ["no-such-user-here", "", "+", "+x", "4294967295", "-1"] {
            assert_eq!(
                user(wrong).unwrap().filter(|_| !wrong.is_empty()),
                None,
                "{wrong}"
            );
            assert_eq!(
                group(wrong).unwrap().filter(|_| !wrong.is_empty()),
                None,
                "{wrong}"
            );
        }
        assert_eq!(current_user().unwrap().uid, nix::unistd::geteuid().as_raw());
    }
}
