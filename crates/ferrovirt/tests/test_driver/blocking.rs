//! The blocking twin on a driver in this process.

use std::time::Duration;

use ferrovirt::enums::DomainEventType;
use ferrovirt::flags::{ConnectListAllDomainsFlags, DomainUndefineFlagsValues};
use ferrovirt::{EventKind, blocking};

use crate::document;

#[test]
fn a_program_without_a_runtime_runs_a_domain() {
    let host = blocking::open("test:///default").expect("the driver");
    let guest = host.define_domain(&document("plain")).expect("defined");
    let kinds = [EventKind::Lifecycle];
    let mut events = host.domain_events(&kinds, Some(&guest)).expect("on");
    let guest = guest.start().expect("started");
    assert_eq!(guest.state().expect("a state").to_string(), "running");
    let all = host.list_all_domains(ConnectListAllDomainsFlags::ACTIVE);
    assert!(all.expect("a list").contains(&guest));
    guest.destroy().expect("gone");
    for step in [DomainEventType::Started, DomainEventType::Stopped] {
        let event = events.recv_timeout(Duration::from_secs(20)).expect("one");
        assert!(
            matches!(&event, blocking::DomainEvent::Lifecycle { domain, event, .. }
                if *domain == guest && *event == step),
            "{event:?}"
        );
    }
    guest
        .undefine(DomainUndefineFlagsValues::empty())
        .expect("undefined");
    host.close().expect("a farewell");
    assert_eq!(events.count(), 1, "that it is undefined, and the end");
}

#[test]
fn a_refusal_keeps_its_code() {
    let host = blocking::options().read_only(true);
    let host = host.open(Some("test:///default")).expect("the driver");
    let guest = host.find_domain("test").expect("it may look");
    let error = guest.destroy().expect_err("a refusal");
    assert_eq!(error.code(), ferrovirt::Code::OperationDenied);
}
