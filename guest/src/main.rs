//! The init of the test guest: a Linux that boots in seconds and does what a test tells it to.
//!
//! It is the first and only process. It mounts the kernel's file systems, loads the modules that
//! the initramfs brings along, greets on every console with one line
//!
//! ```text
//! Ferrovirt guest ready: Linux 6.1.0, 2 cpus, 230 MiB
//! ```
//!
//! and answers a line of text with a command's output, closed by a line that is `ok` or starts with
//! `error: `. `help` lists the commands. Pressing the ACPI power button powers the guest off.

mod button;
mod commands;
mod console;
mod facts;
mod hotplug;
mod modules;
mod mounts;
mod net;
mod power;
mod shell;
mod sys;

use crate::hotplug::Hotplug;

fn main() {
    mounts::mount_all();
    // Opened before the modules are loaded, so that no device can appear unseen.
    let hotplug = Hotplug::open();
    modules::load_all();
    for device in hotplug::present() {
        greet_device(&device);
    }
    match hotplug {
        Ok(hotplug) => hotplug.follow(greet_device),
        Err(cause) => eprintln!("guest: no hot-plug events: {cause}"),
    }
    // The kernel panics when its first process ends, so this one never does.
    loop {
        std::thread::park();
    }
}

/// Puts a device to use if it is one that the guest listens to.
fn greet_device(name: &str) {
    if console::is_console(name) {
        console::serve(name);
    } else if button::is_input(name) {
        button::watch(name);
    }
}
