//! Network filters, and the ports of the host that they are bound to.

use protocol::flags::{NoFlags, NwFilterBindingCreateFlags, NwFilterDefineFlags};
use protocol::remote::{
    ConnectListAllNwfilterBindings, ConnectListAllNwfilterBindingsArgs, ConnectListAllNwfilters,
    ConnectListAllNwfiltersArgs, NonnullNwfilter, NonnullNwfilterBinding, NwfilterBindingCreateXml,
    NwfilterBindingCreateXmlArgs, NwfilterBindingDelete, NwfilterBindingDeleteArgs,
    NwfilterBindingGetXmlDesc, NwfilterBindingGetXmlDescArgs, NwfilterBindingLookupByPortDev,
    NwfilterBindingLookupByPortDevArgs, NwfilterDefineXml, NwfilterDefineXmlArgs,
    NwfilterDefineXmlFlags, NwfilterDefineXmlFlagsArgs, NwfilterGetXmlDesc, NwfilterGetXmlDescArgs,
    NwfilterLookupByName, NwfilterLookupByNameArgs, NwfilterLookupByUuid, NwfilterLookupByUuidArgs,
    NwfilterUndefine, NwfilterUndefineArgs,
};

use crate::connection::{Connection, text};
use crate::domain::{parse_uuid, uuid_string};
use crate::error::Result;

/// A network filter of a connection.
#[derive(Debug, Clone)]
pub struct NetworkFilter {
    connection: Connection,
    wire: NonnullNwfilter,
}

/// The binding of a filter to a port of the host.
#[derive(Debug, Clone)]
pub struct NetworkFilterBinding {
    connection: Connection,
    wire: NonnullNwfilterBinding,
}

impl Connection {
    /// All network filters.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn list_all_network_filters(&self) -> Result<Vec<NetworkFilter>> {
        let args = ConnectListAllNwfiltersArgs {
            need_results: 1,
            flags: NoFlags,
        };
        let answer = self.call::<ConnectListAllNwfilters>(&args).await?;
        let filters = answer.filters.into_iter();
        Ok(filters.map(|wire| NetworkFilter::new(self, wire)).collect())
    }

    /// The network filter called `name`.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoNwfilter`] when there is none.
    pub async fn lookup_network_filter(&self, name: &str) -> Result<NetworkFilter> {
        let args = NwfilterLookupByNameArgs {
            name: text("the name", name)?,
        };
        let found = self.call::<NwfilterLookupByName>(&args).await?;
        Ok(NetworkFilter::new(self, found.nwfilter))
    }

    /// The network filter with that UUID.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoNwfilter`] when there is none.
    pub async fn lookup_network_filter_by_uuid(&self, uuid: [u8; 16]) -> Result<NetworkFilter> {
        let args = NwfilterLookupByUuidArgs { uuid };
        let found = self.call::<NwfilterLookupByUuid>(&args).await?;
        Ok(NetworkFilter::new(self, found.nwfilter))
    }

    /// The network filter with that UUID or name.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoNwfilter`] when there is none.
    pub async fn find_network_filter(&self, word: &str) -> Result<NetworkFilter> {
        if let Some(uuid) = parse_uuid(word) {
            match self.lookup_network_filter_by_uuid(uuid).await {
                Err(error) if error.is_not_found() => {}
                other => return other,
            }
        }
        self.lookup_network_filter(word).await
    }

    /// Defines a network filter, or changes the definition of the one with its UUID.
    ///
    /// # Errors
    ///
    /// When the document is refused, or another filter has its name.
    pub async fn define_network_filter(&self, xml: &str) -> Result<NetworkFilter> {
        let args = NwfilterDefineXmlArgs {
            xml: text("the document", xml)?,
        };
        let made = self.call::<NwfilterDefineXml>(&args).await?;
        Ok(NetworkFilter::new(self, made.nwfilter))
    }

    /// Defines a network filter, as `flags` say.
    ///
    /// # Errors
    ///
    /// As for [`Connection::define_network_filter`].
    pub async fn define_network_filter_with(
        &self,
        xml: &str,
        flags: NwFilterDefineFlags,
    ) -> Result<NetworkFilter> {
        let args = NwfilterDefineXmlFlagsArgs {
            xml: text("the document", xml)?,
            flags,
        };
        let made = self.call::<NwfilterDefineXmlFlags>(&args).await?;
        Ok(NetworkFilter::new(self, made.nwfilter))
    }

    /// All bindings of network filters.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn list_all_network_filter_bindings(&self) -> Result<Vec<NetworkFilterBinding>> {
        let args = ConnectListAllNwfilterBindingsArgs {
            need_results: 1,
            flags: NoFlags,
        };
        let answer = self.call::<ConnectListAllNwfilterBindings>(&args).await?;
        let bindings = answer.bindings.into_iter();
        Ok(bindings
            .map(|wire| NetworkFilterBinding::new(self, wire))
            .collect())
    }

    /// The binding of a network filter to that port of the host.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoNwfilterBinding`] when there is none.
    pub async fn lookup_network_filter_binding(&self, port: &str) -> Result<NetworkFilterBinding> {
        let args = NwfilterBindingLookupByPortDevArgs {
            name: text("the port", port)?,
        };
        let found = self.call::<NwfilterBindingLookupByPortDev>(&args).await?;
        Ok(NetworkFilterBinding::new(self, found.nwfilter))
    }

    /// Binds a network filter to a port of the host.
    ///
    /// # Errors
    ///
    /// When the document is refused, or the port has a binding already.
    pub async fn create_network_filter_binding(
        &self,
        xml: &str,
        flags: NwFilterBindingCreateFlags,
    ) -> Result<NetworkFilterBinding> {
        let args = NwfilterBindingCreateXmlArgs {
            xml: text("the document", xml)?,
            flags,
        };
        let made = self.call::<NwfilterBindingCreateXml>(&args).await?;
        Ok(NetworkFilterBinding::new(self, made.nwfilter))
    }
}

