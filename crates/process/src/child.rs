//! Making the process and turning it into the program.
//!
//! `fork` copies the page tables of the caller: milliseconds in an application with gigabytes of
//! memory. Here the child borrows our memory instead (`CLONE_VM | CLONE_VFORK`) and the calling
//! thread stands still until the program runs, so that the cost does not depend on our size.
//! In exchange, the code between the two must neither allocate nor take a lock, and no signal
//! handler may run in it. It reads the [`Plan`] that was laid out before, and makes system calls.
#![allow(
    unsafe_code,
    reason = "no safe interface starts a process without copying page tables"
)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::io::Write as _;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, FromRawFd, IntoRawFd, OwnedFd, RawFd};
use std::ptr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::io::Errno;
use rustix::process::{
    DumpableBehavior, Pid, WaitId, WaitIdOptions, dumpable_behavior, set_dumpable_behavior,
};
use rustix::thread::CapabilitySet;

use crate::error::{SpawnError, Step};
use crate::plan::Plan;
use crate::process::{Process, number};

/// The child's stack: its frames are few and small, in a debug build too. In units of 16 bytes,
/// which is also the alignment that the ABI asks for.
const STACK_UNITS: usize = 64 * 1024 / 16;

/// What the child works on. It lives in the caller's frame, which stands still meanwhile.
struct Shared<'a> {
    plan: &'a Plan,
    argv: Vec<*const c_char>,
    envp: Vec<*const c_char>,
    /// Room for the numbers between a descriptor's old and new place, one per descriptor.
    moved: Vec<RawFd>,
    parent: Pid,
    failure: Option<(Step, Errno)>,
}

/// Starts the program.
pub(crate) fn start(plan: &Plan) -> Result<Process, SpawnError> {
    let mut shared = Shared {
        plan,
        argv: plan.argv.pointers(),
        envp: plan.envp.pointers(),
        moved: vec![-1; plan.fds.len()],
        parent: rustix::process::getpid(),
        failure: None,
    };
    let created = {
        let _dumpable = Dumpable::keep(plan);
        clone(&mut shared)
    };
    let (pid, pidfd) = created.map_err(|source| SpawnError::Create {
        program: plan.program.clone(),
        source,
    })?;
    if let Some((step, errno)) = shared.failure {
        // The child has ended itself already; only its entry in the process table is left.
        let _ = rustix::process::waitid(WaitId::PidFd(pidfd.as_fd()), WaitIdOptions::EXITED);
        let program = plan.program.clone();
        return Err(SpawnError::Setup {
            program,
            step,
            source: errno.into(),
        });
    }
    Ok(Process::child(pid, pidfd))
}

/// Creates the child and returns once it has become the program or has failed.
fn clone(shared: &mut Shared<'_>) -> std::io::Result<(Pid, OwnedFd)> {
    let mut stack: Box<[MaybeUninit<u128>]> = Box::new_uninit_slice(STACK_UNITS);
    let mut pidfd: c_int = -1;
    let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::CLONE_PIDFD | libc::SIGCHLD;
    let blocked = BlockedSignals::new();
    // SAFETY: the stack is ours, large enough, aligned, and grows downwards from its end on every
    // architecture that Rust supports on Linux. The thread stands still until the child has
    // executed or ended, so that `shared` and `stack` outlive the child's use of them. All signals
    // are blocked, so no handler runs in the child before it has reset the handlers.
    // `CLONE_PIDFD` stores the descriptor through the first variable argument.
    let pid = unsafe {
        libc::clone(
            child,
            stack.as_mut_ptr().add(STACK_UNITS).cast::<c_void>(),
            flags,
            ptr::from_mut(shared).cast::<c_void>(),
            &raw mut pidfd,
        )
    };
    let error = std::io::Error::last_os_error();
    drop(blocked);
    let pid = number(pid).ok_or(error)?;
    // SAFETY: on success the kernel has stored a new descriptor that nobody else owns.
    Ok((pid, unsafe { OwnedFd::from_raw_fd(pidfd) }))
}

