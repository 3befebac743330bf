//! A network of a test's own.
#![allow(clippy::print_stdout, reason = "who runs it sees what was left out")]

use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// A network namespace of the kernel; what is made in it goes with it.
#[derive(Debug)]
pub struct NetworkNamespace {
    name: String,
}

impl NetworkNamespace {
    /// Makes one; nothing where nobody may.
    #[must_use]
    pub fn make() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("fv{}-{number}", std::process::id());
        let made = run(&["netns", "add", &name]);
        if !made.status.success() {
            println!("skipped: this test makes a network namespace: {made:?}");
            return None;
        }
        let namespace = Self { name };
        namespace.ip("link set lo up");
        Some(namespace)
    }

    /// Runs `ip` (package iproute2) in it.
    ///
    /// # Panics
    ///
    /// When it fails; its words follow.
    #[track_caller]
    pub fn ip(&self, words: &str) -> String {
        let words: Vec<&str> = ["-netns", &self.name]
            .into_iter()
            .chain(words.split(' '))
            .collect();
        let output = run(&words);
        assert!(output.status.success(), "{words:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The command that runs another one in it.
    #[must_use]
    pub fn within(&self) -> Vec<String> {
        ["/usr/sbin/ip", "netns", "exec", &self.name]
            .map(str::to_owned)
            .to_vec()
    }

    /// Runs a program in it, and gives back what it said, on either output.
    ///
    /// # Panics
    ///
    /// When it cannot be run.
    #[must_use]
    pub fn run(&self, words: &[&str]) -> String {
        let within: Vec<&str> = ["netns", "exec", &self.name]
            .into_iter()
            .chain(words.iter().copied())
            .collect();
        let output = run(&within);
        let both = [output.stdout, output.stderr].concat();
        String::from_utf8_lossy(&both).into_owned()
    }
}

impl Drop for NetworkNamespace {
    fn drop(&mut self) {
        let _ = run(&["netns", "delete", &self.name]);
    }
}

fn run(words: &[&str]) -> Output {
    let output = Command::new("/usr/sbin/ip").args(words).output();
    output.expect("/usr/sbin/ip (package iproute2)")
}
