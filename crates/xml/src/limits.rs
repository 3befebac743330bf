//! Bounds on a document, checked in one cheap pass before anything is allocated for it.
//!
//! The parser below us compares each attribute of an element with all the others and copies the
//! namespaces in scope; so the numbers of both must be known to be small before it starts.

use crate::Problem;

/// How large a document may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes. The wire cannot carry more than 4 MiB in one string.
    pub bytes: usize,
    /// Elements inside each other.
    pub depth: usize,
    /// Elements, texts, comments and processing instructions. The largest domain that is possible
    /// (128 NUMA cells with all their distances) has 33,000; what the smallest of them becomes
    /// in memory is a thousand bytes.
    pub nodes: usize,
    /// Attributes of one element.
    pub attributes: usize,
    /// Attributes in all: with those of one element it bounds how many are compared.
    pub all_attributes: usize,
    /// References to characters, `&lt;` and its like: a text with one is put together letter by letter.
    pub references: usize,
    /// Namespace declarations in all.
    pub namespaces: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 4 << 20,
            depth: 128,
            nodes: 40_000,
            attributes: 128,
            all_attributes: 1 << 17,
            references: 1 << 14,
            namespaces: 512,
        }
    }
}

impl Limits {
    /// Finds the first excess: its byte offset, and which limit it is.
    pub(crate) fn check(&self, text: &str) -> Result<(), (usize, Problem)> {
        if text.len() > self.bytes {
            return Err((
                0,
                Problem::TooLong {
                    length: text.len(),
                    limit: self.bytes,
                },
            ));
        }
        let references = text.bytes().filter(|it| *it == b'&').count();
        if references > self.references {
            let limit = self.references;
            return Err((0, Problem::TooManyReferences { limit }));
        }
        if self.surely_hold(text) {
            return Ok(());
        }
        Scan::new(text).run(self)
    }
}

/// Bytes of the shortest attribute, with the space before it: ` a=''`.
const SHORTEST_ATTRIBUTE: usize = 5;

impl Limits {
    /// Whether a document is so short and plain that none of its numbers can exceed, which is seen without a look at
    /// each letter: almost every document is, and the scan is a good part of its way.
    fn surely_hold(&self, text: &str) -> bool {
        if text.len() > self.nodes.min(self.all_attributes) || text.contains("xmlns") {
            return false;
        }
        let mut depth: usize = 0;
        // No attribute holds a `<`, so that each tag is in a piece of its own, with the text behind it.
        for piece in text.split('<').skip(1) {
            match piece.as_bytes() {
                [b'/', ..] => depth = depth.saturating_sub(1),
                // What is within a comment is no tag.
                [b'!' | b'?', ..] => return false,
                bytes => {
                    let ends = bytes.iter().filter(|it| **it == b'>').count();
                    let is_empty = bytes.trim_ascii_end().ends_with(b"/>");
                    depth += usize::from(!is_empty);
                    // With two ends it takes the quotes to tell which of them is the tag's.
                    let is_long = bytes.len() >= SHORTEST_ATTRIBUTE * self.attributes;
                    if ends != 1 || is_long || depth > self.depth {
                        return false;
                    }
                }
            }
        }
        true
    }
}

