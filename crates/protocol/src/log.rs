//! The log program: the log daemon keeps the log files of virtual machines.

use crate::{
    flags::{LogOpenFlags, NoFlags},
    procedure::{Declaration, Visitor, procedures, structures},
};

pub(crate) const DECLARED: &[&[Declaration]] = &[PROCEDURES];

/// Shows every procedure and event of this program to the visitor.
pub fn visit(visitor: &mut impl Visitor) {
    visit_procedures(visitor);
}

structures! {
    /// The domain that a log file is of.
    Domain { uuid: [u8; 16], name: String }

    /// A place in a log file, which may have been rotated.
    LogFilePosition { inode: u64, offset: u64 }
}

procedures! {
    Log;

    /// Opens a log file; the descriptor to write to comes with the reply.
    1 DomainOpenLogFile "DOMAIN_OPEN_LOG_FILE" (fds: FdsOut)
        args DomainOpenLogFileArgs {
            driver: String,
            dom: Domain,
            path: String,
            flags: LogOpenFlags,
        }
        ret DomainOpenLogFileRet { pos: LogFilePosition };

    /// Where the end of a log file is now.
    2 DomainGetLogFilePosition "DOMAIN_GET_LOG_FILE_POSITION" ()
        args DomainGetLogFilePositionArgs { path: String, flags: NoFlags }
        ret DomainGetLogFilePositionRet { pos: LogFilePosition };

    /// Reads a part of a log file.
    3 DomainReadLogFile "DOMAIN_READ_LOG_FILE" ()
        args DomainReadLogFileArgs {
            path: String,
            pos: LogFilePosition,
            maxlen: u64,
            flags: NoFlags,
        }
        ret DomainReadLogFileRet { data: String };

    /// Appends text to a log file.
    4 DomainAppendLogFile "DOMAIN_APPEND_LOG_FILE" ()
        args DomainAppendLogFileArgs {
            driver: String,
            dom: Domain,
            path: String,
            message: String,
            flags: NoFlags,
        }
        ret DomainAppendLogFileRet { ret: i32 };
}
