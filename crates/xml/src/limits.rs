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
    /// (128 NUMA cells with all their distances) has half as many; what the smallest of them becomes
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
            nodes: 1 << 16,
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
        Scan {
            text,
            at: 0,
            attributes: 0,
            depth: 0,
            nodes: 0,
            namespaces: 0,
        }
        .run(self)
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

impl Scan<'_> {
    /// Runs to the end, or to the place where the document is not well-formed: the parser says so.
    fn run(mut self, limits: &Limits) -> Result<(), (usize, Problem)> {
        while self.skip_to_byte('<') {
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
                self.skip_to_byte('>')
            } else {
                self.start_tag(rest, limits)?
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

    /// The same for one character, of which there are most: found much quicker.
    fn skip_to_byte(&mut self, mark: char) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let found = rest.find(mark);
        self.at += found.map_or(0, |it| it + mark.len_utf8());
        found.is_some()
    }

    fn start_tag(&mut self, rest: &str, limits: &Limits) -> Result<bool, (usize, Problem)> {
        let mut quote = None;
        let mut before = 0;
        let mut attributes = 0;
        for (index, byte) in rest.bytes().enumerate() {
            match (quote, byte) {
                (Some(open), _) if open == byte => quote = None,
                (Some(_), _) => {}
                (None, b'\'' | b'"') => {
                    quote = Some(byte);
                    attributes += 1;
                    self.attributes += 1;
                    if self.attributes > limits.all_attributes {
                        let limit = limits.all_attributes;
                        return Err((self.at + index, Problem::TooManyAttributesInAll { limit }));
                    }
                    if attributes > limits.attributes {
                        let limit = limits.attributes;
                        return Err((self.at + index, Problem::TooManyAttributes { limit }));
                    }
                }
                (None, b'x') if rest.get(index..).is_some_and(|it| it.starts_with("xmlns")) => {
                    self.namespaces += 1;
                    if self.namespaces > limits.namespaces {
                        let limit = limits.namespaces;
                        return Err((self.at + index, Problem::TooManyNamespaces { limit }));
                    }
                }
                (None, b'>') => {
                    if before != b'/' {
                        self.depth += 1;
                    }
                    if self.depth > limits.depth {
                        return Err((
                            self.at,
                            Problem::TooDeep {
                                limit: limits.depth,
                            },
                        ));
                    }
                    self.at += index + 1;
                    return Ok(true);
                }
                (None, _) => {}
            }
            before = byte;
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
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
