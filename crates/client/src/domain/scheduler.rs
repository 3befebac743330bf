//! How the host's processor time is shared among domains.

use protocol::flags::{DomainModificationImpact, DomainParameterFlags};
use protocol::remote::{
    DomainGetSchedulerParameters, DomainGetSchedulerParametersArgs,
    DomainGetSchedulerParametersFlags, DomainGetSchedulerParametersFlagsArgs,
    DomainGetSchedulerType, DomainGetSchedulerTypeArgs, DomainSetSchedulerParameters,
    DomainSetSchedulerParametersArgs, DomainSetSchedulerParametersFlags,
    DomainSetSchedulerParametersFlagsArgs,
};
use protocol::typed_param::TypedParam;

use super::Domain;
use crate::error::Result;

impl Domain {
    /// The scheduler's name, and how many parameters it has.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn scheduler(&self) -> Result<(String, i32)> {
        let args = DomainGetSchedulerTypeArgs { dom: self.wire() };
        let answer = self
            .connection()
            .call::<DomainGetSchedulerType>(&args)
            .await?;
        Ok((answer.r#type, answer.nparams))
    }

    /// At most `count` of the scheduler's parameters: of the running domain if it runs, else of its
    /// next start.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn scheduler_parameters(&self, count: i32) -> Result<Vec<TypedParam>> {
        let args = DomainGetSchedulerParametersArgs {
            dom: self.wire(),
            nparams: count,
        };
        let answer = self
            .connection()
            .call::<DomainGetSchedulerParameters>(&args)
            .await?;
        Ok(answer.params)
    }

    /// At most `count` of the scheduler's parameters, of the running domain or of its next start.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when the running domain is meant and it does not run.
    pub async fn scheduler_parameters_of(
        &self,
        count: i32,
        impact: DomainModificationImpact,
    ) -> Result<Vec<TypedParam>> {
        let of = DomainParameterFlags::from_bits_truncate(impact.bits());
        let args = DomainGetSchedulerParametersFlagsArgs {
            dom: self.wire(),
            nparams: count,
            flags: of | DomainParameterFlags::STRING_OKAY,
        };
        let answer = self
            .connection()
            .call::<DomainGetSchedulerParametersFlags>(&args)
            .await?;
        Ok(answer.params)
    }

    /// Sets parameters of the scheduler: of the running domain if it runs, else of its next start.
    ///
    /// # Errors
    ///
    /// [`crate::Code::InvalidArg`] for a parameter or value that the scheduler does not have.
    pub async fn set_scheduler_parameters(&self, params: Vec<TypedParam>) -> Result<()> {
        let args = DomainSetSchedulerParametersArgs {
            dom: self.wire(),
            params,
        };
        self.connection()
            .call::<DomainSetSchedulerParameters>(&args)
            .await
    }

    /// Sets parameters of the scheduler, of the running domain, of its next start, or of both.
    ///
    /// # Errors
    ///
    /// As for [`Domain::set_scheduler_parameters`].
    pub async fn set_scheduler_parameters_of(
        &self,
        params: Vec<TypedParam>,
        impact: DomainModificationImpact,
    ) -> Result<()> {
        let args = DomainSetSchedulerParametersFlagsArgs {
            dom: self.wire(),
            params,
            flags: impact,
        };
        self.connection()
            .call::<DomainSetSchedulerParametersFlags>(&args)
            .await
    }
}
