//! The round of every command that makes an object from the document in a file.

use ferrovirt::Connection;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::shell::{Shell, read_file};

/// Makes an object from the document in the file that the option `file` names; the object, and the
/// file's name. `what` says what fails when it does, as "define network".
pub(crate) async fn from_file<'a, T>(
    shell: &mut Shell,
    arguments: &'a Arguments,
    what: &str,
    make: impl AsyncFnOnce(Connection, String) -> ferrovirt::Result<T>,
) -> Result<(T, &'a str), Failure> {
    let path = arguments.required("file")?;
    let xml = read_file(path)?;
    let connection = shell.connection().await?;
    let made = make(connection, xml)
        .await
        .map_err(Failure::call(format!("Failed to {what} from {path}")))?;
    Ok((made, path))
}
