//! Licence expressions as crates give them (SPDX): names joined by OR, AND and WITH, with parentheses; the
//! slash of older crates means OR.

/// Whether the expression is met by licences that are `allowed`. A name with an exception is asked for with
/// both names: `Apache-2.0 WITH LLVM-exception`.
pub fn is_met(expression: &str, allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let mut parser = Parser {
        words: words(expression),
        next: 0,
        allowed,
    };
    let met = parser.any()?;
    match parser.words.get(parser.next) {
        None => Ok(met),
        Some(word) => Err(format!("{word:?} was not expected in {expression:?}")),
    }
}

fn words(expression: &str) -> Vec<String> {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    spaced.split_whitespace().map(str::to_owned).collect()
}

struct Parser<'a> {
    words: Vec<String>,
    next: usize,
    allowed: &'a dyn Fn(&str) -> bool,
}

impl Parser<'_> {
    fn take(&mut self, word: &str) -> bool {
        let found = self.words.get(self.next).is_some_and(|w| w == word);
        self.next += usize::from(found);
        found
    }

    fn any(&mut self) -> Result<bool, String> {
        let mut met = self.all()?;
        while self.take("OR") {
            met |= self.all()?;
        }
        Ok(met)
    }

    fn all(&mut self) -> Result<bool, String> {
        let mut met = self.one()?;
        while self.take("AND") {
            met &= self.one()?;
        }
        Ok(met)
    }

    fn one(&mut self) -> Result<bool, String> {
        if self.take("(") {
            let met = self.any()?;
            return if self.take(")") {
                Ok(met)
            } else {
                Err("a parenthesis is not closed".to_owned())
            };
        }
        let name = self.name()?;
        if self.take("WITH") {
            let exception = self.name()?;
            return Ok((self.allowed)(&format!("{name} WITH {exception}")));
        }
        Ok((self.allowed)(&name))
    }

    fn name(&mut self) -> Result<String, String> {
        let word = self.words.get(self.next).cloned();
        self.next += 1;
        word.filter(|w| !["OR", "AND", "WITH", "(", ")"].contains(&w.as_str()))
            .ok_or_else(|| "a licence's name is missing".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::is_met;

    #[test]
    fn expressions_are_met_as_spdx_has_it() {
        let allowed = ["MIT", "BSD-3-Clause", "Apache-2.0 WITH LLVM-exception"];
        let met = |expression| is_met(expression, &|name| allowed.contains(&name));
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("GPL-3.0 OR MIT", true),
            ("GPL-3.0/MIT", true),
            ("GPL-3.0 AND MIT", false),
            ("MIT AND BSD-3-Clause", true),
            ("(Apache-2.0 OR MIT) AND BSD-3-Clause", true),
            // AND binds more closely than OR.
            ("MIT OR GPL-3.0 AND Apache-2.0", true),
            ("Apache-2.0", false),
            ("Apache-2.0 WITH LLVM-exception", true),
        ] {
            assert_eq!(met(expression), Ok(expected), "{expression}");
        }
        for broken in ["", "MIT OR", "(MIT", "MIT)", "MIT Apache-2.0", "OR MIT"] {
            assert!(met(broken).is_err(), "{broken}");
        }
    }
}
