//! What the daemon logs, and where to.

use protocol::admin as wire;

use super::error::AdminError;
use super::servers::count;
use super::{Admin, Answer};

impl Admin {
    pub(super) fn logging_outputs(&self) -> Answer<wire::ConnectGetLoggingOutputs> {
        let outputs = self.log.outputs();
        Ok(wire::ConnectGetLoggingOutputsRet {
            noutputs: count(outputs.len()),
            outputs: outputs.to_string(),
        })
    }

    pub(super) fn logging_filters(&self) -> Answer<wire::ConnectGetLoggingFilters> {
        let filters = self.log.filters();
        Ok(wire::ConnectGetLoggingFiltersRet {
            nfilters: count(filters.len()),
            filters: (filters.len() > 0).then(|| filters.to_string()),
        })
    }

    /// No outputs means the ones that the daemon began with.
    pub(super) fn set_logging_outputs(
        &self,
        args: wire::ConnectSetLoggingOutputsArgs,
    ) -> Answer<wire::ConnectSetLoggingOutputs> {
        match args
            .outputs
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            Some(text) => self.log.set_outputs(text.parse()?),
            None => self.log.reset_outputs(),
        }
        .map_err(AdminError::Log)
    }

    /// No filters means none.
    pub(super) fn set_logging_filters(
        &self,
        args: wire::ConnectSetLoggingFiltersArgs,
    ) -> Answer<wire::ConnectSetLoggingFilters> {
        let filters = args.filters.unwrap_or_default().parse()?;
        self.log.set_filters(filters).map_err(AdminError::Log)
    }
}
