//! What a definition is and how it changes.

use protocol::error::{Code, Origin};
use protocol::flags::{
    DomainDefineFlags, DomainMemoryModFlags, DomainModificationImpact, DomainVcpuFlags, NoFlags,
};
use protocol::remote::*;

use crate::world::*;

#[tokio::test]
async fn the_default_domain_reads_as_libvirts() {
    let client = open(&driver()).await;
    let dom = lookup(&client, "test").await;
    let text = xml(&client, &dom).await;
    let expected = include_str!("../../src/default/domain.xml");
    let running = expected.replace("<domain type='test'>", "<domain type='test' id='1'>");
    assert_eq!(text.trim(), running.trim());
}

#[tokio::test]
async fn a_rename_keeps_everything_else() {
    let client = open(&driver()).await;
    let dom = define(&client, "old").await;
    let args = |name: &str| DomainRenameArgs {
        dom: dom.clone(),
        new_name: Some(name.to_owned()),
        flags: NoFlags,
    };
    ok::<DomainRename>(&client, args("new")).await;
    assert_eq!(lookup(&client, "new").await.uuid, dom.uuid);
    let invalid = Code::OperationInvalid;
    refused::<DomainRename>(&client, args("new"), invalid, Origin::Test, "to itself").await;
    let taken = "domain 'test' already exists with uuid 6695eb01-";
    let (failed, domain) = (Code::OperationFailed, Origin::Domain);
    refused::<DomainRename>(&client, args("test"), failed, domain, taken).await;
    let slash = "name a/b cannot contain '/'";
    refused::<DomainRename>(&client, args("a/b"), Code::XmlError, Origin::Test, slash).await;
    let running = lookup(&client, "test").await;
    let args = DomainRenameArgs {
        dom: running,
        new_name: Some("x".into()),
        flags: NoFlags,
    };
    let active = "cannot rename active domain";
    refused::<DomainRename>(&client, args, invalid, Origin::Test, active).await;
}

#[tokio::test]
async fn names_and_uuids_are_unique() {
    let client = open(&driver()).await;
    let dom = define(&client, "vm").await;
    let again = DomainDefineXmlArgs {
        xml: document("vm"),
    };
    let (failed, domain) = (Code::OperationFailed, Origin::Domain);
    let taken = "operation failed: domain 'vm' already exists with uuid";
    refused::<DomainDefineXml>(&client, again, failed, domain, taken).await;
    let other = xml(&client, &dom)
        .await
        .replace("<name>vm<", "<name>other<");
    let taken = "domain 'vm' is already defined with uuid";
    let args = DomainDefineXmlArgs { xml: other };
    refused::<DomainDefineXml>(&client, args, failed, domain, taken).await;
    let update = xml(&client, &dom).await.replace("1048576", "2097152");
    let updated = ok::<DomainDefineXml>(&client, DomainDefineXmlArgs { xml: update })
        .await
        .dom;
    assert_eq!(updated, dom);
    let args = DomainGetMaxMemoryArgs { dom };
    assert_eq!(
        ok::<DomainGetMaxMemory>(&client, args).await.memory,
        2_097_152
    );
}

#[tokio::test]
async fn wrong_documents_are_refused() {
    let client = open(&driver()).await;
    let refuse = async |xml: &str, code, phrase: &str| {
        let args = DomainDefineXmlArgs {
            xml: xml.to_owned(),
        };
        refused::<DomainDefineXml>(&client, args, code, Origin::Domain, phrase).await;
    };
    refuse("nonsense", Code::XmlDetail, "line 1").await;
    refuse(
        "<domain type='test'/>",
        Code::NoName,
        "missing name information",
    )
    .await;
    let no_os = "<domain type='test'><name>n</name></domain>";
    refuse(
        no_os,
        Code::XmlError,
        "XML error: an os <type> must be specified",
    )
    .await;
    let unknown = document("vm").replace("<vcpu>", "<speed>9</speed><vcpu>");
    let args = DomainDefineXmlFlagsArgs {
        xml: unknown,
        flags: DomainDefineFlags::VALIDATE,
    };
    let (schema, domain) = (Code::XmlInvalidSchema, Origin::Xml);
    refused::<DomainDefineXmlFlags>(&client, args, schema, domain, "<speed>").await;
    assert_eq!(ok::<ConnectNumOfDefinedDomains>(&client, ()).await.num, 0);
}

