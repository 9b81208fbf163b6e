//! The page by trunk (Trunk.toml): trunk watches and serves, and its hook makes the same page as
//! `cargo xtask build`, so that there is one way of building it.

use crate::files::{read_text, write};
use crate::process::{Step, root, run};
use crate::programs::Profile;
use crate::{budget, build, lint, offline, tools};
use std::path::{Path, PathBuf};

/// Builds the page with trunk, in the quicker profile and held to clippy's lints: `trunk build --release` takes the same
/// way with the other profile. It is the page that all tests in a browser open, so what trunk makes is tested as a whole.
pub fn linted_page() -> Result<PathBuf, String> {
    let trunk = tools::trunk()?;
    let folder = build::quick_folder();
    let to = folder.display().to_string();
    let build = Step::new("trunk", &trunk, &["build", "--dist", &to]);
    run(build.with(lint::LINTED, "yes"))?;
    Ok(folder)
}

/// What trunk runs after its own steps: fills its staging folder with the page.
pub fn hook() -> Result<(), String> {
    let from_trunk = |name: &str| {
        std::env::var(name).map_err(|_| format!("{name} is not set: only trunk runs this"))
    };
    let staging = PathBuf::from(from_trunk("TRUNK_STAGING_DIR")?);
    let released = from_trunk("TRUNK_PROFILE")? == "release";
    let profile = match released {
        true => Profile::Release,
        false => Profile::Serve,
    };
    // Only trunk's own document has what it adds to reload the page.
    let document = read_text(&staging.join("index.html"))?;
    let optimised = build::page(&staging, profile)?;
    let reloads = move_scripts(&staging, &document)?;
    if reloads {
        offline::write_keeping_nothing(&staging)?;
    } else {
        offline::write_service_worker(&root().join("www/offline.js"), &staging)?;
    }
    match released {
        true => budget::check(&staging, optimised),
        false => Ok(()),
    }
}

/// Puts the scripts that trunk wrote into its document into files that the built page's document names: its
/// policy permits none inside. Says whether there were any.
fn move_scripts(folder: &Path, document: &str) -> Result<bool, String> {
    let scripts = inline_scripts(document);
    let path = folder.join("index.html");
    let mut page = read_text(&path)?;
    for (i, script) in scripts.iter().enumerate() {
        let name = format!("trunk-{i}.js");
        // trunk's server fills these places in, but only in the document.
        let script = script
            .replace("'{{__TRUNK_ADDRESS__}}'", "window.location.host")
            .replace("'{{__TRUNK_WS_BASE__}}'", "'/'");
        write(&folder.join(&name), script)?;
        let tag = format!("  <script src=\"./{name}\"></script>\n  </body>");
        page = page.replace("</body>", &tag);
    }
    write(&path, page)?;
    Ok(!scripts.is_empty())
}

/// The texts of the scripts inside the document.
fn inline_scripts(document: &str) -> Vec<&str> {
    let mut scripts = Vec::new();
    for part in document.split("<script").skip(1) {
        let Some((attributes, rest)) = part.split_once('>') else {
            continue;
        };
        let text = rest.split("</script>").next().unwrap_or_default();
        if !attributes.contains("src=") && !text.trim().is_empty() {
            scripts.push(text);
        }
    }
    scripts
}

#[cfg(test)]
mod tests {
    use super::{inline_scripts, move_scripts};

    #[test]
    fn scripts_move_out_of_the_document() {
        let document = "<body><script type=\"module\" src=\"./boot.js\"></script><script>const a = '{{__TRUNK_ADDRESS__}}';</script></body>";
        assert_eq!(inline_scripts(document).len(), 1);
        let folder = std::env::temp_dir().join(format!("assay-trunk-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let page = "<body>\n    <div id=\"app\"></div>\n  </body>\n";
        std::fs::write(folder.join("index.html"), page).unwrap();
        assert_eq!(move_scripts(&folder, document), Ok(true));
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        assert!(read("index.html").contains("<script src=\"./trunk-0.js\"></script>\n  </body>"));
        assert_eq!(read("trunk-0.js"), "const a = window.location.host;");
        assert_eq!(move_scripts(&folder, "<body></body>"), Ok(false));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
