//! Domains.

use ferrovirt::enums::{
    DomainControlState, DomainEventType, DomainJobType, DomainRunningReason, DomainShutoffReason,
};
use ferrovirt::flags::{
    ConnectListAllDomainsFlags, DomainMemoryModFlags, DomainModificationImpact,
    DomainUndefineFlagsValues, DomainVcpuFlags,
};
use ferrovirt::{
    Code, DomainEvent, DomainState, EventKind, Metadata, Origin, XmlOptions, enums, options,
};

use crate::{document, open};

const NO_FLAGS: DomainUndefineFlagsValues = DomainUndefineFlagsValues::empty();

#[tokio::test]
async fn a_life_with_its_events() {
    let host = open().await;
    let guest = host
        .define_domain(&document("life"))
        .await
        .expect("defined");
    let kinds = [EventKind::Lifecycle];
    let mut events = host.domain_events(&kinds, Some(&guest)).await.expect("on");
    assert_eq!(guest.id(), None);

    let guest = guest.start().await.expect("started");
    assert!(guest.id().is_some());
    let state = guest.state().await.expect("a state");
    assert_eq!(state, DomainState::Running(DomainRunningReason::Booted));
    assert_eq!(state.to_string(), "running");
    guest.suspend().await.expect("paused");
    guest.resume().await.expect("running again");
    guest.destroy().await.expect("gone");
    let state = guest.state().await.expect("a state");
    assert_eq!(state, DomainState::Shutoff(DomainShutoffReason::Destroyed));
    guest.undefine(NO_FLAGS).await.expect("undefined");

    for step in [
        DomainEventType::Started,
        DomainEventType::Suspended,
        DomainEventType::Resumed,
        DomainEventType::Stopped,
        DomainEventType::Undefined,
    ] {
        match events.next().await.expect("an event") {
            DomainEvent::Lifecycle { domain, event, .. } => {
                assert_eq!((domain, event), (guest.clone(), step));
            }
            other => panic!("{other:?}"),
        }
    }
    let error = guest.state().await.expect_err("it is not there");
    assert_eq!(
        (error.code(), error.origin()),
        (Code::NoDomain, Origin::Test)
    );
    assert!(error.is_not_found());
}

#[tokio::test]
async fn the_default_domain_is_found_by_every_word() {
    let host = open().await;
    let guest = host.lookup_domain("test").await.expect("by name");
    let id = guest.id().expect("it runs").to_string();
    for word in ["test", &guest.uuid_string(), &id] {
        let found = host.find_domain(word).await.expect(word);
        assert_eq!(found, guest, "{word}");
    }
    let all = ConnectListAllDomainsFlags::empty();
    let all = host.list_all_domains(all).await.expect("a list");
    assert!(all.contains(&guest));
    assert!(guest.is_active().await.expect("an answer"));
    assert_eq!(guest.os_type().await.expect("an answer"), "linux");
    let control = guest.control_info().await.expect("an answer");
    assert_eq!(control.state, DomainControlState::Ok);
    let job = guest.job_info().await.expect("an answer");
    assert_eq!(job.kind, DomainJobType::None);
}

#[tokio::test]
async fn memory_and_processors_are_set() {
    let host = open().await;
    let guest = host
        .create_domain(&document("sizes"))
        .await
        .expect("started");
    guest.set_memory(524_288).await.expect("half of it");
    guest.set_vcpus(1).await.expect("half of them");
    let info = guest.info().await.expect("an answer");
    assert_eq!(
        (info.max_memory, info.memory, info.vcpus),
        (1_048_576, 524_288, 1)
    );
    let live = DomainMemoryModFlags::LIVE;
    guest
        .set_memory_with(262_144, live)
        .await
        .expect("a quarter");
    assert_eq!(guest.info().await.expect("an answer").memory, 262_144);
    let live = DomainVcpuFlags::LIVE;
    guest.set_vcpus_with(2, live).await.expect("all of them");
    assert_eq!(guest.vcpus(live).await.expect("an answer"), 2);
    assert_eq!(guest.max_memory().await.expect("an answer"), 1_048_576);
    let error = guest.set_vcpus(99).await.expect_err("too many");
    assert_eq!(error.code(), Code::InvalidArg);
    guest.destroy().await.expect("gone");
}

#[tokio::test]
async fn what_is_defined_can_be_changed() {
    let host = open().await;
    let guest = host.define_domain(&document("old")).await.expect("defined");
    let guest = guest.rename("new").await.expect("renamed");
    assert_eq!(guest.name(), "new");
    assert!(
        host.lookup_domain("old")
            .await
            .expect_err("no")
            .is_not_found()
    );
    guest.set_autostart(true).await.expect("set");
    assert!(guest.autostart().await.expect("an answer"));
    assert!(guest.is_persistent().await.expect("an answer"));
    let config = DomainModificationImpact::CONFIG;
    let title = Metadata::Title;
    guest
        .set_metadata(title, Some("A title"), config)
        .await
        .expect("set");
    assert_eq!(guest.metadata(title, config).await.expect("it"), "A title");
    let xml = guest.xml(XmlOptions::empty()).await.expect("a document");
    assert!(xml.contains("<title>A title</title>"), "{xml}");
    guest.undefine(NO_FLAGS).await.expect("undefined");
}

#[tokio::test]
async fn a_read_only_connection_changes_nothing() {
    let options = options().read_only(true);
    let host = options
        .open(Some("test:///default"))
        .await
        .expect("the driver");
    let guest = host.lookup_domain("test").await.expect("it may look");
    for refused in [
        guest.destroy().await.err(),
        host.define_domain(&document("nobody")).await.err(),
        guest.set_memory(1).await.err(),
    ] {
        let error = refused.expect("a refusal");
        assert_eq!(error.code(), Code::OperationDenied, "{error}");
    }
}

#[tokio::test]
async fn the_host_tells_about_itself() {
    let host = open().await;
    assert_eq!(host.driver_type().await.expect("a type"), "TEST");
    assert_eq!(
        host.canonical_uri().await.expect("a URI"),
        "test:///default"
    );
    assert_eq!(host.lib_version().await.expect("a version"), 11_003_000);
    assert!(host.node_info().await.expect("a node").memory > 0);
    let keepalive = host.supports(enums::Feature::ProgramKeepalive).await;
    assert!(keepalive.expect("an answer"));
}

#[tokio::test]
async fn a_host_whose_description_is_not_there_is_refused_by_the_driver() {
    let error = ferrovirt::open("test:///elsewhere").await;
    let error = error.expect_err("there is none");
    assert_eq!(error.code(), Code::InternalError);
    assert!(error.to_string().contains("elsewhere"), "{error}");
}
