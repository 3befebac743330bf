//! ARCHITECTURE.md names every room, so that its map cannot fall behind.

use super::Finding;
use super::layers::ROOMS;
use super::tree::Tree;
use crate::error::Error;

const MAP: &str = "ARCHITECTURE.md";

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>, Error> {
    let map = tree.files.iter().find(|file| file.path.as_os_str() == MAP);
    let text = map.map(|file| file.text.as_str()).unwrap_or_default();
    let built = ROOMS.iter().filter(|room| {
        let manifest = format!("{}/Cargo.toml", room.place);
        tree.files
            .iter()
            .any(|file| file.path.as_os_str() == manifest.as_str())
    });
    let unnamed = built.filter(|room| !text.contains(&format!("`{}", room.place)));
    Ok(unnamed
        .map(|room| Finding::new(MAP, 0, format!("does not name `{}`", room.place)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_that_the_map_leaves_out_is_found() {
        let built = ("crates/xdr/Cargo.toml", "");
        assert_eq!(
            check(&Tree::sample(&[built, (MAP, "no rooms")]))
                .unwrap()
                .len(),
            1
        );
        assert!(
            check(&Tree::sample(&[built, (MAP, "`crates/xdr`")]))
                .unwrap()
                .is_empty()
        );
    }
}
