//! Security labels and encrypted launch of domains.

use xdr::Chars;

use crate::{
    flags::{NoFlags, TypedParameterFlags},
    limits,
    procedure::procedures,
    remote::NonnullDomain,
    typed_param::TypedParam,
};

procedures! {
    Remote;

    /// The security label that a domain runs under.
    121 DomainGetSecurityLabel "DOMAIN_GET_SECURITY_LABEL"
        as virDomainGetSecurityLabel (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainGetSecurityLabelArgs { dom: NonnullDomain }
        ret DomainGetSecurityLabelRet {
            #[xdr(max = limits::SECURITY_LABEL_MAX)] label: Chars,
            enforcing: i32,
        };

    /// All security labels that a domain runs under.
    278 DomainGetSecurityLabelList "DOMAIN_GET_SECURITY_LABEL_LIST"
        as virDomainGetSecurityLabelList (
            priority: High,
            read_only: Allowed,
            rules: &[domain(Read)],
        )
        args DomainGetSecurityLabelListArgs { dom: NonnullDomain }
        ret DomainGetSecurityLabelListRet {
            #[xdr(max = limits::SECURITY_LABEL_LIST_MAX)] labels: Vec<DomainGetSecurityLabelRet>,
            ret: i32,
        };

    /// The launch measurement and policy of an encrypted domain.
    396 DomainGetLaunchSecurityInfo "DOMAIN_GET_LAUNCH_SECURITY_INFO"
        as virDomainGetLaunchSecurityInfo (rules: &[domain(Read)])
        args DomainGetLaunchSecurityInfoArgs { dom: NonnullDomain, flags: TypedParameterFlags }
        ret DomainGetLaunchSecurityInfoRet {
            #[xdr(max = limits::DOMAIN_LAUNCH_SECURITY_INFO_PARAMS_MAX)] params: Vec<TypedParam>,
        };

    /// Injects a launch secret into an encrypted domain.
    439 DomainSetLaunchSecurityState "DOMAIN_SET_LAUNCH_SECURITY_STATE"
        as virDomainSetLaunchSecurityState (rules: &[domain(Write)])
        args DomainSetLaunchSecurityStateArgs {
            dom: NonnullDomain,
            #[xdr(max = limits::DOMAIN_LAUNCH_SECURITY_STATE_PARAMS_MAX)] params: Vec<TypedParam>,
            flags: NoFlags,
        };
}
