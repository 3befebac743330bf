//! Giving freed memory back to the system.
#![allow(unsafe_code, reason = "the allocator's trim has no safe interface")]

/// Returns memory that was freed but is still held by the allocator. Parsing a large document
/// leaves tens of MiB behind otherwise; daemons call this when they have become idle.
///
/// Takes milliseconds with a large heap: call it from an idle timer, not from a request.
pub fn give_back_free_memory() {
    #[cfg(target_env = "gnu")]
    // SAFETY: `malloc_trim` takes the allocator's own locks and has no preconditions; it touches
    // only free blocks.
    unsafe {
        libc::malloc_trim(0);
    }
}
