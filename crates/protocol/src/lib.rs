//! The wire protocol: every procedure, type, error code, flag and enum of the public API
