//! Virtual machines of one host: client of any daemon, or the driver inside your own process
