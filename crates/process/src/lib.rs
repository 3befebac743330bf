//! The only place that starts another program
