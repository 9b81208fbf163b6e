//! MathML, as the crate that writes it gives it, as a tree of the elements and attributes that are known: what is not
//! known makes the formula unreadable, or is left out where it is an attribute.

use assay_protocol::markup::{Math, MathAttribute, MathTag};

/// Elements within elements.
const MOST_DEEP: usize = 64;
/// Characters of an attribute's value.
const LONGEST_VALUE: usize = 80;
/// What the frame of a formula is written as (`FRAME` in `formula.rs`).
const FRAMED: &str = "color: rgb(1 2 3)";

/// An element that is open.
struct Open {
    /// Nothing for `math` itself, whose children are the tree.
    tag: Option<MathTag>,
    attributes: Vec<(MathAttribute, String)>,
    children: Vec<Math>,
}

/// The children of `math`; nothing where there is an element that is not known.
pub(crate) fn read(written: &str) -> Option<Vec<Math>> {
    let mut open: Vec<Open> = Vec::new();
    let mut rest = written;
    loop {
        let (text, after) = rest.split_once('<')?;
        if let (false, Some(parent)) = (text.is_empty(), open.last_mut()) {
            let text = unescaped(text)?;
            parent.children.push(Math::Text { text });
        }
        let (inside, after) = tag_end(after)?;
        rest = after;
        if let Some(name) = inside.strip_prefix('/') {
            let closed = open.pop()?;
            let expected = closed.tag.map_or("math", MathTag::name);
            if name.trim() != expected {
                return None;
            }
            let Some(parent) = open.last_mut() else {
                return rest.trim().is_empty().then_some(closed.children);
            };
            parent.children.push(element(closed)?);
            continue;
        }
        let is_empty = inside.ends_with('/');
        let opened = opened(inside.trim_end_matches('/'), open.is_empty())?;
        if is_empty {
            open.last_mut()?.children.push(element(opened)?);
        } else if open.len() < MOST_DEEP {
            open.push(opened);
        } else {
            return None;
        }
    }
}

/// How many parts there are.
pub(crate) fn size(math: &[Math]) -> usize {
    let one = |part: &Math| match part {
        Math::Text { .. } => 1,
        Math::Element { children, .. } => 1 + size(children),
    };
    math.iter().map(one).sum()
}

fn element(closed: Open) -> Option<Math> {
    Some(Math::Element {
        tag: closed.tag?,
        attributes: closed.attributes,
        children: closed.children,
    })
}

/// The inside of a tag, and what follows it. A value in quotes may hold the sign that ends a tag.
fn tag_end(text: &str) -> Option<(&str, &str)> {
    let mut is_quoted = false;
    let end = text.find(|c| {
        is_quoted ^= c == '"';
        c == '>' && !is_quoted
    })?;
    Some((&text[..end], &text[end + 1..]))
}

fn opened(inside: &str, is_root: bool) -> Option<Open> {
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    let tag = match (is_root, name) {
        (true, "math") => None,
        (false, name) => Some(MathTag::named(name)?),
        _ => return None,
    };
    let mut attributes = Vec::new();
    while let Some((key, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"')?;
        rest = after;
        attributes.extend(attribute(key.trim(), value).filter(|_| tag.is_some()));
    }
    Some(Open {
        tag,
        attributes,
        children: Vec::new(),
    })
}

fn attribute(key: &str, value: &str) -> Option<(MathAttribute, String)> {
    let (key, value) = match key {
        "style" if value == FRAMED => (MathAttribute::Class, "framed"),
        // Colours would not fit the page's, light or dark.
        "style" => return None,
        key => (MathAttribute::named(key)?, value),
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " .-+%".contains(c);
    (value.len() <= LONGEST_VALUE && value.chars().all(is_plain)).then(|| (key, value.to_owned()))
}

fn unescaped(text: &str) -> Option<String> {
    let mut parts = text.split('&');
    let mut out = parts.next()?.to_owned();
    for part in parts {
        let (name, after) = part.split_once(';')?;
        let sign = match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" | "#39" | "#x27" => '\'',
            "nbsp" => '\u{a0}',
            _ => return None,
        };
        out.push(sign);
        out.push_str(after);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::read;
    use assay_protocol::markup::{Math, MathTag};

    #[test]
    fn only_what_is_known_is_read() {
        let read_one =
            read(r#"<math display="inline"><mi onclick="x" stretchy="true">&lt;</mi></math>"#);
        let Some(
            [
                Math::Element {
                    tag,
                    attributes,
                    children,
                },
            ],
        ) = read_one.as_deref()
        else {
            panic!("{read_one:?}");
        };
        assert_eq!(*tag, MathTag::Mi);
        assert_eq!(attributes.len(), 1);
        assert_eq!(children, &[Math::Text { text: "<".into() }]);
        for bad in [
            "<math><script>x</script></math>",
            "<math><mi>x</mo></math>",
            "<math><mi>x</mi>",
            "<math><mi>&bogus;</mi></math>",
            "<p></p>",
            "",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
        let deep = format!(
            "<math>{}{}</math>",
            "<mrow>".repeat(80),
            "</mrow>".repeat(80)
        );
        assert_eq!(read(&deep), None);
    }
}