/// The child's first function; it never returns to Rust code of ours.
extern "C" fn child(shared: *mut c_void) -> c_int {
    // SAFETY: it is the `Shared` of `clone`, whose thread stands still: nobody else touches it.
    let shared = unsafe { &mut *shared.cast::<Shared<'_>>() };
    if let Err(failure) = become_program(shared) {
        shared.failure = Some(failure);
    }
    // The caller of this function, in the C library, ends the process with this status.
    127
}

/// Everything up to the program itself; returns only when a step failed.
fn become_program(shared: &mut Shared<'_>) -> Result<(), (Step, Errno)> {
    let plan = shared.plan;
    default_signals();
    if plan.new_session {
        rustix::process::setsid().map_err(at(Step::Session))?;
    }
    if let Some(mask) = plan.umask {
        rustix::process::umask(rustix::fs::Mode::from_raw_mode(mask));
    }
    place_descriptors(plan, &mut shared.moved).map_err(at(Step::PassDescriptor))?;
    close_rest(plan).map_err(at(Step::CloseRest))?;
    if let Some(path) = &plan.pid_file {
        write_pid(path).map_err(at(Step::PidFile))?;
    }
    for (resource, limit) in &plan.limits {
        rustix::process::setrlimit(*resource, *limit).map_err(at(Step::Limit))?;
    }
    if let Some(nice) = plan.nice {
        rustix::process::setpriority_process(None, nice).map_err(at(Step::Nice))?;
    }
    if let Some(directory) = &plan.directory {
        rustix::process::chdir(directory.as_c_str()).map_err(at(Step::Directory))?;
    }
    drop_privileges(plan)?;
    if let Some(signal) = plan.parent_death {
        // After the change of user, which clears it.
        rustix::process::set_parent_process_death_signal(Some(signal))
            .map_err(at(Step::ParentDeath))?;
        if rustix::process::getppid() != Some(shared.parent) {
            return Err((Step::ParentDeath, Errno::SRCH));
        }
    }
    Err((Step::Execute, execute(shared)))
}

fn at(step: Step) -> impl Fn(Errno) -> (Step, Errno) {
    move |errno| (step, errno)
}

/// Gives every signal its default action (the program would inherit the ignored ones, such as
/// Rust's `SIGPIPE`) so that no handler of ours can run here once signals are unblocked. By system
/// call, because the C library keeps two signals for itself and would not reset those.
fn default_signals() {
    // The kernel's structure: handler (0 is the default action), flags, restorer, mask.
    let default = [0_u64; 4];
    let mask_bytes = size_of::<u64>();
    for signal in 1..=64 {
        let no_old = ptr::null_mut::<c_void>();
        // SAFETY: the child's table of actions is its own copy; the structure is all zero and at
        // least as large as the kernel's. Signals that cannot be set (`SIGKILL`) answer with an
        // error, which is right.
        unsafe {
            libc::syscall(
                libc::SYS_rt_sigaction,
                signal,
                default.as_ptr(),
                no_old,
                mask_bytes,
            );
        }
    }
}

/// Moves every descriptor to its number. First all of them above the highest number, so that no
/// descriptor's new place is another one's old place.
fn place_descriptors(plan: &Plan, moved: &mut [RawFd]) -> Result<(), Errno> {
    for ((source, _), moved) in plan.fds.iter().zip(moved.iter_mut()) {
        // SAFETY: the plan owns the descriptor, or it is one of our standard ones; a standard one
        // that is closed makes the call below fail with `EBADF`, no more.
        let source = unsafe { BorrowedFd::borrow_raw(source.raw()) };
        let copy = rustix::io::fcntl_dupfd_cloexec(source, plan.free_number)?;
        *moved = copy.into_raw_fd();
    }
    for ((_, number), moved) in plan.fds.iter().zip(moved.iter()) {
        // SAFETY: no memory is involved; `number` is below every descriptor in `moved`, and what
        // it was before in this process is not needed any more.
        if unsafe { libc::dup3(*moved, *number, 0) } < 0 {
            return Err(last_errno());
        }
    }
    enter_cgroups(plan)
}

/// Done here, while the descriptors of the `cgroup.procs` files are still open.
fn enter_cgroups(plan: &Plan) -> Result<(), Errno> {
    for cgroup in &plan.cgroups {
        rustix::io::write(cgroup, b"0")?;
    }
    Ok(())
}

/// Marks everything between the placed descriptors to be closed by `execve`.
fn close_rest(plan: &Plan) -> Result<(), Errno> {
    for (first, last) in &plan.gaps {
        // SAFETY: no memory is involved; marking does not close, so that whatever still owns a
        // descriptor in the borrowed memory is not disturbed.
        let result = unsafe {
            libc::syscall(
                libc::SYS_close_range,
                *first,
                *last,
                libc::CLOSE_RANGE_CLOEXEC,
            )
        };
        if result < 0 {
            return Err(last_errno());
        }
    }
    Ok(())
}

/// Writes our number into a file and keeps the file locked for as long as the program runs. It is opened here and only
/// once, because a lock of this kind goes with the first descriptor of the file that its process closes.
fn write_pid(path: &CStr) -> Result<(), Errno> {
    use rustix::fs::{FlockOperation, Mode, OFlags};
    let mode = Mode::RUSR | Mode::WUSR | Mode::RGRP | Mode::ROTH;
    let file = rustix::fs::open(path, OFlags::RDWR | OFlags::CREATE, mode)?;
    rustix::fs::fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive)?;
    rustix::fs::ftruncate(&file, 0)?;
    // On the stack: numbers are formatted without memory of the heap.
    let mut room = [0_u8; 16];
    let mut rest = room.as_mut_slice();
    let written = writeln!(rest, "{}", rustix::process::getpid().as_raw_nonzero());
    let length = 16 - rest.len();
    written.map_err(|_| Errno::OVERFLOW)?;
    rustix::io::write(&file, room.get(..length).unwrap_or_default())?;
    // The program has it from here on.
    let _ = file.into_raw_fd();
    Ok(())
}

