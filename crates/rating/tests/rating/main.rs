//! Rating by link: envelopes, orders, merging and what judgements mean.

mod analysis;
mod envelopes;
mod exchange;
mod judges;
mod judging;
mod looks;
mod marking;
mod merging;
mod orders;
mod rater_effects;
mod reasons;
mod sample;
mod sealing;
mod sitting;
mod tools;
mod versions;
