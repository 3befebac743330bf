//! The objects that commands name: pools, volumes, networks, interfaces, devices of the host.

use ferrovirt::{
    Interface, Network, NetworkFilter, NetworkFilterBinding, NodeDevice, Secret, StoragePool,
    StorageVolume,
};

use crate::arguments::Arguments;
use crate::command::{Complete, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

/// The storage pool that a command is about.
pub(crate) const POOL: Opt = Opt::text("pool", "pool name or uuid").required();

/// The storage pool of a volume, where the volume does not say it.
pub(crate) const POOL_OF_VOLUME: Opt = Opt::text("pool", "pool name or uuid");

/// The volume that a command is about.
pub(crate) const VOLUME: Opt = Opt::text("vol", "vol name, key or path").required();

/// The network that a command is about.
pub(crate) const NETWORK: Opt = Opt::text("network", "network name or uuid").required();

/// The interface that a command is about.
pub(crate) const INTERFACE: Opt =
    Opt::text("interface", "interface name or MAC address").required();

/// The device of the host that a command is about.
pub(crate) const DEVICE: Opt =
    Opt::text("device", "device name or wwn pair in 'wwnn,wwpn' format").required();

/// The secret that a command is about.
pub(crate) const SECRET: Opt = Opt::text("secret", "secret UUID").required();

/// The network filter that a command is about.
pub(crate) const FILTER: Opt = Opt::text("nwfilter", "network filter name or uuid").required();

/// The binding of a network filter that a command is about.
pub(crate) const BINDING: Opt = Opt::text("binding", "network filter binding port dev").required();

/// A document is checked against its schema.
pub(crate) const VALIDATE: Opt = Opt::flag("validate", "validate the XML against the schema");

/// The opposite of starting with the host.
pub(crate) const DISABLE: Opt = Opt::flag("disable", "disable autostarting");

/// The file that holds a document.
pub(crate) const fn file(help: &'static str) -> Opt {
    Opt::text("file", help)
        .required()
        .completed_by(Complete::File)
}

impl Shell {
    /// The pool that the option `pool` names.
    pub(crate) async fn pool(&mut self, arguments: &Arguments) -> Result<StoragePool, Failure> {
        self.pool_named(arguments.required("pool")?).await
    }

    /// The pool of that name or UUID.
    pub(crate) async fn pool_named(&mut self, word: &str) -> Result<StoragePool, Failure> {
        let connection = self.connection().await?;
        connection
            .find_storage_pool(word)
            .await
            .map_err(Failure::call(format!("failed to get pool '{word}'")))
    }

    /// The volume that the option `vol` names, in the pool that the option `pool` names, if it is
    /// given.
    pub(crate) async fn volume(&mut self, arguments: &Arguments) -> Result<StorageVolume, Failure> {
        let word = arguments.required("vol")?;
        self.volume_in(word, "pool", arguments.text("pool")).await
    }

    /// The volume of that name, key or path; `option` is what names the pool.
    pub(crate) async fn volume_in(
        &mut self,
        word: &str,
        option: &'static str,
        pool: Option<&str>,
    ) -> Result<StorageVolume, Failure> {
        let Some(pool) = pool else {
            let what = format!("failed to get vol '{word}', specifying --{option} might help");
            return self.volume_anywhere(word, what).await;
        };
        let pool = self.pool_named(pool).await?;
        if !pool.is_active().await? {
            return Err(Failure::InactivePool {
                pool: pool.name().to_owned(),
            });
        }
        if let Ok(found) = pool.lookup_volume(word).await {
            return Ok(found);
        }
        let what = format!("failed to get vol '{word}'");
        let found = self.volume_anywhere(word, what).await?;
        if found.pool_name() == pool.name() {
            return Ok(found);
        }
        Err(Failure::OtherPool {
            volume: word.to_owned(),
            pool: pool.name().to_owned(),
        })
    }

    /// The volume of that key or path; `what` is said when there is none.
    pub(crate) async fn volume_anywhere(
        &mut self,
        word: &str,
        what: String,
    ) -> Result<StorageVolume, Failure> {
        let connection = self.connection().await?;
        if let Ok(found) = connection.lookup_storage_volume_by_key(word).await {
            return Ok(found);
        }
        connection
            .lookup_storage_volume_by_path(word)
            .await
            .map_err(Failure::call(what))
    }

    /// The network that the option `network` names.
    pub(crate) async fn network(&mut self, arguments: &Arguments) -> Result<Network, Failure> {
        let word = arguments.required("network")?;
        let connection = self.connection().await?;
        connection
            .find_network(word)
            .await
            .map_err(Failure::call(format!("failed to get network '{word}'")))
    }

    /// The interface that the option `interface` names.
    pub(crate) async fn interface(&mut self, arguments: &Arguments) -> Result<Interface, Failure> {
        let word = arguments.required("interface")?;
        let connection = self.connection().await?;
        connection
            .find_interface(word)
            .await
            .map_err(Failure::call(format!("failed to get interface '{word}'")))
    }

    /// The secret that the option `secret` names.
    pub(crate) async fn secret(&mut self, arguments: &Arguments) -> Result<Secret, Failure> {
        let word = arguments.required("secret")?;
        let connection = self.connection().await?;
        connection
            .find_secret(word)
            .await
            .map_err(Failure::call(format!("failed to get secret '{word}'")))
    }

    /// The network filter that the option `nwfilter` names.
    pub(crate) async fn filter(&mut self, arguments: &Arguments) -> Result<NetworkFilter, Failure> {
        let word = arguments.required("nwfilter")?;
        let connection = self.connection().await?;
        connection
            .find_network_filter(word)
            .await
            .map_err(Failure::call(format!("failed to get nwfilter '{word}'")))
    }

    /// The binding of a network filter that the option `binding` names.
    pub(crate) async fn filter_binding(
        &mut self,
        arguments: &Arguments,
    ) -> Result<NetworkFilterBinding, Failure> {
        let word = arguments.required("binding")?;
        let connection = self.connection().await?;
        connection
            .lookup_network_filter_binding(word)
            .await
            .map_err(Failure::call(format!(
                "failed to get nwfilter binding '{word}'"
            )))
    }

    /// The device of the host that the option `device` names.
    pub(crate) async fn node_device(
        &mut self,
        arguments: &Arguments,
    ) -> Result<NodeDevice, Failure> {
        let word = arguments.required("device")?;
        if word.split(',').count() > 2 {
            return Err(Failure::MalformedDevice {
                word: word.to_owned(),
            });
        }
        let connection = self.connection().await?;
        let found = connection.find_node_device(word).await;
        found.map_err(Failure::call(format!(
            "Could not find matching device '{word}'"
        )))
    }
}

/// The words of a state that is one of two.
pub(crate) fn active(is: bool) -> String {
    if is { "active" } else { "inactive" }.to_owned()
}

/// `yes` or `no`.
pub(crate) fn yes(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

/// The flags of the options that were given.
pub(crate) fn given<F: FromIterator<F>, const N: usize>(
    arguments: &Arguments,
    options: [(&'static str, F); N],
) -> F {
    options
        .into_iter()
        .filter_map(|(name, flag)| arguments.flag(name).then_some(flag))
        .collect()
}
