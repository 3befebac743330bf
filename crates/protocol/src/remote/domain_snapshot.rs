//! Snapshots of domains.

use crate::{
    flags::{
        DomainSnapshotCreateFlags, DomainSnapshotDeleteFlags, DomainSnapshotListFlags,
        DomainSnapshotRevertFlags, DomainSnapshotXmlFlags, NoFlags,
    },
    limits,
    procedure::procedures,
    remote::{NonnullDomain, NonnullDomainSnapshot},
};

procedures! {
    Remote;

    /// Takes a snapshot of a domain.
    185 DomainSnapshotCreateXml "DOMAIN_SNAPSHOT_CREATE_XML"
        as virDomainSnapshotCreateXML (
            rules: &[
                domain(Snapshot),
                domain(FsFreeze).when_all(DomainSnapshotCreateFlags::QUIESCE.bits()),
            ],
        )
        args DomainSnapshotCreateXmlArgs {
            dom: NonnullDomain,
            xml_desc: String,
            flags: DomainSnapshotCreateFlags,
        }
        ret DomainSnapshotCreateXmlRet { snap: NonnullDomainSnapshot }
        judged by |args| args.flags.bits();

    /// A snapshot's description as XML.
    186 DomainSnapshotGetXmlDesc "DOMAIN_SNAPSHOT_GET_XML_DESC"
        as virDomainSnapshotGetXMLDesc (
            priority: High,
            read_only: DeniedWithAny(DomainSnapshotXmlFlags::SECURE.bits()),
            rules: &[
                domain(Read),
                domain(ReadSecure).when_all(DomainSnapshotXmlFlags::SECURE.bits()),
            ],
        )
        args DomainSnapshotGetXmlDescArgs {
            snap: NonnullDomainSnapshot,
            flags: DomainSnapshotXmlFlags,
        }
        ret DomainSnapshotGetXmlDescRet { xml: String }
        judged by |args| args.flags.bits();

    /// How many snapshots a domain has.
    187 DomainSnapshotNum "DOMAIN_SNAPSHOT_NUM"
        as virDomainSnapshotNum (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainSnapshotNumArgs { dom: NonnullDomain, flags: DomainSnapshotListFlags }
        ret DomainSnapshotNumRet { num: i32 };

    /// Names of a domain's snapshots.
    188 DomainSnapshotListNames "DOMAIN_SNAPSHOT_LIST_NAMES"
        as virDomainSnapshotListNames (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainSnapshotListNamesArgs {
            dom: NonnullDomain,
            maxnames: i32,
            flags: DomainSnapshotListFlags,
        }
        ret DomainSnapshotListNamesRet {
            #[xdr(max = limits::DOMAIN_SNAPSHOT_LIST_MAX)] names: Vec<String>,
        };

    /// Finds a snapshot by its name.
    189 DomainSnapshotLookupByName "DOMAIN_SNAPSHOT_LOOKUP_BY_NAME"
        as virDomainSnapshotLookupByName (
            priority: High,
            read_only: Allowed,
            rules: &[domain(Read)],
        )
        args DomainSnapshotLookupByNameArgs { dom: NonnullDomain, name: String, flags: NoFlags }
        ret DomainSnapshotLookupByNameRet { snap: NonnullDomainSnapshot };

    /// Whether a domain has a current snapshot.
    190 DomainHasCurrentSnapshot "DOMAIN_HAS_CURRENT_SNAPSHOT"
        as virDomainHasCurrentSnapshot (read_only: Allowed, rules: &[domain(Read)])
        args DomainHasCurrentSnapshotArgs { dom: NonnullDomain, flags: NoFlags }
        ret DomainHasCurrentSnapshotRet { result: i32 };

    /// A domain's current snapshot.
    191 DomainSnapshotCurrent "DOMAIN_SNAPSHOT_CURRENT"
        as virDomainSnapshotCurrent (read_only: Allowed, rules: &[domain(Read)])
        args DomainSnapshotCurrentArgs { dom: NonnullDomain, flags: NoFlags }
        ret DomainSnapshotCurrentRet { snap: NonnullDomainSnapshot };

    /// Takes a domain back to a snapshot.
    192 DomainRevertToSnapshot "DOMAIN_REVERT_TO_SNAPSHOT"
        as virDomainRevertToSnapshot (rules: &[domain(Snapshot)])
        args DomainRevertToSnapshotArgs {
            snap: NonnullDomainSnapshot,
            flags: DomainSnapshotRevertFlags,
        };

    /// Deletes a snapshot.
    193 DomainSnapshotDelete "DOMAIN_SNAPSHOT_DELETE"
        as virDomainSnapshotDelete (rules: &[domain(Snapshot)])
        args DomainSnapshotDeleteArgs {
            snap: NonnullDomainSnapshot,
            flags: DomainSnapshotDeleteFlags,
        };

    /// The snapshot that a snapshot was taken after.
    244 DomainSnapshotGetParent "DOMAIN_SNAPSHOT_GET_PARENT"
        as virDomainSnapshotGetParent (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainSnapshotGetParentArgs { snap: NonnullDomainSnapshot, flags: NoFlags }
        ret DomainSnapshotGetParentRet { snap: NonnullDomainSnapshot };

    /// How many snapshots follow a snapshot.
    246 DomainSnapshotNumChildren "DOMAIN_SNAPSHOT_NUM_CHILDREN"
        as virDomainSnapshotNumChildren (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainSnapshotNumChildrenArgs {
            snap: NonnullDomainSnapshot,
            flags: DomainSnapshotListFlags,
        }
        ret DomainSnapshotNumChildrenRet { num: i32 };

    /// Names of the snapshots that follow a snapshot.
    247 DomainSnapshotListChildrenNames "DOMAIN_SNAPSHOT_LIST_CHILDREN_NAMES"
        as virDomainSnapshotListChildrenNames (
            priority: High,
            read_only: Allowed,
            rules: &[domain(Read)],
        )
        args DomainSnapshotListChildrenNamesArgs {
            snap: NonnullDomainSnapshot,
            maxnames: i32,
            flags: DomainSnapshotListFlags,
        }
        ret DomainSnapshotListChildrenNamesRet {
            #[xdr(max = limits::DOMAIN_SNAPSHOT_LIST_MAX)] names: Vec<String>,
        };

    /// Whether a snapshot is its domain's current one.
    271 DomainSnapshotIsCurrent "DOMAIN_SNAPSHOT_IS_CURRENT"
        as virDomainSnapshotIsCurrent (read_only: Allowed, rules: &[domain(Read)])
        args DomainSnapshotIsCurrentArgs { snap: NonnullDomainSnapshot, flags: NoFlags }
        ret DomainSnapshotIsCurrentRet { current: i32 };

    /// Whether a snapshot has metadata here.
    272 DomainSnapshotHasMetadata "DOMAIN_SNAPSHOT_HAS_METADATA"
        as virDomainSnapshotHasMetadata (read_only: Allowed, rules: &[domain(Read)])
        args DomainSnapshotHasMetadataArgs { snap: NonnullDomainSnapshot, flags: NoFlags }
        ret DomainSnapshotHasMetadataRet { metadata: i32 };

    /// All snapshots of a domain that pass the filters.
    274 DomainListAllSnapshots "DOMAIN_LIST_ALL_SNAPSHOTS"
        as virDomainListAllSnapshots (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainListAllSnapshotsArgs {
            dom: NonnullDomain,
            need_results: i32,
            flags: DomainSnapshotListFlags,
        }
        ret DomainListAllSnapshotsRet {
            #[xdr(max = limits::DOMAIN_SNAPSHOT_LIST_MAX)] snapshots: Vec<NonnullDomainSnapshot>,
            ret: i32,
        };

    /// All snapshots after a snapshot that pass the filters.
    275 DomainSnapshotListAllChildren "DOMAIN_SNAPSHOT_LIST_ALL_CHILDREN"
        as virDomainSnapshotListAllChildren (
            priority: High,
            read_only: Allowed,
            rules: &[domain(Read)],
        )
        args DomainSnapshotListAllChildrenArgs {
            snapshot: NonnullDomainSnapshot,
            need_results: i32,
            flags: DomainSnapshotListFlags,
        }
        ret DomainSnapshotListAllChildrenRet {
            #[xdr(max = limits::DOMAIN_SNAPSHOT_LIST_MAX)] snapshots: Vec<NonnullDomainSnapshot>,
            ret: i32,
        };
}
