//! Every package in the build has a licence that `deny.toml` allows.
//!
//! cargo-deny checks the same and more; this check is the one that needs no other tool.

mod expression;

use toml::Table;

use super::Finding;
use super::tree::{Package, Tree};
use crate::error::Error;

const POLICY: &str = "deny.toml";

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>, Error> {
    let policy = tree
        .files
        .iter()
        .find(|file| file.path.as_os_str() == POLICY);
    let Some(policy) = policy else {
        return Ok(vec![Finding::new(
            POLICY,
            0,
            "is missing: it lists the licences allowed",
        )]);
    };
    let table: Table = policy.text.parse().map_err(|source| Error::Toml {
        path: POLICY.into(),
        source,
    })?;
    let allowed = allowed(&table);
    let refused = tree
        .packages
        .iter()
        .filter(|package| !is_allowed(package, &allowed));
    Ok(refused.map(refusal).collect())
}

fn allowed(policy: &Table) -> Vec<String> {
    let list = policy
        .get("licenses")
        .and_then(|licences| licences.get("allow")?.as_array());
    list.into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.as_str()?.to_owned()))
        .collect()
}

fn is_allowed(package: &Package, allowed: &[String]) -> bool {
    let licence = package.license.as_deref().unwrap_or_default();
    expression::holds(licence, &|name| allowed.iter().any(|known| known == name))
}

fn refusal(package: &Package) -> Finding {
    let Package {
        name,
        version,
        license,
        ..
    } = package;
    let licence = license.as_deref().unwrap_or("no licence");
    Finding::new(
        POLICY,
        0,
        format!("does not allow {name} {version}: {licence}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_licence(licence: Option<&str>, expected: usize) {
        let mut tree = Tree::sample(&[(POLICY, "[licenses]\nallow = [\"MIT\", \"Zlib\"]\n")]);
        let license = licence.map(str::to_owned);
        tree.packages = vec![Package {
            license,
            ..Package::default()
        }];
        assert_eq!(check(&tree).unwrap().len(), expected, "{licence:?}");
    }

    #[test]
    fn what_is_not_allowed_is_found() {
        check_licence(Some("MIT"), 0);
        check_licence(Some("GPL-3.0 OR Zlib"), 0);
        check_licence(Some("GPL-3.0"), 1);
        check_licence(None, 1);
    }

    #[test]
    fn a_policy_must_be_there() {
        assert_eq!(check(&Tree::sample(&[])).unwrap().len(), 1);
    }
}
