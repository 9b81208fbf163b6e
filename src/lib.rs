//! The page: its state, route and words, and in a browser its shell, pages and components. It holds what
//! is in view; data, models and results live in workers.
#![allow(
    unreachable_pub,
    reason = "yew's components are public in what their macro makes of them, so their properties have to be"
)]

pub mod route;
pub mod state;
pub mod typed;
pub mod verdict;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod calls;
#[cfg(target_arch = "wasm32")]
pub mod components;
#[cfg(target_arch = "wasm32")]
pub mod pages;
#[cfg(target_arch = "wasm32")]
pub mod shell;
