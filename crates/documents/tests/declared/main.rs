//! Documents made up from the declarations themselves, of every kind: each is read, and what is
//! written of it is read as the same again and written the same again.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test's helpers may fail as a test does"
)]

mod made_up;

use std::fmt::Debug;

use documents::backup::Backup;
use documents::capabilities::Capabilities;
use documents::checkpoint::Checkpoint;
use documents::domain::{Domain, Status};
use documents::domain_capabilities::DomainCapabilities;
use documents::interface::HostInterface;
use documents::migration_cookie::MigrationCookie;
use documents::network::Network;
use documents::node_device::NodeDevice;
use documents::nwfilter::NwFilter;
use documents::save_image::SaveCookie;
use documents::secret::Secret;
use documents::snapshot::Snapshot;
use documents::storage_pool::StoragePool;
use documents::volume::Volume;
use xml::{Options, Xml, format, parse};

use made_up::MadeUp;

/// How many documents of a kind are made up.
const DOCUMENTS: u64 = 150;

fn check<T: Xml + PartialEq + Debug>() {
    let mut longest = 0;
    for seed in 1..=DOCUMENTS {
        let text = MadeUp::from(seed).document(T::describe());
        let read = |text: &str| {
            parse::<T>(text, &Options::lenient())
                .unwrap_or_else(|errors| panic!("{errors}, of seed {seed}:\n{text}"))
        };
        let document = read(&text);
        let written = format(&document);
        let again = read(&written);
        assert!(again == document, "seed {seed}:\n{text}\n{written}");
        assert_eq!(format(&again), written, "seed {seed}");
        longest = longest.max(written.lines().count());
    }
    assert!(longest > 3, "only short documents were made up");
}

macro_rules! kinds {
    ($($test:ident: $kind:ty,)*) => {
        $(
            #[test]
            fn $test() {
                check::<$kind>();
            }
        )*
    };
}

kinds! {
    domains: Domain,
    status_files: Status,
    snapshots: Snapshot,
    checkpoints: Checkpoint,
    backups: Backup,
    migration_cookies: MigrationCookie,
    save_cookies: SaveCookie,
    networks: Network,
    storage_pools: StoragePool,
    volumes: Volume,
    secrets: Secret,
    network_filters: NwFilter,
    interfaces: HostInterface,
    node_devices: NodeDevice,
    capabilities: Capabilities,
    domain_capabilities: DomainCapabilities,
}
