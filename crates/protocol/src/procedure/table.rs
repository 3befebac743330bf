//! From a number to its declaration, in one step.

use super::{Declaration, EventInfo, ProcedureInfo};
use crate::{admin, keepalive, lock, log, lxc, program::Program, qemu, remote};

type Table<const N: usize> = [Option<Declaration>; N];

static REMOTE: Table<457> = index(remote::DECLARED);
static QEMU: Table<8> = index(qemu::DECLARED);
static LXC: Table<2> = index(lxc::DECLARED);
static ADMIN: Table<20> = index(admin::DECLARED);
static LOG: Table<5> = index(log::DECLARED);
static LOCK: Table<9> = index(lock::DECLARED);
static KEEPALIVE: Table<3> = index(keepalive::DECLARED);

/// The procedure with this number; an event is none.
#[must_use]
pub fn find(program: Program, number: i32) -> Option<&'static ProcedureInfo> {
    match declaration(program, number)? {
        Declaration::Procedure(info) => Some(info),
        Declaration::Event(_) => None,
    }
}

/// The event with this number.
#[must_use]
pub fn find_event(program: Program, number: i32) -> Option<&'static EventInfo> {
    match declaration(program, number)? {
        Declaration::Event(info) => Some(info),
        Declaration::Procedure(_) => None,
    }
}

fn declaration(program: Program, number: i32) -> Option<Declaration> {
    let table: &[Option<Declaration>] = match program {
        Program::Remote => &REMOTE,
        Program::Qemu => &QEMU,
        Program::Lxc => &LXC,
        Program::Admin => &ADMIN,
        Program::Log => &LOG,
        Program::Lock => &LOCK,
        Program::KeepAlive => &KEEPALIVE,
    };
    *table.get(usize::try_from(number).ok()?)?
}

/// Puts each declaration at its number. Two with one number do not compile, nor one outside of
/// the table.
#[allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_sign_loss,
    reason = "runs in the compiler only"
)]
const fn index<const N: usize>(modules: &[&[Declaration]]) -> Table<N> {
    let mut table: Table<N> = [None; N];
    let mut module = 0;
    while module < modules.len() {
        let mut entry = 0;
        while entry < modules[module].len() {
            let declaration = modules[module][entry];
            let number = match declaration {
                Declaration::Procedure(info) => info.number,
                Declaration::Event(info) => info.number,
            };
            assert!(
                table[number as usize].is_none(),
                "two declarations have one number"
            );
            table[number as usize] = Some(declaration);
            entry += 1;
        }
        module += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{find, find_event};
    use crate::program::Program;

    #[test]
    fn numbers_lead_to_names() {
        assert_eq!(find(Program::Remote, 16).unwrap().name, "DOMAIN_GET_INFO");
        assert_eq!(
            find(Program::Qemu, 7).unwrap().name,
            "DOMAIN_MONITOR_COMMAND_WITH_FILES"
        );
        assert_eq!(
            find_event(Program::Remote, 318).unwrap().name,
            "DOMAIN_EVENT_CALLBACK_LIFECYCLE"
        );
    }

    #[test]
    fn numbers_outside_lead_nowhere() {
        for number in [i32::MIN, -1, 0, 457, i32::MAX] {
            assert!(find(Program::Remote, number).is_none(), "{number}");
        }
        assert!(find(Program::Remote, 107).is_none());
        assert!(find_event(Program::Remote, 16).is_none());
    }
}
