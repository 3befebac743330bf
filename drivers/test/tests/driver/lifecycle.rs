//! From defined to running and back.

use protocol::error::{Code, Origin};
use protocol::flags::{ConnectListAllDomainsFlags, DomainCreateFlags, DomainRebootFlagValues};
use protocol::remote::*;

use crate::world::*;

#[tokio::test]
async fn the_default_domain_runs() {
    let client = open(&driver()).await;
    let dom = lookup(&client, "test").await;
    assert_eq!(dom.id, 1);
    assert_eq!(dom.uuid[..4], [0x66, 0x95, 0xeb, 0x01]);
    // The C driver's `domstate --reason`: running (unknown).
    assert_eq!(state(&client, &dom).await, (1, 0));
    let info = ok::<DomainGetInfo>(&client, DomainGetInfoArgs { dom }).await;
    assert_eq!(
        (info.state, info.max_mem, info.memory),
        (1, 8_388_608, 2_097_152)
    );
    assert_eq!(info.nr_virt_cpu, 2);
}

#[tokio::test]
async fn a_domain_goes_through_all_its_states() {
    let client = open(&driver()).await;
    let dom = define(&client, "vm").await;
    assert_eq!((dom.id, state(&client, &dom).await), (-1, (5, 0)));

    ok::<DomainCreate>(&client, DomainCreateArgs { dom: dom.clone() }).await;
    assert_eq!(state(&client, &dom).await, (1, 1));
    assert_eq!(lookup(&client, "vm").await.id, 2);

    ok::<DomainSuspend>(&client, DomainSuspendArgs { dom: dom.clone() }).await;
    assert_eq!(state(&client, &dom).await, (3, 1));
    ok::<DomainResume>(&client, DomainResumeArgs { dom: dom.clone() }).await;
    assert_eq!(state(&client, &dom).await, (1, 5));
    let reboot = DomainRebootArgs {
        dom: dom.clone(),
        flags: DomainRebootFlagValues::empty(),
    };
    ok::<DomainReboot>(&client, reboot).await;
    assert_eq!(state(&client, &dom).await, (1, 1));

    ok::<DomainShutdown>(&client, DomainShutdownArgs { dom: dom.clone() }).await;
    assert_eq!(state(&client, &dom).await, (5, 1));
    ok::<DomainCreate>(&client, DomainCreateArgs { dom: dom.clone() }).await;
    ok::<DomainDestroy>(&client, DomainDestroyArgs { dom: dom.clone() }).await;
    assert_eq!(state(&client, &dom).await, (5, 2));

    ok::<DomainUndefine>(&client, DomainUndefineArgs { dom: dom.clone() }).await;
    let args = DomainGetInfoArgs { dom };
    refused::<DomainGetInfo>(&client, args, Code::NoDomain, Origin::Test, "(vm)").await;
}

#[tokio::test]
async fn a_transient_domain_is_gone_when_it_stops() {
    let client = open(&driver()).await;
    let args = DomainCreateXmlArgs {
        xml_desc: document("vm"),
        flags: DomainCreateFlags::START_PAUSED,
    };
    let dom = ok::<DomainCreateXml>(&client, args).await.dom;
    assert_eq!(state(&client, &dom).await, (3, 1));
    let args = DomainIsPersistentArgs { dom: dom.clone() };
    assert_eq!(ok::<DomainIsPersistent>(&client, args).await.persistent, 0);
    ok::<DomainDestroy>(&client, DomainDestroyArgs { dom }).await;
    let args = DomainLookupByNameArgs { name: "vm".into() };
    refused::<DomainLookupByName>(
        &client,
        args,
        Code::NoDomain,
        Origin::Test,
        "Domain not found: no domain with matching name 'vm'",
    )
    .await;
}

#[tokio::test]
async fn a_running_domain_outlives_its_definition() {
    let client = open(&driver()).await;
    let dom = lookup(&client, "test").await;
    ok::<DomainUndefine>(&client, DomainUndefineArgs { dom: dom.clone() }).await;
    assert_eq!(state(&client, &dom).await.0, 1);
    let args = DomainUndefineArgs { dom: dom.clone() };
    refused::<DomainUndefine>(
        &client,
        args,
        Code::OperationInvalid,
        Origin::Test,
        "transient",
    )
    .await;
    ok::<DomainDefineXml>(
        &client,
        DomainDefineXmlArgs {
            xml: xml(&client, &dom).await,
        },
    )
    .await;
    ok::<DomainDestroy>(&client, DomainDestroyArgs { dom: dom.clone() }).await;
    assert_eq!(state(&client, &dom).await, (5, 2));
}

#[tokio::test]
async fn autodestroy_ends_with_the_connection_and_not_before() {
    let door = driver();
    let (owner, observer) = (open(&door).await, open(&door).await);
    let flags = DomainCreateFlags::START_AUTODESTROY;
    let args = DomainCreateXmlArgs {
        xml_desc: document("vm"),
        flags,
    };
    ok::<DomainCreateXml>(&owner, args).await;
    lookup(&observer, "vm").await;
    ok::<ConnectClose>(&owner, ()).await;
    let args = DomainLookupByNameArgs { name: "vm".into() };
    refused::<DomainLookupByName>(&observer, args, Code::NoDomain, Origin::Test, "vm").await;
    lookup(&observer, "test").await;
}

#[tokio::test]
async fn lists_keep_to_their_flags() {
    let client = open(&driver()).await;
    define(&client, "off").await;
    let names = async |flags| {
        let args = ConnectListAllDomainsArgs {
            need_results: 1,
            flags,
        };
        let ret = ok::<ConnectListAllDomains>(&client, args).await;
        assert_eq!(usize::try_from(ret.ret).unwrap(), ret.domains.len());
        let mut names: Vec<_> = ret.domains.into_iter().map(|dom| dom.name).collect();
        names.sort();
        names.join(" ")
    };
    use ConnectListAllDomainsFlags as Flags;
    assert_eq!(names(Flags::empty()).await, "off test");
    assert_eq!(names(Flags::ACTIVE).await, "test");
    assert_eq!(names(Flags::INACTIVE | Flags::PERSISTENT).await, "off");
    assert_eq!(names(Flags::RUNNING | Flags::SHUTOFF).await, "off test");
    assert_eq!(names(Flags::TRANSIENT).await, "");
    assert_eq!(names(Flags::AUTOSTART).await, "");
    assert_eq!(names(Flags::NO_SNAPSHOT | Flags::INACTIVE).await, "off");
    assert_eq!(ok::<ConnectNumOfDomains>(&client, ()).await.num, 1);
    let args = ConnectListDomainsArgs { maxids: 5 };
    assert_eq!(ok::<ConnectListDomains>(&client, args).await.ids, [1]);
    assert_eq!(ok::<ConnectNumOfDefinedDomains>(&client, ()).await.num, 1);
    let args = ConnectListDefinedDomainsArgs { maxnames: 0 };
    assert!(
        ok::<ConnectListDefinedDomains>(&client, args)
            .await
            .names
            .is_empty()
    );
}
