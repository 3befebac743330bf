//! What of the host the domain gets: shares, limits and places.

mod blkiotune;
mod cputune;
mod memtune;
mod numatune;
mod perf;
mod resctrl;
mod throttlegroup;

pub use blkiotune::*;
pub use cputune::*;
pub use memtune::*;
pub use numatune::*;
pub use perf::*;
pub use resctrl::*;
pub use throttlegroup::*;
