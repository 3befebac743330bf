//! Starting, stopping and pausing domains.

use crate::{
    flags::{
        DomainCreateFlags, DomainDestroyFlagsValues, DomainRebootFlagValues,
        DomainShutdownFlagValues, NoFlags,
    },
    procedure::procedures,
    remote::NonnullDomain,
};

procedures! {
    Remote;

    /// Starts a defined domain.
    9 DomainCreate "DOMAIN_CREATE" as virDomainCreate (rules: &[domain(Start)])
        args DomainCreateArgs { dom: NonnullDomain };

    /// Starts a transient domain from its XML.
    10 DomainCreateXml "DOMAIN_CREATE_XML"
        as virDomainCreateXML (rules: &[domain(Write), domain(Start)])
        args DomainCreateXmlArgs { xml_desc: String, flags: DomainCreateFlags }
        ret DomainCreateXmlRet { dom: NonnullDomain };

    /// Stops a domain at once, without asking the guest.
    12 DomainDestroy "DOMAIN_DESTROY" as virDomainDestroy (priority: High, rules: &[domain(Stop)])
        args DomainDestroyArgs { dom: NonnullDomain };

    /// Asks the guest to reboot.
    27 DomainReboot "DOMAIN_REBOOT"
        as virDomainReboot (
            rules: &[
                domain(InitControl),
                domain(Write).when_all(DomainRebootFlagValues::GUEST_AGENT.bits()),
            ],
        )
        args DomainRebootArgs { dom: NonnullDomain, flags: DomainRebootFlagValues }
        judged by |args| args.flags.bits();

    /// Lets a paused domain go on.
    28 DomainResume "DOMAIN_RESUME" as virDomainResume (rules: &[domain(Suspend)])
        args DomainResumeArgs { dom: NonnullDomain };

    /// Asks the guest to shut down.
    33 DomainShutdown "DOMAIN_SHUTDOWN" as virDomainShutdown (rules: &[domain(InitControl)])
        args DomainShutdownArgs { dom: NonnullDomain };

    /// Pauses a domain; its memory stays.
    34 DomainSuspend "DOMAIN_SUSPEND" as virDomainSuspend (rules: &[domain(Suspend)])
        args DomainSuspendArgs { dom: NonnullDomain };

    /// Starts a defined domain, with flags.
    196 DomainCreateWithFlags "DOMAIN_CREATE_WITH_FLAGS"
        as virDomainCreateWithFlags (rules: &[domain(Start)])
        args DomainCreateWithFlagsArgs { dom: NonnullDomain, flags: DomainCreateFlags }
        ret DomainCreateWithFlagsRet { dom: NonnullDomain };

    /// Stops a domain at once, or gracefully if it obeys.
    234 DomainDestroyFlags "DOMAIN_DESTROY_FLAGS"
        as virDomainDestroyFlags (priority: High, rules: &[domain(Stop)])
        args DomainDestroyFlagsArgs { dom: NonnullDomain, flags: DomainDestroyFlagsValues };

    /// Resets a domain as its reset button would.
    245 DomainReset "DOMAIN_RESET" as virDomainReset (rules: &[domain(Reset)])
        args DomainResetArgs { dom: NonnullDomain, flags: NoFlags };

    /// Asks the guest to shut down, in a given way.
    258 DomainShutdownFlags "DOMAIN_SHUTDOWN_FLAGS"
        as virDomainShutdownFlags (
            rules: &[
                domain(InitControl),
                domain(Write).when_all(DomainShutdownFlagValues::GUEST_AGENT.bits()),
            ],
        )
        args DomainShutdownFlagsArgs { dom: NonnullDomain, flags: DomainShutdownFlagValues }
        judged by |args| args.flags.bits();

    /// Starts a transient domain from its XML, with descriptors for it.
    309 DomainCreateXmlWithFiles "DOMAIN_CREATE_XML_WITH_FILES"
        as virDomainCreateXMLWithFiles (fds: FdsIn, rules: &[domain(Write), domain(Start)])
        args DomainCreateXmlWithFilesArgs { xml_desc: String, flags: DomainCreateFlags }
        ret DomainCreateXmlWithFilesRet { dom: NonnullDomain };

    /// Starts a defined domain, with descriptors for it.
    310 DomainCreateWithFiles "DOMAIN_CREATE_WITH_FILES"
        as virDomainCreateWithFiles (fds: FdsIn, rules: &[domain(Start)])
        args DomainCreateWithFilesArgs { dom: NonnullDomain, flags: DomainCreateFlags }
        ret DomainCreateWithFilesRet { dom: NonnullDomain };
}
