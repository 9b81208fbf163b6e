//! What the source itself has to keep to: no circles of files ([`circles`]), and no public function that only tests
//! call ([`reach`]). The parts of the words that small programs carry are complete ([`words`]).

mod circles;
mod modules;
mod reach;
mod words;
