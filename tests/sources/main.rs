//! What the source itself has to keep to: no circles of files ([`circles`]), and no public function that only tests
//! call ([`reach`]). The parts of the words that small programs carry are complete ([`words`]). What is kept out of the
//! tests holds none ([`skipped`]).

mod circles;
mod modules;
mod reach;
mod skipped;
mod words;
