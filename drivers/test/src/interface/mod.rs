//! The host's network interfaces, and the changes to them that can be taken back.

mod change;
mod complete;
mod definition;
mod error;
mod lifecycle;
mod list;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use documents::interface::HostInterface;
use driver::{Call, Error, Routes, Target};
use protocol::procedure::Object;
use protocol::remote::NonnullInterface;

use crate::TestDriver;
use error::InterfaceError;

/// All interfaces of a driver.
#[derive(Debug, Default)]
pub(crate) struct Interfaces {
    table: Mutex<Table>,
}

/// The interfaces by name, and how they were when a change began.
#[derive(Debug, Default)]
struct Table {
    interfaces: BTreeMap<String, Interface>,
    before: Option<BTreeMap<String, Interface>>,
}

/// One interface. Its document has a name.
#[derive(Debug, Clone)]
struct Interface {
    document: HostInterface,
    is_active: bool,
}

pub(crate) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .module(list::routes)
        .module(definition::routes)
        .module(lifecycle::routes)
        .module(change::routes);
}

impl Interfaces {
    /// Adds an interface that is active from the beginning.
    pub(crate) fn add_first(&self, document: HostInterface) -> Result<(), Error> {
        let interface = Interface {
            document: complete::checked(document)?,
            is_active: true,
        };
        let name = interface.name().to_owned();
        self.lock().interfaces.insert(name, interface);
        Ok(())
    }

    /// Lets `use_it` look at or change the interface that a call names, if the call may.
    fn with<R>(
        &self,
        call: &Call<TestDriver>,
        interface: &NonnullInterface,
        use_it: impl FnOnce(&mut Interface) -> Result<R, InterfaceError>,
    ) -> Result<R, Error> {
        let mut table = self.lock();
        let found = table.interfaces.get_mut(&interface.name);
        let found = found.ok_or_else(|| unknown(&interface.name))?;
        call.allow(&found.target())?;
        Ok(use_it(found)?)
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Interface {
    fn name(&self) -> &str {
        self.document.name.as_deref().unwrap_or_default()
    }

    fn mac(&self) -> &str {
        self.document.mac.as_deref().unwrap_or_default()
    }

    fn wire(&self) -> NonnullInterface {
        NonnullInterface {
            name: self.name().to_owned(),
            mac: self.mac().to_owned(),
        }
    }

    fn target(&self) -> Target<'_> {
        Target::named(Object::Interface, self.name(), None)
    }
}

fn unknown(name: &str) -> InterfaceError {
    InterfaceError::UnknownName(name.to_owned())
}
