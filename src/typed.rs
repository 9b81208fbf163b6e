//! Values that are typed into a field of one line: how they are read and written, and which of them a field takes.
//! No browser stands here, so that it is tested natively.

/// A value that can be typed.
pub trait Typed: Clone + PartialOrd + 'static {
    /// The end of the message's key that says what the field takes.
    const KIND: &'static str;

    /// The value of a text; nothing where it is none.
    fn read(text: &str) -> Option<Self>;

    /// The text of a value.
    fn written(&self) -> String;
}

/// Digits that are kept of a number: what is left of the last ones is the error of binary fractions.
const DIGITS: usize = 12;

impl Typed for f64 {
    const KIND: &'static str = "number";

    fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('%').trim_end();
        text.parse().ok().filter(|number: &f64| number.is_finite())
    }

    fn written(&self) -> String {
        let rounded = format!("{self:.DIGITS$e}").parse::<f64>();
        rounded.unwrap_or(*self).to_string()
    }
}

macro_rules! whole {
    ($($type:ty),*) => {
        $(impl Typed for $type {
            const KIND: &'static str = "whole";

            fn read(text: &str) -> Option<Self> {
                text.trim().parse().ok()
            }

            fn written(&self) -> String {
                self.to_string()
            }
        })*
    };
}

whole!(u16, u64, usize);

/// A field that may be left empty.
impl<T: Typed> Typed for Option<T> {
    const KIND: &'static str = T::KIND;

    fn read(text: &str) -> Option<Self> {
        if text.trim().is_empty() {
            Some(None)
        } else {
            T::read(text).map(Some)
        }
    }

    fn written(&self) -> String {
        self.as_ref().map_or(String::new(), T::written)
    }
}

/// The values that a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Range<T> {
    /// All of them.
    #[default]
    Any,
    /// This one and greater ones.
    From(T),
    /// From the first to the second, both among them.
    Between(T, T),
}

impl<T: Typed> Range<T> {
    fn holds(&self, value: &T) -> bool {
        match self {
            Self::Any => true,
            Self::From(least) => value >= least,
            Self::Between(least, most) => (least..=most).contains(&value),
        }
    }

    /// The value of a text; nothing where the field does not take it.
    pub fn read(&self, text: &str) -> Option<T> {
        T::read(text).filter(|value| self.holds(value))
    }

    /// The message that says what the field takes, with its arguments.
    pub fn message(&self) -> (String, Vec<(&'static str, String)>) {
        let (end, bounds) = match self {
            Self::Any => ("", vec![]),
            Self::From(least) => ("-from", vec![("least", least)]),
            Self::Between(least, most) => ("-between", vec![("least", least), ("most", most)]),
        };
        let bounds = bounds.into_iter().map(|(name, end)| (name, end.written()));
        (format!("field-{}{end}", T::KIND), bounds.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_blanks_and_a_percent_sign_around_it() {
        assert_eq!(f64::read(" 12.5 % "), Some(12.5));
        assert_eq!(f64::read("-3"), Some(-3.0));
        for text in ["", "abc", "1,5", "inf", "NaN", "12 %x"] {
            assert_eq!(f64::read(text), None, "{text}");
        }
        assert_eq!(usize::read(" 7 "), Some(7));
        assert_eq!(usize::read("7.5"), None);
        assert_eq!(u16::read("65536"), None);
    }

    #[test]
    fn a_number_is_written_without_the_error_of_binary_fractions() {
        assert_eq!((100.0 * 0.07).written(), "7");
        assert_eq!(0.1f64.written(), "0.1");
        assert_eq!(1000.0f64.written(), "1000");
        assert_eq!(f64::read(&1234.5678.written()), Some(1234.5678));
    }

    #[test]
    fn an_empty_field_is_a_value_only_where_it_may_be_empty() {
        assert_eq!(Option::<f64>::read("  "), Some(None));
        assert_eq!(Option::<f64>::read("0.5"), Some(Some(0.5)));
        assert_eq!(Option::<f64>::read("x"), None);
        assert_eq!(None::<f64>.written(), "");
    }

    #[test]
    fn a_field_takes_what_is_in_its_range_and_says_which_that_is() {
        let range = Range::Between(1, 100);
        assert_eq!(range.read("100"), Some(100usize));
        assert_eq!(range.read("0"), None);
        assert_eq!(range.read("101"), None);
        let bounds = vec![("least", "1".to_owned()), ("most", "100".to_owned())];
        assert_eq!(range.message(), ("field-whole-between".to_owned(), bounds));
        assert_eq!(Range::From(0.0).read("-1"), None);
        assert_eq!(Range::<f64>::Any.message().0, "field-number");
    }
}
