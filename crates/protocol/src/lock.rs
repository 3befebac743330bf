//! The lock program: the lock daemon keeps locks on disk images.

use crate::{
    flags::{LockAcquireFlags, NoFlags},
    limits,
    procedure::{Declaration, Visitor, procedures, structures},
};

pub(crate) const DECLARED: &[&[Declaration]] = &[PROCEDURES];

/// Shows every procedure and event of this program to the visitor.
pub fn visit(visitor: &mut impl Visitor) {
    visit_procedures(visitor);
}

structures! {
    /// For whom locks are taken.
    Owner { uuid: [u8; 16], #[xdr(max = limits::LOCK_STRING_MAX)] name: String, id: u32, pid: u32 }
}

procedures! {
    Lock;

    /// Says for whom locks are taken on this connection.
    1 Register "REGISTER" ()
        args RegisterArgs { owner: Owner, flags: NoFlags };

    /// Allows nothing but taking and giving back locks from now on.
    2 Restrict "RESTRICT" ()
        args RestrictArgs { flags: NoFlags };

    /// Starts using a lock space.
    3 New "NEW" ()
        args NewArgs { #[xdr(max = limits::LOCK_STRING_MAX)] path: String, flags: NoFlags };

    /// Adds a resource to a lock space.
    4 CreateResource "CREATE_RESOURCE" ()
        args CreateResourceArgs {
            #[xdr(max = limits::LOCK_STRING_MAX)] path: String,
            #[xdr(max = limits::LOCK_STRING_MAX)] name: String,
            flags: NoFlags,
        };

    /// Removes a resource from a lock space.
    5 DeleteResource "DELETE_RESOURCE" ()
        args DeleteResourceArgs {
            #[xdr(max = limits::LOCK_STRING_MAX)] path: String,
            #[xdr(max = limits::LOCK_STRING_MAX)] name: String,
            flags: NoFlags,
        };

    /// Takes the lock on a resource.
    6 AcquireResource "ACQUIRE_RESOURCE" ()
        args AcquireResourceArgs {
            #[xdr(max = limits::LOCK_STRING_MAX)] path: String,
            #[xdr(max = limits::LOCK_STRING_MAX)] name: String,
            flags: LockAcquireFlags,
        };

    /// Gives the lock on a resource back.
    7 ReleaseResource "RELEASE_RESOURCE" ()
        args ReleaseResourceArgs {
            #[xdr(max = limits::LOCK_STRING_MAX)] path: String,
            #[xdr(max = limits::LOCK_STRING_MAX)] name: String,
            flags: NoFlags,
        };

    /// Creates a lock space.
    8 CreateLockspace "CREATE_LOCKSPACE" ()
        args CreateLockSpaceArgs { #[xdr(max = limits::LOCK_STRING_MAX)] path: String };
}
