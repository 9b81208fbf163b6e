//! LaTeX as tokens. As in the grammar of latex2sympy2_extended the longest spelling wins and a command does not end
//! at the last letter: `\pir` is π and r, and `\pmod` is ± followed by letters.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a token is to the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Number,
    PercentNumber,
    /// A number with an exponent, such as 1.5E3.
    Scientific,
    Letter,
    /// A capital E, which may begin an exponent.
    CapitalE,
    /// A small e: Euler's number.
    Euler,
    /// d and a letter, as at the end of an integral.
    Differential,
    Greek,
    OtherSymbol,
    /// A command with a text in braces that becomes one symbol, `\text{...}` among them.
    Accent,
    Infinity,
    Gamma,
    Function,
    MultiFunction,
    OperatorName,
    /// A word with a meaning inside `\operatorname{...}` alone.
    Name,
    Sqrt,
    SumOver,
    ProductOver,
    Frac,
    Binom,
    Choose,
    MatrixStart,
    MatrixEnd,
    Column,
    Row,
    Add,
    Sub,
    Mul,
    Div,
    Colon,
    Mod,
    PlusMinus,
    LeftParen,
    RightParen,
    LeftBrace,
    RightBrace,
    LeftBraceVisual,
    RightBraceVisual,
    LeftBracket,
    RightBracket,
    Bar,
    LeftVert,
    RightVert,
    Vert,
    LeftFloor,
    RightFloor,
    LeftCeil,
    RightCeil,
    Boxed,
    Underscore,
    Caret,
    Semicolon,
    Comma,
    Bang,
    /// `^T` and its kin.
    Transpose,
    /// `^\circ` and its kin, which are ignored.
    Degree,
    In,
    NotIn,
    Assign,
    Equal,
    Approx,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Unequal,
    Union,
    Intersection,
    SetMinus,
    EmptySet,
    NamedSet,
    /// What is passed over: spacing.
    Skip,
    /// What the grammar knows and this crate does not read: limits, integrals and others.
    Unsupported,
}

/// A token with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: &'a str,
}

/// The most tokens of a formula that is an answer.
const MOST_TOKENS: usize = 1500;