#[tokio::test]
async fn metadata_comes_and_goes() {
    let client = open(&driver()).await;
    let dom = define(&client, "vm").await;
    let impact = DomainModificationImpact::empty();
    let set = |kind, text: Option<&str>| DomainSetMetadataArgs {
        dom: dom.clone(),
        r#type: kind,
        metadata: text.map(ToOwned::to_owned),
        key: Some("app".into()),
        uri: Some("http://app.org".into()),
        flags: impact,
    };
    let get = |kind| DomainGetMetadataArgs {
        dom: dom.clone(),
        r#type: kind,
        uri: Some("http://app.org".into()),
        flags: impact,
    };
    for (kind, text) in [(0, "long\ntext"), (1, "title"), (2, "<a/>")] {
        let missing = "metadata not found: Requested metadata element is not present";
        let (none, domain) = (Code::NoDomainMetadata, Origin::Domain);
        refused::<DomainGetMetadata>(&client, get(kind), none, domain, missing).await;
        ok::<DomainSetMetadata>(&client, set(kind, Some(text))).await;
        assert_eq!(
            ok::<DomainGetMetadata>(&client, get(kind))
                .await
                .metadata
                .trim(),
            text
        );
        ok::<DomainSetMetadata>(&client, set(kind, None)).await;
        refused::<DomainGetMetadata>(&client, get(kind), none, domain, missing).await;
    }
    let newline = "metadata title can't contain newlines";
    let (arg, domain) = (Code::InvalidArg, Origin::Domain);
    refused::<DomainSetMetadata>(&client, set(1, Some("a\nb")), arg, domain, newline).await;
}

#[tokio::test]
async fn memory_stays_below_its_maximum() {
    let client = open(&driver()).await;
    let dom = lookup(&client, "test").await;
    let args = |memory, flags| DomainSetMemoryFlagsArgs {
        dom: dom.clone(),
        memory,
        flags,
    };
    use DomainMemoryModFlags as Flags;
    ok::<DomainSetMemoryFlags>(&client, args(1_000_000, Flags::LIVE)).await;
    let info = ok::<DomainGetInfo>(&client, DomainGetInfoArgs { dom: dom.clone() }).await;
    assert_eq!(info.memory, 1_000_000);
    let inactive = DomainGetXmlDescArgs {
        dom: dom.clone(),
        flags: protocol::flags::DomainXmlFlags::INACTIVE,
    };
    let text = ok::<DomainGetXmlDesc>(&client, inactive).await.xml;
    assert!(
        text.contains("<currentMemory unit='KiB'>2097152<"),
        "{text}"
    );
    let above = "cannot set memory higher than max memory";
    let set = args(9_000_000, Flags::LIVE);
    refused::<DomainSetMemoryFlags>(&client, set, Code::InvalidArg, Origin::Test, above).await;
    let set = args(9_000_000, Flags::LIVE | Flags::MAXIMUM);
    let active = "cannot resize the maximum memory on an active domain";
    let invalid = Code::OperationInvalid;
    refused::<DomainSetMemoryFlags>(&client, set, invalid, Origin::Test, active).await;
}

#[tokio::test]
async fn vcpus_stay_below_their_maximum() {
    let client = open(&driver()).await;
    let dom = define(&client, "vm").await;
    let args = |nvcpus, flags| DomainSetVcpusFlagsArgs {
        dom: dom.clone(),
        nvcpus,
        flags,
    };
    use DomainVcpuFlags as Flags;
    ok::<DomainSetVcpusFlags>(&client, args(1, Flags::CONFIG)).await;
    let get = |flags| DomainGetVcpusFlagsArgs {
        dom: dom.clone(),
        flags,
    };
    assert_eq!(
        ok::<DomainGetVcpusFlags>(&client, get(Flags::CONFIG))
            .await
            .num,
        1
    );
    let maximum = Flags::CONFIG | Flags::MAXIMUM;
    assert_eq!(
        ok::<DomainGetVcpusFlags>(&client, get(maximum)).await.num,
        2
    );
    let (arg, test) = (Code::InvalidArg, Origin::Test);
    let set = args(9, Flags::CONFIG);
    refused::<DomainSetVcpusFlags>(&client, set, arg, test, "exceeds maximum (9 > 2)").await;
    let set = args(99, maximum);
    refused::<DomainSetVcpusFlags>(&client, set, arg, test, "supported amount (99 > 32)").await;
    let set = args(1, Flags::LIVE);
    let (invalid, domain) = (Code::OperationInvalid, Origin::Domain);
    refused::<DomainSetVcpusFlags>(&client, set, invalid, domain, "is not running").await;
}
