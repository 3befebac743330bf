//! The LXC program: what only the LXC driver has.

use crate::{
    flags::NoFlags,
    procedure::{Declaration, Visitor, procedures},
    remote::NonnullDomain,
};

pub(crate) const DECLARED: &[&[Declaration]] = &[PROCEDURES];

/// Shows every procedure and event of this program to the visitor.
pub fn visit(visitor: &mut impl Visitor) {
    visit_procedures(visitor);
}

procedures! {
    Lxc;

    /// Descriptors of a container's namespaces.
    1 DomainOpenNamespace "DOMAIN_OPEN_NAMESPACE"
        as virDomainLxcOpenNamespace (fds: FdsOut, rules: &[domain(OpenNamespace)])
        args DomainOpenNamespaceArgs { dom: NonnullDomain, flags: NoFlags };
}
