//! The style page: every component is there, drawn, and fits its room, in both themes, both languages and from the
//! narrowest phone to a wide screen. Pictures of it are compared in `pictures.rs`.

use crate::browser::{Browser, Site};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// The components that are parts of others, or shown by a page with its data: no samples of their own.
const PARTS: [&str; 3] = ["charts", "mod", "slices"];

/// What is wrong with the samples: those that draw nothing, and elements that stand out of the window beside what scrolls.
const FAULTS: &str = "const faults = []; \
    for (const sample of document.querySelectorAll('section[id^=sample-]')) { \
      const box = sample.getBoundingClientRect(); \
      if (box.height < 40) faults.push(sample.id + ' draws nothing'); \
      for (const e of sample.querySelectorAll('*')) { \
        const own = e.getBoundingClientRect(); \
        const hidden = own.width < 2 || e.closest('.unseen, .visually-hidden, pre, .scroll, .folded, svg, math, datalist, option'); \
        if (!hidden && own.right > innerWidth + 1) \
          faults.push(sample.id + ': ' + e.outerHTML.slice(0, 120) + ' ends at ' + Math.round(own.right)); \
      } \
    } \
    if (document.documentElement.scrollWidth > innerWidth) faults.push('the page scrolls sideways'); \
    return faults.slice(0, 12);";

/// The components by the names of their files and folders.
fn components() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/components");
    let names = |folder: &Path| {
        let files = std::fs::read_dir(folder).expect("the sources are there");
        let paths = files.map(|file| file.expect("the sources are there").path());
        let name = |path: std::path::PathBuf| {
            let stem = path.file_stem().expect("a file has a name");
            stem.to_string_lossy().into_owned()
        };
        paths.map(name).collect::<Vec<_>>()
    };
    let mut all: BTreeSet<String> = names(&folder).into_iter().collect();
    all.extend(names(&folder.join("charts")));
    PARTS.iter().for_each(|part| {
        all.remove(*part);
    });
    all
}

#[tokio::test]
#[cfg_attr(
    feature = "firefox",
    ignore = "asks Chromium's own protocol for developers"
)]
async fn every_component_has_a_sample_that_fits_its_room() {
    let site = Site::start();
    for (language, theme) in [("en-US", "light"), ("zh-CN", "dark")] {
        let b = &Browser::start(language).await;
        b.open_in_theme(&site, theme).await;
        b.js("location.hash = '#/style'").await;
        b.until("document.querySelectorAll('#sample-markup .markup').length > 5")
            .await;
        let samples =
            "return [...document.querySelectorAll('section[id^=sample-]')].map(e => e.id.slice(7))";
        let samples = b.js(samples).await;
        let samples = samples.as_array().unwrap().iter().filter_map(Value::as_str);
        let samples: BTreeSet<String> = samples.map(str::to_owned).collect();
        let missing: Vec<_> = components().difference(&samples).cloned().collect();
        assert!(
            missing.is_empty(),
            "components without a sample: {missing:?}"
        );
        for width in [1440, 390, 320] {
            let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500});
            b.devtools("Emulation.setDeviceMetricsOverride", size);
            b.until(&format!("innerWidth == {width}")).await;
            // Charts are drawn anew for the width.
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            let faults = b.js(FAULTS).await;
            assert_eq!(faults, json!([]), "{language}, {theme}, {width} pixels");
        }
        b.assert_clean(&site.origin).await;
    }
}