/// Spellings that are the same everywhere, by kind, with blanks between them. A Greek letter of its own stands after the
/// command that it is short for.
#[rustfmt::skip]
const FIXED: &[(Kind, &str)] = &[
    (Kind::Skip, concat!(
        r"\, \thinspace \: \medspace \; \thickspace \quad \qquad \! \negthinspace \negmedspace ",
        r"\negthickspace \$ \vrule \vcenter \vbox \vskip \vspace \hfil",
    )),
    (Kind::Add, r"+ ∔ ⊕ ⊞"),
    (Kind::Sub, r"- − ∸"),
    (Kind::Mul, r"* × ⋅ ⋄ ⊡ ∗ ⋆ ∘ ∙ ⊗ ⊠ ⋈ ⋉ ⋊ \times \cdot"),
    (Kind::Div, r"/ ÷ ∕ \over \div"),
    (Kind::Mod, r"\mod"),
    (Kind::Colon, r":"),
    (Kind::LeftParen, r"( \( \lgroup"),
    (Kind::RightParen, r") \) \rgroup"),
    (Kind::LeftBrace, r"{"),
    (Kind::RightBrace, r"}"),
    (Kind::LeftBraceVisual, r"\{ \lbrace"),
    (Kind::RightBraceVisual, r"\} \rbrace"),
    (Kind::LeftBracket, r"[ \lbrack"),
    (Kind::RightBracket, r"] \rbrack"),
    (Kind::Boxed, r"\boxed \phantom"),
    (Kind::Bar, r"|"),
    (Kind::LeftVert, r"\lvert"),
    (Kind::RightVert, r"\rvert"),
    (Kind::Vert, r"\vert"),
    (Kind::LeftFloor, r"\lfloor \llcorner"),
    (Kind::RightFloor, r"\rfloor \lrcorner"),
    (Kind::LeftCeil, r"\lceil \ulcorner"),
    (Kind::RightCeil, r"\rceil \urcorner"),
    (Kind::Function, concat!(
        r"\log \ln \exp \sin \cos \tan \csc \sec \cot \arcsin \arccos \arctan \arccsc \arcsec \arccot ",
        r"\sinh \cosh \tanh \arsinh \arcosh \artanh \arcsinh \arccosh \arctanh \floor \ceil",
    )),
    (Kind::Euler, r"\exponentialE"),
    (Kind::MultiFunction, r"\gcd \lcm \max \min"),
    (Kind::OperatorName, r"\operatorname"),
    (Kind::Name, concat!(
        r"arsinh arcsinh arcosh arccosh artanh arctanh gcd lcm floor ceil eye zeros ones cols rows ",
        r"diag norm rank trace tr rref hstack vstack orth ortho orthogonal orthogonalize nullspace eig ",
        r"eigen diagonalize eigenvals eigenvalues eigenvects eigenvectors svd SVD matrix pmatrix ",
        r"bmatrix vmatrix",
    )),
    (Kind::Gamma, r"\Gamma \gamma"),
    (Kind::Sqrt, r"\sqrt"),
    (Kind::SumOver, r"\sum"),
    (Kind::ProductOver, r"\prod"),
    (Kind::Frac, r"\frac \dfrac \tfrac \cfrac"),
    (Kind::Binom, r"\binom \tbinom \dbinom"),
    (Kind::Choose, r"\choose"),
    (Kind::MatrixStart, r"\begin{matrix} \begin{pmatrix} \begin{bmatrix}"),
    (Kind::MatrixEnd, r"\end{matrix} \end{pmatrix} \end{bmatrix} \end{array}"),
    (Kind::Column, r"&"),
    (Kind::Row, r"\\"),
    (Kind::Underscore, r"_"),
    (Kind::Caret, r"^"),
    (Kind::Semicolon, r";"),
    (Kind::Comma, r","),
    (Kind::Bang, r"!"),
    (Kind::Transpose, r"^T ^{T} '"),
    (Kind::Degree, r"^\circ ^\degree ^\circle ^° ^{\circ} ^{\degree} ^{\circle} ^{°}"),
    (Kind::In, r"\in"),
    (Kind::NotIn, r"\notin ∉"),
    (Kind::Assign, r"= ≡ ≣ ≟ ≎ ≏ ≐ ≑ ≒ ≓ ≔ ≕ ≖ ≗"),
    (Kind::Equal, r"== \equiv"),
    (Kind::Approx, r"~= ≈ ≊ ≋ ≃ ≅ \approx"),
    (Kind::Less, r"< ≪ ≺ ⋖ \lt"),
    (Kind::LessOrEqual, r"\leq \le \leqslant ≤ ≦ ≲ ≾ <="),
    (Kind::Greater, r"> ≫ ≻ ⋗ \gt"),
    (Kind::GreaterOrEqual, r"\geq \ge \geqslant ≥ ≧ ≳ ≿ >="),
    (Kind::Unequal, r"!= !== \ne \neq \not\equiv ≠ ≁ ≄ ≇ ≉ ≢"),
    (Kind::Union, r"\cup ∪"),
    (Kind::Intersection, r"\cap ∩"),
    (Kind::SetMinus, r"\setminus ∖"),
    (Kind::PlusMinus, r"\pm ± ∓ \mp"),
    (Kind::EmptySet, r"\emptyset ∅ \{\} \lbrace\rbrace"),
    (Kind::NamedSet, r"\mathbb{N} ℕ \mathbb{Z} ℤ \mathbb{Q} ℚ \mathbb{R} ℝ \mathbb{C} ℂ"),
    (Kind::Infinity, r"\infty \infty% \infty\%"),
    (Kind::Unsupported, concat!(
        r"\lim \to \rightarrow \Rightarrow \longrightarrow \Longrightarrow \int \det \| \langle ",
        r"\rangle \xrightarrow \xRightarrow \leftrightarrow \Leftrightarrow <-> <=> \subseteq ⊆ ",
        r"\supseteq ⊇ \partial \mathbb{P} ℙ \begin{vmatrix} \end{vmatrix} .",
    )),
    (Kind::Greek, concat!(
        r"\alpha α \beta β γ Γ \delta δ \Delta Δ \epsilon ε \varepsilon ϵ \zeta ζ \eta η \theta θ ",
        r"\Theta Θ \vartheta ϑ \iota ι \kappa κ \lambda λ \Lambda Λ \mu μ \nu ν \xi ξ \Xi Ξ \omicron ο ",
        r"\pi π \Pi Π \varpi ϖ \rho ρ \varrho ϱ \sigma σ \Sigma Σ \varsigma ς \tau τ \upsilon υ ",
        r"\Upsilon Υ \phi φ \Phi Φ \varphi ϕ \chi χ \psi ψ \Psi Ψ \omega ω \Omega Ω",
    )),
    (Kind::OtherSymbol, concat!(
        r"\Bbbk \wp \nabla \bigstar \angle \nexists \diagdown \measuredangle \eth ℵ ℶ ℷ ℸ \diagup ",
        r"\sphericalangle \clubsuit \varnothing \Diamond \complement \diamondsuit \imath \Finv ",
        r"\triangledown \heartsuit \jmath \Game \triangle \spadesuit \ell \hbar \vartriangle \hslash ",
        r"\blacklozenge \lozenge \blacksquare \mho \blacktriangle \sharp \prime \Im \flat \square ",
        r"\backprime \Re \natural \surd \circledS",
    )),
];

