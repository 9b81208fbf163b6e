//! Sends made-up values through the browser's codec and its copy, under node: `cargo xtask codec`. It fails where
//! a value comes back as another, and where the check lets a value through that is known to be harmed.

fn main() {
    #[cfg(target_arch = "wasm32")]
    check::run();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("`cargo xtask codec` builds this for wasm32 and runs it under node.");
}

#[cfg(target_arch = "wasm32")]
mod check {
    use assay_calls::testing::{RoundtripError, roundtrip};
    use assay_calls::{CallFailure, ChannelFailure, Codec, Event, Explanation, NoError};
    use assay_web_calls::StructuredCloneCodec;
    use serde::{Deserialize, Serialize, de::DeserializeOwned};
    use std::collections::{BTreeMap, HashMap};
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = console)]
        fn log(text: &str);
    }

    #[derive(Serialize, Deserialize)]
    enum Shape {
        Unit,
        New(Named),
        Tuple(u64, i64, char),
        Fields {
            map: BTreeMap<u64, Option<f64>>,
            texts: HashMap<String, u8>,
            inner: Vec<Shape>,
        },
        Both(Box<Shape>, Box<Shape>),
    }

    #[derive(Serialize, Deserialize)]
    struct Named {
        score: f64,
        single: f32,
        count: usize,
        interval: Option<[f64; 2]>,
        name: Option<String>,
        nothing: (),
    }

    /// With its name beside its fields, as saved files have it.
    #[derive(Serialize, Deserialize)]
    #[serde(tag = "kind")]
    enum Tagged {
        Scored {
            id: u64,
            score: f64,
            inner: Vec<Tagged>,
        },
        Nothing,
    }

    fn through<T: Serialize + DeserializeOwned>() -> Result<usize, RoundtripError> {
        roundtrip::<StructuredCloneCodec, T>()
    }

    pub(crate) fn run() {
        console_error_panic_hook::set_once();
        let checks = [
            through::<f64>(),
            through::<f32>(),
            through::<u64>(),
            through::<i64>(),
            through::<Vec<usize>>(),
            through::<String>(),
            through::<char>(),
            through::<()>(),
            through::<Option<f64>>(),
            through::<Result<(), String>>(),
            through::<HashMap<u64, Vec<u8>>>(),
            through::<BTreeMap<String, f64>>(),
            through::<(u8, i8, u16, i16, u32, i32, bool)>(),
            through::<Shape>(),
            through::<Vec<Named>>(),
            through::<Vec<Tagged>>(),
            through::<Event>(),
            through::<Explanation>(),
            through::<ChannelFailure>(),
            through::<CallFailure<Explanation>>(),
            through::<NoError>(),
        ];
        let errors = checks.iter().filter_map(|c| c.as_ref().err());
        let errors: Vec<String> = errors.map(ToString::to_string).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        // JavaScript has one `undefined` for both.
        let harmed = through::<Option<Option<u8>>>();
        assert!(harmed.is_err(), "Some(None) is known to come back as None");
        holds_exactly();
        let sent: usize = checks.iter().flatten().sum();
        log(&format!(
            "{sent} values of {} types came back as they were",
            checks.len()
        ));
    }

    /// What JSON lost, by name.
    fn holds_exactly() {
        let back = |value: f64| {
            let sent = StructuredCloneCodec::encode(&value).expect("numbers can be written");
            StructuredCloneCodec::decode::<f64>(sent).expect("numbers can be read")
        };
        assert!(back(f64::NAN).is_nan());
        assert_eq!(back(f64::INFINITY), f64::INFINITY);
        assert_eq!(back(f64::NEG_INFINITY), f64::NEG_INFINITY);
        assert!(back(-0.0).is_sign_negative());
        let sent = StructuredCloneCodec::encode(&u64::MAX).expect("numbers can be written");
        assert!(sent.is_bigint());
        let back = StructuredCloneCodec::decode::<u64>(sent);
        assert_eq!(back, Ok(u64::MAX));
    }
}
