//! Typed commands, spelled as QEMU spells them, one file per family. Only what is sent and read
//! has a type; everything else goes through [`Monitor::execute_raw`](crate::Monitor::execute_raw).

mod balloon;
mod block;
mod chardev;
mod cpu;
mod device;
mod dirty_rate;
mod display;
mod fds;
mod hmp;
mod introspect;
mod iothread;
mod machine;
mod monitor;
mod netdev;
mod qom;
mod status;

pub use balloon::{Balloon, BalloonInfo, QueryBalloon};
pub use block::{
    BlockDeviceInfo, BlockDeviceStats, BlockInfo, BlockStats, BlockdevAdd, BlockdevDel,
    BlockdevInsertMedium, Eject, QueryBlock, QueryBlockStats, QueryNamedBlockNodes,
};
pub use chardev::{ChardevAdd, ChardevInfo, ChardevRemove, ChardevReturn, QueryChardev};
pub use cpu::{
    CpuDefinition, CpuFeatureWord, CpuInfoFast, CpuModel, CpuModelExpansion, HotpluggableCpu,
    QueryCpuDefinitions, QueryCpuModelExpansion, QueryCpusFast, QueryHotpluggableCpus,
};
pub use device::{DeviceAdd, DeviceDel, ObjectAdd, ObjectDel};
pub use dirty_rate::{DirtyRateInfo, DirtyRateStatus, QueryDirtyRate};
pub use display::{DisplayProtocol, ExpirePassword, SetPassword, SetPasswordAction};
pub use fds::{AddFd, AddFdInfo, CloseFd, GetFd, RemoveFd};
pub use hmp::HumanMonitorCommand;
pub use introspect::{
    CommandInfo, CommandLineOption, CommandLineParameter, QueryCommandLineOptions, QueryCommands,
    QueryQmpSchema,
};
pub use iothread::{IothreadInfo, QueryIothreads};
pub use machine::{
    Action, KvmInfo, MachineInfo, NameInfo, QueryKvm, QueryMachines, QueryName, QueryTarget,
    QueryUuid, QueryVersion, SetAction, TargetInfo, UuidInfo,
};
pub use monitor::QmpCapabilities;
pub use netdev::{NetdevAdd, NetdevDel, SetLink};
pub use qom::{
    DeviceListProperties, ObjectPropertyInfo, ObjectTypeInfo, QomGet, QomList, QomListProperties,
    QomListTypes, QomSet,
};
pub use status::{
    Cont, InjectNmi, QueryStatus, Quit, RunState, StatusInfo, Stop, SystemPowerdown, SystemReset,
    SystemWakeup,
};
