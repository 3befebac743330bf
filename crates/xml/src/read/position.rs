//! Lines and columns of errors, all found in one walk over the text.

use crate::error::{Error, Fault, Origin, Problem};

/// An error whose place is known as a byte offset only.
pub(super) struct Unlocated {
    pub(super) offset: usize,
    pub(super) path: String,
    pub(super) problem: Problem,
    pub(super) fault: Fault,
    pub(super) origin: Origin,
}

/// A walk over the text.
struct Walk<'a> {
    text: &'a str,
    offset: usize,
    line: usize,
    column: usize,
}

/// Gives the errors their lines and columns; their order stays.
pub(super) fn locate(errors: Vec<Unlocated>, text: &str) -> Vec<Error> {
    let mut order: Vec<usize> = (0..errors.len()).collect();
    let offset_of = |index: &usize| errors.get(*index).map_or(0, |it| it.offset);
    order.sort_by_key(offset_of);
    let mut walk = Walk {
        text,
        offset: 0,
        line: 1,
        column: 1,
    };
    let mut places = vec![(1, 1); errors.len()];
    for index in order {
        walk.to(offset_of(&index));
        if let Some(place) = places.get_mut(index) {
            *place = (walk.line, walk.column);
        }
    }
    let located = errors.into_iter().zip(places);
    located
        .map(|(error, (line, column))| Error {
            line: super::to_u32(line),
            column: super::to_u32(column),
            path: error.path,
            problem: error.problem,
            fault: error.fault,
            origin: error.origin,
        })
        .collect()
}

impl Walk<'_> {
    /// Goes on to a place that is not before this one.
    fn to(&mut self, offset: usize) {
        let passed = self.text.get(self.offset..offset).unwrap_or_default();
        match passed.rsplit_once('\n') {
            Some((lines, rest)) => {
                self.line += 1 + lines.bytes().filter(|it| *it == b'\n').count();
                self.column = 1 + rest.chars().count();
            }
            None => self.column += passed.chars().count(),
        }
        self.offset = offset;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_do_not_depend_on_the_order_of_errors() {
        let text = "a\nüb\n\nc d";
        let error = |mark: &str| Unlocated {
            offset: text.find(mark).unwrap(),
            path: mark.to_owned(),
            problem: Problem::UnexpectedText {
                element: String::new(),
            },
            fault: Fault::Xml,
            origin: Origin::Document,
        };
        let errors = ["d", "a", "b", "c", "b"].map(error);
        let located = locate(errors.into(), text);
        let places: Vec<_> = located
            .iter()
            .map(|it| (it.path.as_str(), it.line, it.column))
            .collect();
        let expected = [
            ("d", 4, 3),
            ("a", 1, 1),
            ("b", 2, 2),
            ("c", 4, 1),
            ("b", 2, 2),
        ];
        assert_eq!(places, expected);
    }
}
