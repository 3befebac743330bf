//! A host that a file describes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use driver::Door;
use protocol::enums::DomainState;
use protocol::remote::*;
use rpc::client::Connection;
use test_driver::{NodeFileError, TestDriver};

use crate::world::*;

/// A folder that is removed with its files.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ferrovirt-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn open_file(path: &Path) -> Connection {
    let door: Arc<Door<TestDriver>> = TestDriver::from_file(path).unwrap().door();
    let client = connect(&door);
    let args = ConnectOpenArgs {
        name: Some(format!("test://{}", path.display())),
        flags: protocol::flags::Tolerant(protocol::flags::ConnectFlags::empty()),
    };
    client.call::<ConnectOpen>(&args).await.unwrap();
    client
}

const OS: &str = "<memory>4096</memory><os><type>hvm</type></os>";

#[tokio::test]
async fn objects_are_as_the_file_describes_them() {
    let folder = Folder::new("described");
    let other = format!("<domain type='test'><name>elsewhere</name>{OS}</domain>");
    folder.file("domain.xml", &other);
    let text = format!(
        "<node xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>\
         <cpu><mhz>6000</mhz></cpu>\
         <domain type='test'><name>saved</name>{OS}<test:runstate>5</test:runstate>\
         <test:hasmanagedsave/></domain>\
         <domain type='test'><name>asleep</name>{OS}<test:runstate>7</test:runstate>\
         <test:transient/></domain>\
         <domain file='domain.xml'/>\
         <network><name>net</name><bridge name='virbr9'/></network>\
         <interface type='ethernet' name='eth7'/>\
         <pool type='dir'><name>pool</name><target><path>/pool</path></target>\
         <volume><name>one</name><capacity>10</capacity></volume></pool>\
         <device><name>machine</name><capability type='system'/></device></node>"
    );
    let client = open_file(&folder.file("node.xml", &text)).await;
    assert_eq!(ok::<NodeGetInfo>(&client, ()).await.mhz, 6000);
    for (name, expected) in [
        ("saved", DomainState::Shutoff),
        ("asleep", DomainState::Pmsuspended),
        ("elsewhere", DomainState::Running),
    ] {
        let dom = lookup(&client, name).await;
        assert_eq!(state(&client, &dom).await.0, expected.value(), "{name}");
    }
    let args = StorageVolLookupByKeyArgs {
        key: "/pool/one".into(),
    };
    assert_eq!(
        ok::<StorageVolLookupByKey>(&client, args).await.vol.pool,
        "pool"
    );
    assert_eq!(ok::<ConnectNumOfInterfaces>(&client, ()).await.num, 1);
    assert_eq!(ok::<ConnectNumOfNetworks>(&client, ()).await.num, 1);
    let capabilities = ok::<ConnectGetCapabilities>(&client, ()).await.capabilities;
    assert!(capabilities.contains("<cells num='0'>"), "{capabilities}");
}

#[test]
fn what_cannot_be_is_refused_with_its_reason() {
    let folder = Folder::new("refused");
    let missing = TestDriver::from_file(&folder.0.join("nosuch.xml"));
    assert!(matches!(missing, Err(NodeFileError::Read { .. })));
    let domain = |inner: &str| {
        format!(
            "<node xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>\
             <domain type='test'><name>a</name>{OS}{inner}</domain></node>"
        )
    };
    for (text, phrase) in [
        ("<domain/>".to_owned(), "has <domain> where"),
        ("<node".to_owned(), "does not describe"),
        ("<node><memory>x</memory></node>".to_owned(), "'x' is none"),
        (domain("<test:runstate>9</test:runstate>"), "from 0 to 7"),
        (
            domain("<test:transient/><test:runstate>5</test:runstate>"),
            "cannot be off",
        ),
        (domain("<test:hasmanagedsave/>"), "must be off"),
        (
            "<node><pool type='dir'><name>p</name></pool></node>".to_owned(),
            "needs a <path>",
        ),
    ] {
        let refused = TestDriver::from_file(&folder.file("node.xml", &text));
        let words = refused.map(|_| ()).unwrap_err().to_string();
        assert!(words.contains(phrase), "{text}: {words}");
    }
}