/// The spellings, each with its kind, by their first byte.
static SPELLINGS: LazyLock<FxHashMap<u8, Vec<(Kind, &str)>>> = LazyLock::new(|| {
    let mut by_byte: FxHashMap<u8, Vec<(Kind, &str)>> = FxHashMap::default();
    for (kind, all) in FIXED {
        for spelling in all.split(' ') {
            let first = spelling.as_bytes().first().copied();
            by_byte
                .entry(first.unwrap_or_default())
                .or_default()
                .push((*kind, spelling));
        }
    }
    by_byte
});

/// Commands whose text in braces is one symbol, with blanks between them.
#[rustfmt::skip]
const ACCENTS: &str = concat!(
    "acute bar overline breve check widecheck dot ddot grave hat tilde widetilde vec overrightarrow bm ",
    "boldsymbol text textit textbf textnormal mathbb mathbin mathbf mathcal mathclap mathclose mathfrak ",
    "mathinner mathit mathnormal mathop mathopen mathord mathpunct mathrel mathring mathrlap mathrm ",
    "mathscr mathsf mathtt mbox",
);

/// The tokens of a formula; none if a part of it is not of the grammar, or there are too many.
pub(crate) fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if matches!(first, ' ' | '\t' | '\r' | '\n') {
            rest = &rest[1..];
            continue;
        }
        let (kind, length) = next(rest)?;
        if kind != Kind::Skip {
            found.push(Token {
                kind,
                text: &rest[..length],
            });
        }
        if found.len() > MOST_TOKENS {
            return None;
        }
        rest = &rest[length..];
    }
    Some(found)
}

