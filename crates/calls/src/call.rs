//! What a call is: a plain value that names its service, its reply and its error. [`calls!`] declares them
//! as a table. Knows nothing of how calls cross.
//!
//! [`calls!`]: crate::calls!

use crate::event::Topic;
use serde::{Serialize, de::DeserializeOwned};

/// A question to a service, or an order for it.
pub trait Call: Serialize + DeserializeOwned + 'static {
    /// The name under which it crosses, unique among all calls: `service.Call`.
    const NAME: &'static str;
    /// The service that answers it.
    const SERVICE: &'static str;
    /// The topics that its reply depends on: when one of them changes, the reply is out of date.
    const TOPICS: &'static [Topic] = &[];
    /// What the service answers.
    type Reply: Serialize + DeserializeOwned + 'static;
    /// Why the service can't; [`NoError`](crate::NoError) where it always can.
    type Error: Serialize + DeserializeOwned + 'static;
}

/// Something that is to be done with every call of a table: a test, a list of names.
pub trait VisitCalls {
    /// Does it with `K`.
    fn visit<K: Call>(&mut self);
}

/// Declares the calls of one service as a table: fields, then the reply and the error, then the topics
/// that the reply depends on.
///
/// Each entry becomes a struct with public fields that implements [`Call`](crate::Call); attributes (more
/// derives, say) go before its name. The module also gets `SERVICE` and
/// `visit(&mut impl VisitCalls)`, which tests use to reach every call. One table a module.
///
/// ```
/// use assay_calls::{NoError, Topic, calls};
///
/// /// Changes whenever other rows are loaded.
/// pub const DATA: Topic = Topic::new("data");
///
/// calls! {
///     service "rows";
///
///     /// A part of the rows.
///     #[derive(Eq, Hash)]
///     Window {
///         /// The first row.
///         start: u32,
///         /// How many rows at most.
///         count: u32,
///     } -> Vec<String>, NoError, [DATA];
///
///     /// Takes the last row away; its text.
///     RemoveLast -> String, EmptyTable;
/// }
///
/// /// There is no row.
/// #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
/// pub struct EmptyTable;
/// # fn main() { assert_eq!(<Window as assay_calls::Call>::NAME, "rows.Window"); }
/// ```
#[macro_export]
macro_rules! calls {
    (
        service $service:literal;
        $(
            $(#[$attribute:meta])*
            $name:ident $({
                $( $(#[$field_attribute:meta])* $field:ident : $type:ty ),* $(,)?
            })? -> $reply:ty, $error:ty $(, [ $($topic:expr),* $(,)? ])? ;
        )*
    ) => {
        /// The service that answers the calls of this module.
        pub const SERVICE: &str = $service;

        $(
            $(#[$attribute])*
            #[derive(Debug, Clone, PartialEq, $crate::serde::Serialize, $crate::serde::Deserialize)]
            #[serde(crate = "assay_calls::serde")]
            pub struct $name {
                $($( $(#[$field_attribute])* pub $field: $type, )*)?
            }

            impl $crate::Call for $name {
                const NAME: &'static str = concat!($service, ".", stringify!($name));
                const SERVICE: &'static str = $service;
                $( const TOPICS: &'static [$crate::Topic] = &[ $($topic),* ]; )?
                type Reply = $reply;
                type Error = $error;
            }
        )*

        /// Shows every call of this module to a visitor.
        pub fn visit(visitor: &mut impl $crate::VisitCalls) {
            $( visitor.visit::<$name>(); )*
        }
    };
}
