//! Checkpoints and backups of domains.

use crate::{
    flags::{
        DomainBackupBeginFlags, DomainCheckpointCreateFlags, DomainCheckpointDeleteFlags,
        DomainCheckpointListFlags, DomainCheckpointXmlFlags, NoFlags,
    },
    limits,
    procedure::procedures,
    remote::{NonnullDomain, NonnullDomainCheckpoint},
};

procedures! {
    Remote;

    /// Makes a checkpoint of a domain's disks.
    411 DomainCheckpointCreateXml "DOMAIN_CHECKPOINT_CREATE_XML"
        as virDomainCheckpointCreateXML (
            rules: &[
                domain(Checkpoint),
                domain(FsFreeze).when_all(DomainCheckpointCreateFlags::QUIESCE.bits()),
            ],
        )
        args DomainCheckpointCreateXmlArgs {
            dom: NonnullDomain,
            xml_desc: String,
            flags: DomainCheckpointCreateFlags,
        }
        ret DomainCheckpointCreateXmlRet { checkpoint: NonnullDomainCheckpoint }
        judged by |args| args.flags.bits();

    /// A checkpoint's description as XML.
    412 DomainCheckpointGetXmlDesc "DOMAIN_CHECKPOINT_GET_XML_DESC"
        as virDomainCheckpointGetXMLDesc (
            read_only: DeniedWithAny(DomainCheckpointXmlFlags::SECURE.bits()),
            rules: &[
                domain(Read),
                domain(ReadSecure).when_all(DomainCheckpointXmlFlags::SECURE.bits()),
            ],
        )
        args DomainCheckpointGetXmlDescArgs {
            checkpoint: NonnullDomainCheckpoint,
            flags: DomainCheckpointXmlFlags,
        }
        ret DomainCheckpointGetXmlDescRet { xml: String }
        judged by |args| args.flags.bits();

    /// All checkpoints of a domain that pass the filters.
    413 DomainListAllCheckpoints "DOMAIN_LIST_ALL_CHECKPOINTS"
        as virDomainListAllCheckpoints (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainListAllCheckpointsArgs {
            dom: NonnullDomain,
            need_results: i32,
            flags: DomainCheckpointListFlags,
        }
        ret DomainListAllCheckpointsRet {
            #[xdr(max = limits::DOMAIN_CHECKPOINT_LIST_MAX)]
            checkpoints: Vec<NonnullDomainCheckpoint>,
            ret: i32,
        };

    /// All checkpoints after a checkpoint that pass the filters.
    414 DomainCheckpointListAllChildren "DOMAIN_CHECKPOINT_LIST_ALL_CHILDREN"
        as virDomainCheckpointListAllChildren (
            priority: High,
            read_only: Allowed,
            rules: &[domain(Read)],
        )
        args DomainCheckpointListAllChildrenArgs {
            checkpoint: NonnullDomainCheckpoint,
            need_results: i32,
            flags: DomainCheckpointListFlags,
        }
        ret DomainCheckpointListAllChildrenRet {
            #[xdr(max = limits::DOMAIN_CHECKPOINT_LIST_MAX)]
            checkpoints: Vec<NonnullDomainCheckpoint>,
            ret: i32,
        };

    /// Finds a checkpoint by its name.
    415 DomainCheckpointLookupByName "DOMAIN_CHECKPOINT_LOOKUP_BY_NAME"
        as virDomainCheckpointLookupByName (
            priority: High,
            read_only: Allowed,
            rules: &[domain(Read)],
        )
        args DomainCheckpointLookupByNameArgs { dom: NonnullDomain, name: String, flags: NoFlags }
        ret DomainCheckpointLookupByNameRet { checkpoint: NonnullDomainCheckpoint };

    /// The checkpoint that a checkpoint was made after.
    416 DomainCheckpointGetParent "DOMAIN_CHECKPOINT_GET_PARENT"
        as virDomainCheckpointGetParent (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainCheckpointGetParentArgs { checkpoint: NonnullDomainCheckpoint, flags: NoFlags }
        ret DomainCheckpointGetParentRet { parent: NonnullDomainCheckpoint };

    /// Deletes a checkpoint.
    417 DomainCheckpointDelete "DOMAIN_CHECKPOINT_DELETE"
        as virDomainCheckpointDelete (rules: &[domain(Checkpoint)])
        args DomainCheckpointDeleteArgs {
            checkpoint: NonnullDomainCheckpoint,
            flags: DomainCheckpointDeleteFlags,
        };

    /// Starts a backup of a domain's disks.
    421 DomainBackupBegin "DOMAIN_BACKUP_BEGIN"
        as virDomainBackupBegin (rules: &[domain(Checkpoint), domain(BlockWrite)])
        args DomainBackupBeginArgs {
            dom: NonnullDomain,
            backup_xml: String,
            checkpoint_xml: Option<String>,
            flags: DomainBackupBeginFlags,
        };

    /// The running backup's description as XML.
    422 DomainBackupGetXmlDesc "DOMAIN_BACKUP_GET_XML_DESC"
        as virDomainBackupGetXMLDesc (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainBackupGetXmlDescArgs { dom: NonnullDomain, flags: NoFlags }
        ret DomainBackupGetXmlDescRet { xml: String };
}
