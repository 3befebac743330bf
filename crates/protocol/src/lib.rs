//! The wire protocol: every procedure, type, error code, flag and enum of the public API.
//!
//! The declarations in this crate are the source from which everything else follows: codec,
//! dispatch, client stubs, access checks. One entry of `procedures!` holds all that there is to
//! say of a procedure; the families of the remote program are one file each below `remote/`.
//! Names are those of the wire in Rust's spelling: `DOMAIN_GET_INFO` is
//! [`remote::DomainGetInfo`], `remote_domain_get_info_ret` is [`remote::DomainGetInfoRet`].
//!
//! Nothing here does input or output, and nothing knows a driver.

pub mod admin;
pub mod catalog;
pub mod decode;
pub mod enums;
pub mod error;
pub mod fields;
pub mod flags;
pub mod fuzz;
pub mod header;
pub mod keepalive;
pub mod limits;
pub mod lock;
pub mod log;
pub mod lxc;
pub mod packet;
pub mod procedure;
pub mod program;
pub mod qemu;
pub mod remote;
pub mod stream;
pub mod typed_param;

pub use error::ErrorBody;
pub use header::Header;
pub use packet::Packet;
pub use procedure::{Event, Procedure, Visitor};
pub use program::Program;

/// Shows every procedure and event of every program to the visitor.
pub fn visit(visitor: &mut impl Visitor) {
    remote::visit(visitor);
    qemu::visit(visitor);
    lxc::visit(visitor);
    admin::visit(visitor);
    log::visit(visitor);
    lock::visit(visitor);
    keepalive::visit(visitor);
}
