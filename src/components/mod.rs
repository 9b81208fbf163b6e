//! Parts that several pages are made of.

pub mod backup_button;
pub mod charts;
pub mod controls;
pub mod copy_button;
pub mod facts;
pub mod file_button;
pub mod folded;
pub mod item_card;
pub mod keep_hint;
pub mod markdown;
pub mod markup;
pub mod number_field;
pub mod paused_run;
pub mod send_link;
pub mod slices;
pub mod table;
pub mod text;
pub mod text_field;