/// The longest token at the beginning of a text: its kind and its length in bytes.
fn next(text: &str) -> Option<(Kind, usize)> {
    let spellings = SPELLINGS.get(text.as_bytes().first()?);
    let mut best: Option<(Kind, usize)> = None;
    for (kind, spelling) in spellings.into_iter().flatten() {
        if text.starts_with(spelling) && best.is_none_or(|(_, length)| spelling.len() > length) {
            best = Some((*kind, spelling.len()));
        }
    }
    // A blank after a Greek letter or a symbol belongs to it, and makes a gamma a letter that is no function.
    if let Some((kind @ (Kind::Greek | Kind::OtherSymbol | Kind::Gamma), length)) = best
        && text[length..].starts_with(' ')
    {
        let kind = if kind == Kind::Gamma {
            Kind::Greek
        } else {
            kind
        };
        best = Some((kind, length + 1));
    }
    let others = [
        number(text),
        accent(text),
        array(text),
        differential(text),
        letter(text),
    ];
    for (kind, length) in others.into_iter().flatten() {
        if best.is_none_or(|(_, so_far)| length > so_far) {
            best = Some((kind, length));
        }
    }
    best
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn number(text: &str) -> Option<(Kind, usize)> {
    let whole = digits(text);
    let decimals = text[whole..].strip_prefix('.').map_or(0, digits);
    let length = match (whole, decimals) {
        (0, 0) => return None,
        (_, 0) => whole,
        _ => whole + 1 + decimals,
    };
    let rest = &text[length..];
    let gap = usize::from(rest.starts_with([' ', '\t', '\r', '\n']));
    for sign in ["\\%", "%"] {
        if rest[gap..].starts_with(sign) {
            return Some((Kind::PercentNumber, length + gap + sign.len()));
        }
    }
    if let Some(exponent) = rest.strip_prefix('E') {
        let sign = usize::from(exponent.starts_with(['+', '-']));
        let digits = digits(&exponent[sign..]);
        if digits > 0 {
            return Some((Kind::Scientific, length + 1 + sign + digits));
        }
    }
    Some((Kind::Number, length))
}

fn accent(text: &str) -> Option<(Kind, usize)> {
    let command = text.strip_prefix('\\')?;
    let name = command.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !ACCENTS.split(' ').any(|accent| accent == &command[..name]) {
        return None;
    }
    let rest = &command[name..];
    let gap = usize::from(rest.starts_with([' ', '\t', '\r', '\n']));
    let inner = rest[gap..].strip_prefix('{')?;
    let end = inner.find('}')?;
    Some((Kind::Accent, 1 + name + gap + 1 + end + 1))
}

fn array(text: &str) -> Option<(Kind, usize)> {
    let start = "\\begin{array}{";
    let columns = text.strip_prefix(start)?;
    let length = columns
        .bytes()
        .take_while(|b| matches!(b, b'c' | b'l' | b'r'))
        .count();
    let closed = columns[length..].starts_with('}');
    closed.then_some((Kind::MatrixStart, start.len() + length + 1))
}

fn differential(text: &str) -> Option<(Kind, usize)> {
    let rest = text.strip_prefix('d')?;
    let gap = rest
        .bytes()
        .take_while(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'))
        .count();
    let name = &rest[gap..];
    let length = match name.strip_prefix('\\') {
        Some(command) => match command.bytes().take_while(u8::is_ascii_alphabetic).count() {
            0 => return None,
            letters => 1 + letters,
        },
        None => usize::from(name.starts_with(|c: char| c.is_ascii_alphabetic())),
    };
    (length > 0).then_some((Kind::Differential, 1 + gap + length))
}

fn letter(text: &str) -> Option<(Kind, usize)> {
    let kind = match text.bytes().next()? {
        b'e' => Kind::Euler,
        b'E' => Kind::CapitalE,
        b'a'..=b'z' | b'A'..=b'Z' => Kind::Letter,
        _ => return None,
    };
    Some((kind, 1))
}

/// The command that a Greek letter of its own stands for, without its backslash.
pub(crate) fn greek_command(letter: &str) -> &str {
    if let Some(command) = letter.strip_prefix('\\') {
        return command;
    }
    let greek = FIXED.iter().find(|(kind, _)| *kind == Kind::Greek);
    let spellings = greek.map_or("", |(_, all)| *all).split(' ');
    let mut command = letter;
    for spelling in spellings {
        match spelling.strip_prefix('\\') {
            Some(name) => command = name,
            None if spelling == letter => break,
            None => {}
        }
    }
    command
}
