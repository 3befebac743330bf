//! The QEMU program: what only the QEMU driver has.

use crate::{
    flags::{ConnectDomainQemuMonitorEventRegisterFlags, DomainQemuMonitorCommandFlags, NoFlags},
    procedure::{Declaration, Visitor, events, procedures},
    remote::NonnullDomain,
};

pub(crate) const DECLARED: &[&[Declaration]] = &[PROCEDURES, EVENTS];

/// Shows every procedure and event of this program to the visitor.
pub fn visit(visitor: &mut impl Visitor) {
    visit_procedures(visitor);
    visit_events(visitor);
}

procedures! {
    Qemu;

    /// Runs a monitor command and returns QEMU's answer.
    1 DomainMonitorCommand "DOMAIN_MONITOR_COMMAND"
        as virDomainQemuMonitorCommand (rules: &[domain(Write)])
        args DomainMonitorCommandArgs {
            dom: NonnullDomain,
            cmd: String,
            flags: DomainQemuMonitorCommandFlags,
        }
        ret DomainMonitorCommandRet { result: String };

    /// Takes over a QEMU process that somebody else started.
    2 DomainAttach "DOMAIN_ATTACH" as virDomainQemuAttach (rules: &[domain(Start), domain(Write)])
        args DomainAttachArgs { pid_value: u32, flags: NoFlags }
        ret DomainAttachRet { dom: NonnullDomain };

    /// Runs a command of the guest agent and returns its answer.
    3 DomainAgentCommand "DOMAIN_AGENT_COMMAND"
        as virDomainQemuAgentCommand (rules: &[domain(Write)])
        args DomainAgentCommandArgs {
            dom: NonnullDomain,
            cmd: String,
            timeout: i32,
            flags: NoFlags,
        }
        ret DomainAgentCommandRet { result: Option<String> };

    /// Asks for QEMU's own events, of one or all domains.
    4 ConnectDomainMonitorEventRegister "CONNECT_DOMAIN_MONITOR_EVENT_REGISTER"
        as virConnectDomainQemuMonitorEventRegister (
            priority: High,
            filter: Some((Object::Domain, Getattr)),
            rules: &[connect(SearchDomains), connect(Write)],
        )
        args ConnectDomainMonitorEventRegisterArgs {
            dom: Option<NonnullDomain>,
            event: Option<String>,
            flags: ConnectDomainQemuMonitorEventRegisterFlags,
        }
        ret ConnectDomainMonitorEventRegisterRet { #[xdr(name = "callbackID")] callback_id: i32 };

    /// Ends what `ConnectDomainMonitorEventRegister` began.
    5 ConnectDomainMonitorEventDeregister "CONNECT_DOMAIN_MONITOR_EVENT_DEREGISTER"
        as virConnectDomainQemuMonitorEventDeregister (priority: High, rules: &[connect(Write)])
        args ConnectDomainMonitorEventDeregisterArgs {
            #[xdr(name = "callbackID")] callback_id: i32,
        };

    /// Runs a monitor command with descriptors, and returns QEMU's answer with its descriptors.
    7 DomainMonitorCommandWithFiles "DOMAIN_MONITOR_COMMAND_WITH_FILES"
        as virDomainQemuMonitorCommandWithFiles (fds: FdsBothWays, rules: &[domain(Write)])
        args DomainMonitorCommandWithFilesArgs {
            dom: NonnullDomain,
            cmd: String,
            flags: DomainQemuMonitorCommandFlags,
        }
        ret DomainMonitorCommandWithFilesRet { result: String };
}

events! {
    Qemu;

    /// An event of QEMU's, as its monitor sent it.
    6 DomainMonitorEvent "DOMAIN_MONITOR_EVENT" ()
        msg DomainMonitorEventMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            dom: NonnullDomain,
            event: String,
            seconds: i64,
            micros: u32,
            details: Option<String>,
        };
}
