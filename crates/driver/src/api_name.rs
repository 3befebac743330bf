//! The names of the public API's functions, for messages.

use protocol::procedure::ProcedureInfo;
use protocol::program::Program;

/// The function that stands for a procedure: `DOMAIN_GET_INFO` → `virDomainGetInfo`.
pub(crate) fn api_name(info: &ProcedureInfo) -> String {
    let name = match info.name {
        // One function in both forms of the wire.
        "CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY" => "CONNECT_DOMAIN_EVENT_REGISTER_ANY",
        "CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY" => "CONNECT_DOMAIN_EVENT_DEREGISTER_ANY",
        other => other,
    };
    let prefix = match info.program {
        Program::Admin => "virAdm",
        _ => "vir",
    };
    let mut api = prefix.to_owned();
    for word in name.split('_') {
        push_word(&mut api, word);
        let is_object = api == "virDomain" || api == "virConnectDomain";
        match info.program {
            Program::Qemu if is_object => api.push_str("Qemu"),
            Program::Lxc if is_object => api.push_str("Lxc"),
            _ => {}
        }
    }
    api
}

/// Appends a word of a wire name in the spelling of the public API.
fn push_word(api: &mut String, word: &str) {
    let spelled = match word {
        "XML" | "UUID" | "OS" | "ID" | "URI" | "MAC" | "CPU" | "NMI" | "PM" | "SCSI" | "WWN"
        | "DHCP" | "FD" | "SEV" | "SSH" => word,
        "FSTRIM" => "FSTrim",
        "FSFREEZE" => "FSFreeze",
        "FSTHAW" => "FSThaw",
        "FSINFO" => "FSInfo",
        "IOTHREAD" => "IOThread",
        "NWFILTER" => "NWFilter",
        "NWFILTERS" => "NWFilters",
        "THREADPOOL" => "ThreadPool",
        other => {
            let mut letters = other.chars();
            api.extend(letters.next());
            api.extend(letters.map(|letter| letter.to_ascii_lowercase()));
            return;
        }
    };
    api.push_str(spelled);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(program: Program, wire: &'static str, api: &str) {
        assert_eq!(api_name(&ProcedureInfo::new(program, 1, wire)), api);
    }

    #[test]
    fn names_are_spelled_as_in_the_public_api() {
        check(Program::Remote, "DOMAIN_GET_INFO", "virDomainGetInfo");
        check(
            Program::Remote,
            "DOMAIN_LOOKUP_BY_UUID",
            "virDomainLookupByUUID",
        );
        check(
            Program::Remote,
            "CONNECT_LIST_ALL_NWFILTERS",
            "virConnectListAllNWFilters",
        );
        check(
            Program::Remote,
            "DOMAIN_GET_IOTHREAD_INFO",
            "virDomainGetIOThreadInfo",
        );
        check(
            Program::Remote,
            "CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY",
            "virConnectDomainEventRegisterAny",
        );
        check(
            Program::Qemu,
            "DOMAIN_MONITOR_COMMAND",
            "virDomainQemuMonitorCommand",
        );
        check(
            Program::Qemu,
            "CONNECT_DOMAIN_MONITOR_EVENT_REGISTER",
            "virConnectDomainQemuMonitorEventRegister",
        );
    }
}