/// The system calls themselves, not the C library's functions of that name: those change all
/// threads of a process, and here the threads are the parent's.
fn drop_privileges(plan: &Plan) -> Result<(), (Step, Errno)> {
    if plan.no_capabilities {
        drop_bounding_set().map_err(at(Step::Capabilities))?;
    }
    if let Some(credentials) = &plan.credentials {
        rustix::thread::set_thread_groups(&credentials.groups).map_err(at(Step::Groups))?;
        let (uid, gid) = (credentials.uid, credentials.gid);
        rustix::thread::set_thread_res_gid(gid, gid, gid).map_err(at(Step::Group))?;
        rustix::thread::set_thread_res_uid(uid, uid, uid).map_err(at(Step::User))?;
    }
    if plan.no_capabilities {
        drop_capabilities().map_err(at(Step::Capabilities))?;
    }
    if plan.no_new_privileges {
        rustix::thread::set_no_new_privs(true).map_err(at(Step::NoNewPrivileges))?;
    }
    Ok(())
}

/// The bounding set is what a program executed as root gets. Who may not shrink it has nothing
/// that the program could get either, unless it is root without `CAP_SETPCAP`.
fn drop_bounding_set() -> Result<(), Errno> {
    for capability in CapabilitySet::all().iter() {
        match rustix::thread::remove_capability_from_bounding_set(capability) {
            // The kernel is older than the capability.
            Ok(()) | Err(Errno::INVAL) => {}
            Err(Errno::PERM) if !rustix::process::geteuid().is_root() => return Ok(()),
            Err(errno) => return Err(errno),
        }
    }
    Ok(())
}

fn drop_capabilities() -> Result<(), Errno> {
    rustix::thread::clear_ambient_capability_set()?;
    let none = CapabilitySet::empty();
    let sets = rustix::thread::CapabilitySets {
        effective: none,
        permitted: none,
        inheritable: none,
    };
    rustix::thread::set_capabilities(None, sets)
}

fn execute(shared: &Shared<'_>) -> Errno {
    let Some(path) = shared.plan.argv.first() else {
        return Errno::INVAL;
    };
    // SAFETY: the set is initialised by `sigemptyset` before use; the arrays are terminated by a
    // null pointer and point into texts that the plan owns.
    unsafe {
        let mut none = MaybeUninit::uninit();
        libc::sigemptyset(none.as_mut_ptr());
        libc::sigprocmask(libc::SIG_SETMASK, none.as_ptr(), ptr::null_mut());
        libc::execve(path.as_ptr(), shared.argv.as_ptr(), shared.envp.as_ptr());
    }
    last_errno()
}

/// The error of the last call into the C library. Its place belongs to the thread that stands
/// still, so that it can be used here.
fn last_errno() -> Errno {
    Errno::from_io_error(&std::io::Error::last_os_error()).unwrap_or(Errno::INVAL)
}

/// All signals blocked in this thread, until dropped.
struct BlockedSignals(libc::sigset_t);

impl BlockedSignals {
    fn new() -> Self {
        let mut all = MaybeUninit::uninit();
        let mut before = MaybeUninit::uninit();
        // SAFETY: `sigfillset` initialises the one set, `pthread_sigmask` the other; with these
        // arguments neither can fail.
        unsafe {
            libc::sigfillset(all.as_mut_ptr());
            libc::pthread_sigmask(libc::SIG_SETMASK, all.as_ptr(), before.as_mut_ptr());
            BlockedSignals(before.assume_init())
        }
    }
}

impl Drop for BlockedSignals {
    fn drop(&mut self) {
        // SAFETY: the set was written by `pthread_sigmask`.
        unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const self.0, ptr::null_mut()) };
    }
}

/// A child that changes its user marks the memory that it borrows as "not dumpable", which is
/// right while it does so: its new user must not look into it. Afterwards it would keep our own
/// core dumps from being written, so it is put back. One such start at a time, because putting it
/// back must not expose the memory to another child's user.
struct Dumpable {
    before: DumpableBehavior,
    _turn: MutexGuard<'static, ()>,
}

impl Dumpable {
    fn keep(plan: &Plan) -> Option<Self> {
        static TURN: Mutex<()> = Mutex::new(());
        plan.credentials.as_ref()?;
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let before = dumpable_behavior().ok()?;
        Some(Dumpable {
            before,
            _turn: turn,
        })
    }
}

impl Drop for Dumpable {
    fn drop(&mut self) {
        if self.before == DumpableBehavior::Dumpable {
            let _ = set_dumpable_behavior(self.before);
        }
    }
}
