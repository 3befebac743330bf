//! The typed Rust API of a virtualization host, over any transport.
//!
//! Open a [`Connection`] with [`OpenOptions`], look objects up or define them, and call methods on
//! the handles: [`Domain`], [`Network`], [`StoragePool`] and their kin. Handles are cheap to clone
//! and hold no lock; each method is one call to the driver at the other end, wherever that is: a
//! daemon behind a socket, or a driver in this process.
//!
//! The API is asynchronous on tokio; [`blocking`] is the same for programs without a runtime.
//!
//! **Invariant.** This crate knows no driver. What opens an embedded URI is given to it as an
//! [`Opener`].

pub mod blocking;
mod connect;
mod connection;
mod cpu;
mod domain;
mod error;
mod event;
mod host;
mod interface;
mod network;
mod node;
mod node_device;
mod nwfilter;
mod secret;
mod storage;
mod storage_volume;
mod stream;
mod uri;
pub mod words;

pub use connect::{OpenOptions, Opener, Opening};
pub use connection::Connection;
pub use cpu::HypervisorCpu;
pub use domain::{
    ControlInfo, CpuSet, DiskError, DiskSizes, Domain, DomainInfo, DomainState, DomainStatistics,
    DomainWord, GuestAddress, GuestFileSystem, GuestInterface, InterfaceCounters, IoThread,
    JobInfo, Metadata, MonitorLanguage, VirtualCpu, XmlOptions,
};
pub use error::{Error, Result, SharedIo, kernel_words};
pub use event::{
    DomainEvent, DomainEvents, EventKind, GraphicsAddress, MonitorEvent, MonitorEvents,
};
pub use host::{NodeInfo, SecurityModel};
pub use interface::Interface;
pub use network::Network;
pub use node::NodeCpus;
pub use node_device::NodeDevice;
pub use nwfilter::{NetworkFilter, NetworkFilterBinding};
pub use protocol::enums;
pub use protocol::error::{Code, Level, Origin};
pub use protocol::flags;
pub use protocol::typed_param::{TypedParam, TypedParamValue};
pub use rpc::stream::{Chunk, StreamError};
pub use secret::Secret;
pub use storage::{StoragePool, StoragePoolInfo};
pub use storage_volume::{StorageVolume, StorageVolumeInfo};
pub use stream::Stream;
pub use uri::{ConnectUri, Transport, UriError};