/// A walk over the tags that looks at nothing else.
struct Scan<'a> {
    text: &'a str,
    at: usize,
    attributes: usize,
    depth: usize,
    nodes: usize,
    namespaces: usize,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            attributes: 0,
            depth: 0,
            nodes: 0,
            namespaces: 0,
        }
    }

    /// Runs to the end, or to the place where the document is not well-formed: the parser says so.
    fn run(mut self, limits: &Limits) -> Result<(), (usize, Problem)> {
        while self.skip_to_byte(b'<') {
            // The tag and the text after it.
            self.nodes += 2;
            if self.nodes > limits.nodes {
                return Err((
                    self.at,
                    Problem::TooManyNodes {
                        limit: limits.nodes,
                    },
                ));
            }
            let rest = self.text.get(self.at..).unwrap_or_default();
            let closed = if rest.starts_with("!--") {
                self.skip_to("-->")
            } else if rest.starts_with("![CDATA[") {
                self.skip_to("]]>")
            } else if rest.starts_with('?') {
                self.skip_to("?>")
            } else if rest.starts_with('/') {
                self.depth = self.depth.saturating_sub(1);
                self.skip_to_byte(b'>')
            } else {
                self.start_tag(limits)?
            };
            if !closed {
                break;
            }
        }
        Ok(())
    }

    /// Moves behind the next `mark`; false when there is none.
    fn skip_to(&mut self, mark: &str) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        match rest.find(mark) {
            Some(found) => {
                self.at += found + mark.len();
                true
            }
            None => false,
        }
    }

    /// The same for one letter, which is found much quicker where it is far.
    fn skip_to_byte(&mut self, mark: u8) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let found = rest.find(char::from(mark));
        self.at += found.map_or(0, |it| it + 1);
        found.is_some()
    }

    /// Passes a start tag from quote to quote; false where the text ends within it.
    fn start_tag(&mut self, limits: &Limits) -> Result<bool, (usize, Problem)> {
        let mut attributes = 0;
        loop {
            let rest = self.rest();
            let mark = |it: &u8| matches!(it, b'\'' | b'"' | b'>');
            let Some(found) = rest.iter().position(mark) else {
                return Ok(false);
            };
            let (before, tail) = rest.split_at(found);
            self.at += found + 1;
            match tail.first() {
                Some(b'>') => {
                    self.depth += usize::from(!before.ends_with(b"/"));
                    return match self.depth > limits.depth {
                        true => Err((
                            self.at,
                            Problem::TooDeep {
                                limit: limits.depth,
                            },
                        )),
                        false => Ok(true),
                    };
                }
                Some(quote) => {
                    attributes += 1;
                    self.attribute(before, attributes, limits)?;
                    if !self.skip_to_byte(*quote) {
                        return Ok(false);
                    }
                }
                None => return Ok(false),
            }
        }
    }

    /// Counts an attribute, the so-many-th of its element, by what stands before its value.
    fn attribute(
        &mut self,
        before: &[u8],
        attributes: usize,
        limits: &Limits,
    ) -> Result<(), (usize, Problem)> {
        self.attributes += 1;
        // An element's name, or white space, may stand before the attribute's.
        let declares = before.split(u8::is_ascii_whitespace);
        let declares = declares.filter(|it| it.starts_with(b"xmlns")).count();
        self.namespaces += declares;
        let excess = if self.attributes > limits.all_attributes {
            let limit = limits.all_attributes;
            Problem::TooManyAttributesInAll { limit }
        } else if attributes > limits.attributes {
            let limit = limits.attributes;
            Problem::TooManyAttributes { limit }
        } else if self.namespaces > limits.namespaces {
            let limit = limits.namespaces;
            Problem::TooManyNamespaces { limit }
        } else {
            return Ok(());
        };
        Err((self.at, excess))
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str) -> Result<(), Problem> {
        let limits = Limits {
            bytes: 200,
            depth: 3,
            nodes: 20,
            attributes: 2,
            all_attributes: 3,
            references: 2,
            namespaces: 1,
        };
        limits.check(text).map_err(|(_, problem)| problem)
    }

    #[test]
    fn what_is_within_the_limits_passes() {
        assert_eq!(
            check("<a x='>' y=\"/\"><b><c/><c/></b><!-- <<<< --></a>"),
            Ok(())
        );
        assert_eq!(check("<a"), Ok(()));
    }

    /// Elements in each other, with all that may look like the end of a tag.
    fn element() -> impl Strategy<Value = String> {
        let attribute = prop_oneof![
            Just(" a='/>'"),
            Just(" b=\"'>\""),
            Just(" c=''"),
            Just(" xmlns:d='u'"),
        ];
        let attributes = vec(attribute, 0..5).prop_map(|it| it.concat());
        let text = prop_oneof![Just(""), Just("\n "), Just("t/>"), Just("<!-- <a> -->")];
        let empty = attributes.clone().prop_map(|it| format!("<e{it}/>"));
        empty.prop_recursive(6, 16, 3, move |inner| {
            (attributes.clone(), text.clone(), vec(inner, 0..3)).prop_map(
                |(attributes, text, inner)| {
                    format!("<e{attributes}>{text}{}</e>", inner.join(text))
                },
            )
        })
    }

    proptest! {
        #[test]
        fn what_surely_holds_holds(text in element()) {
            let limits = Limits {
                depth: 3,
                nodes: 100,
                attributes: 3,
                all_attributes: 100,
                namespaces: 0,
                ..Limits::default()
            };
            if limits.surely_hold(&text) {
                prop_assert_eq!(Scan::new(&text).run(&limits), Ok(()));
            }
        }
    }

    #[test]
    fn a_plain_document_surely_holds() {
        let limits = Limits::default();
        assert!(limits.surely_hold("<a>\n  <b c='1' d='2'/>\n  <e>text</e>\n</a>"));
        for other in ["<a b='>'/>", "<a>/></a>", "<!-- --><a/>", "<a xmlns='u'/>"] {
            assert!(!limits.surely_hold(other), "{other}");
        }
    }

    #[test]
    fn each_limit_is_kept() {
        assert_eq!(
            check(&"x".repeat(201)),
            Err(Problem::TooLong {
                length: 201,
                limit: 200
            })
        );
        assert_eq!(
            check("<a><a><a><a></a></a></a></a>"),
            Err(Problem::TooDeep { limit: 3 })
        );
        assert_eq!(
            check(&"<a/>".repeat(11)),
            Err(Problem::TooManyNodes { limit: 20 })
        );
        assert_eq!(
            check("<a a='' b='' c=''/>"),
            Err(Problem::TooManyAttributes { limit: 2 })
        );
        assert_eq!(
            check("<a a='' b=''><b a='' b=''/></a>"),
            Err(Problem::TooManyAttributesInAll { limit: 3 })
        );
        assert_eq!(
            check("<a>&lt;&#33;&lt;</a>"),
            Err(Problem::TooManyReferences { limit: 2 })
        );
        assert_eq!(
            check("<a xmlns:a='1'><b xmlns:b='2'/></a>"),
            Err(Problem::TooManyNamespaces { limit: 1 })
        );
    }
}
