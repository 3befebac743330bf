//! Licence expressions (SPDX): names joined by OR, AND and WITH, in parentheses.

/// Whether an expression is satisfied by the licences that `allowed` accepts. What cannot be read
/// is not satisfied. `A WITH E` is asked for as one name; the old form `A/B` means either.
pub(super) fn holds(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let mut words = Words {
        words: spaced.split_whitespace().collect(),
        at: 0,
    };
    let verdict = words.either(allowed);
    verdict == Some(true) && words.at == words.words.len()
}

/// A reader by recursive descent; nothing means that the expression is malformed.
struct Words<'a> {
    words: Vec<&'a str>,
    at: usize,
}

impl<'a> Words<'a> {
    fn either(&mut self, allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
        let mut verdict = self.both(allowed)?;
        while self.take("OR") {
            verdict |= self.both(allowed)?;
        }
        Some(verdict)
    }

    fn both(&mut self, allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
        let mut verdict = self.one(allowed)?;
        while self.take("AND") {
            verdict &= self.one(allowed)?;
        }
        Some(verdict)
    }

    fn one(&mut self, allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
        if self.take("(") {
            let verdict = self.either(allowed)?;
            return self.take(")").then_some(verdict);
        }
        let name = self.name()?;
        if self.take("WITH") {
            let exception = self.name()?;
            return Some(allowed(&format!("{name} WITH {exception}")));
        }
        Some(allowed(name))
    }

    fn name(&mut self) -> Option<&'a str> {
        let word = *self.words.get(self.at)?;
        self.at += 1;
        (!matches!(word, "OR" | "AND" | "WITH" | "(" | ")")).then_some(word)
    }

    fn take(&mut self, expected: &str) -> bool {
        let there = self.words.get(self.at) == Some(&expected);
        self.at += usize::from(there);
        there
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expression: &str, expected: bool) {
        let allowed =
            |name: &str| ["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"].contains(&name);
        assert_eq!(holds(expression, &allowed), expected, "{expression}");
    }

    #[test]
    fn expressions_are_evaluated() {
        check("MIT", true);
        check("GPL-3.0", false);
        check("GPL-3.0 OR MIT", true);
        check("MIT/GPL-3.0", true);
        check("MIT AND GPL-3.0", false);
        check("MIT AND Zlib", true);
        check("(GPL-3.0 OR MIT) AND Zlib", true);
        check("GPL-3.0 OR MIT AND GPL-2.0", false);
        check("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true);
        check("Apache-2.0", false);
    }

    #[test]
    fn what_cannot_be_read_is_not_satisfied() {
        for text in [
            "", "MIT OR", "(MIT", "MIT)", "OR MIT", "MIT Zlib", "MIT WITH",
        ] {
            check(text, false);
        }
    }
}
