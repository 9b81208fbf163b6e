//! What the source itself has to keep to: no circles of files ([`circles`]), and no public function that only tests
//! call ([`reach`]).

mod circles;
mod modules;
mod reach;
