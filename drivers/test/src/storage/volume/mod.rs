//! The volumes of storage pools.

pub(super) mod complete;
mod definition;
mod find;
mod info;

use documents::volume::Volume as Document;
use driver::{Call, Error, Routes, Target};
use protocol::procedure::Object;
use protocol::remote::NonnullStorageVol;

use super::error::StorageError;
use super::{Pool, Pools};
use crate::TestDriver;

/// One volume. Its document is complete.
#[derive(Debug, Clone)]
pub(super) struct Volume {
    document: Document,
}

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .module(definition::routes)
        .module(find::routes)
        .module(info::routes);
}

impl Volume {
    pub(super) fn name(&self) -> &str {
        self.document.name.as_deref().unwrap_or_default()
    }

    fn key(&self) -> &str {
        self.document.key.as_deref().unwrap_or_default()
    }

    fn path(&self) -> &str {
        let target = self.document.target.as_ref();
        target
            .and_then(|target| target.path.as_deref())
            .unwrap_or_default()
    }

    /// Bytes that it uses.
    pub(super) fn allocation(&self) -> u64 {
        self.document.allocation.unwrap_or_default()
    }

    fn wire(&self, pool: &Pool) -> NonnullStorageVol {
        NonnullStorageVol {
            pool: pool.name().to_owned(),
            name: self.name().to_owned(),
            key: self.key().to_owned(),
        }
    }

    fn target(&self) -> Target<'_> {
        Target::named(Object::StorageVol, self.name(), None)
    }
}

impl Pools {
    /// Lets `use_it` look at the volume that a call names, if the call may.
    fn read_volume<R>(
        &self,
        call: &Call<TestDriver>,
        volume: &NonnullStorageVol,
        use_it: impl FnOnce(&Pool, &Volume) -> R,
    ) -> Result<R, Error> {
        let table = self.lock();
        let pool = table
            .by_name(&volume.pool)
            .ok_or_else(|| StorageError::UnknownName(volume.pool.clone()))?;
        pool.require_active()?;
        let found = pool.volume(&volume.name)?;
        call.allow(&found.target())?;
        Ok(use_it(pool, found))
    }
}