impl NetworkFilter {
    fn new(connection: &Connection, wire: NonnullNwfilter) -> Self {
        Self {
            connection: connection.clone(),
            wire,
        }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.wire.name
    }

    /// The UUID in its usual form.
    #[must_use]
    pub fn uuid_string(&self) -> String {
        uuid_string(&self.wire.uuid)
    }

    /// The connection that it came from.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The document.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoNwfilter`] when it is gone.
    pub async fn xml(&self) -> Result<String> {
        let args = NwfilterGetXmlDescArgs {
            nwfilter: self.wire.clone(),
            flags: NoFlags,
        };
        Ok(self.connection.call::<NwfilterGetXmlDesc>(&args).await?.xml)
    }

    /// Removes it.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] while a guest uses it.
    pub async fn undefine(&self) -> Result<()> {
        let args = NwfilterUndefineArgs {
            nwfilter: self.wire.clone(),
        };
        self.connection.call::<NwfilterUndefine>(&args).await
    }
}

impl NetworkFilterBinding {
    fn new(connection: &Connection, wire: NonnullNwfilterBinding) -> Self {
        Self {
            connection: connection.clone(),
            wire,
        }
    }

    /// The port of the host.
    #[must_use]
    pub fn port(&self) -> &str {
        &self.wire.portdev
    }

    /// The name of the filter.
    #[must_use]
    pub fn filter_name(&self) -> &str {
        &self.wire.filtername
    }

    /// The document.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoNwfilterBinding`] when it is gone.
    pub async fn xml(&self) -> Result<String> {
        let args = NwfilterBindingGetXmlDescArgs {
            nwfilter: self.wire.clone(),
            flags: NoFlags,
        };
        let answer = self.connection.call::<NwfilterBindingGetXmlDesc>(&args);
        Ok(answer.await?.xml)
    }

    /// Removes it.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoNwfilterBinding`] when it is gone.
    pub async fn delete(&self) -> Result<()> {
        let args = NwfilterBindingDeleteArgs {
            nwfilter: self.wire.clone(),
        };
        self.connection.call::<NwfilterBindingDelete>(&args).await
    }
}
