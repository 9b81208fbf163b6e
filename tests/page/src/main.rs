//! The page in real Chromium (or, with the feature `firefox`, in Firefox), driven over WebDriver: import, roles, scores, slice, filter, detail,
//! export, both languages, dark mode, offline, and no request off the page's own origin. fantoccini
//! rather than a DevTools client, because chromedriver's performance log has every network event
//! too and its types need not be compiled by the thousand.

mod accessible;
mod adapter;
mod aim;
mod backups;
mod browser;
mod capabilities;
mod classes;
mod code;
mod deploys;
mod domains;
mod driver;
mod engine;
mod examples;
mod faults;
mod files;
mod hostile;
mod hosts;
mod journey;
mod killed;
mod large;
mod later;
mod logs;
mod look;
mod marking;
mod meaning;
mod measure;
mod measures;
mod notes;
mod opening;
mod overlap;
mod palette;
mod perplexity;
mod pictures;
mod privacy;
mod projects;
mod questions;
mod raters;
mod ratings;
mod reading;
mod reasons;
mod report;
mod screens;
mod single_file;
mod strain;
mod two_models;
mod words;
mod worker_life;

use files::file;
use std::path::PathBuf;

/// Forty rows and a broken one: the tuned system is perfect.
fn sample() -> PathBuf {
    let mut text = String::from("prompt,reference,base,tuned,domain,notes\n");
    for i in 0..40 {
        let domain = ["law", "health"][i % 2];
        text.push_str(&format!(
            "Say {i},the number {i} is a fine and good number,number {i} was bad,the number {i} is a fine and good number,{domain},remark number {i} about it\n"
        ));
    }
    text.push_str("broken,row\n");
    file("sample.csv", &text)
}
