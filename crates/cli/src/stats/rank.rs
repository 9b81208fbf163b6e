//! Strengths of systems from comparisons in pairs.

use super::answer::{Answer, number};
use super::columns::{table, words};
use super::error::StatsError;
use super::ranges::not_negative;
use assay_stats::bradley_terry::{Strengths, bradley_terry};
use assay_stats::davidson::{Game, Outcome, davidson};
use clap::{Args, ValueEnum};
use serde_json::json;

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Ties {
    /// A tie counts half for both (Bradley and Terry)
    Half,
    /// A tie is an outcome of its own (Davidson)
    Davidson,
}

#[derive(Args)]
pub(super) struct Rank {
    /// A table: CSV, TSV, JSON or JSONL
    file: String,
    /// The column with the first system's name
    #[arg(long, value_name = "COLUMN")]
    first: String,
    /// The column with the second system's name
    #[arg(long, value_name = "COLUMN")]
    second: String,
    /// The column with the winner's name, or tie
    #[arg(long, value_name = "COLUMN")]
    winner: String,
    /// What ties are
    #[arg(long, value_enum, default_value = "half")]
    ties: Ties,
    /// The column of items: comparisons of one item may depend on each other (davidson)
    #[arg(long, value_name = "COLUMN")]
    cluster: Option<String>,
    /// Taken times the strengths' squares from the log-likelihood, so that one who always wins has a bound
    #[arg(long, default_value_t = 0.0, value_parser = not_negative)]
    penalty: f64,
}

/// A comparison: the places of both, and the first one's part of the win.
type Played = (usize, usize, f64);

/// What a table says.
#[derive(Default)]
struct Games {
    /// The systems, in the order of their first comparison.
    names: Vec<String>,
    /// The comparisons.
    played: Vec<Played>,
    /// The cluster of each.
    clusters: Vec<usize>,
}

impl Rank {
    pub(super) fn answer(&self) -> Result<Answer, StatsError> {
        let Games {
            names,
            played,
            clusters,
        } = self.games()?;
        let mut answer = Answer::default();
        let found = match self.ties {
            Ties::Half => bradley_terry(&wins(names.len(), &played), self.penalty)?,
            Ties::Davidson => {
                let games = played.iter().zip(clusters).map(game);
                let games: Vec<Game> = games.collect();
                let found = davidson(names.len(), &games, self.penalty)?;
                answer = answer.with("tie", found.tie);
                found.strengths
            }
        };
        list(&mut answer, &names, &found);
        Ok(answer)
    }

    /// The comparisons in the file. Rows without all three cells are left out.
    fn games(&self) -> Result<Games, StatsError> {
        let table = table(&self.file)?;
        let [firsts, seconds, winners] =
            [&self.first, &self.second, &self.winner].map(|name| words(&table, name));
        let (firsts, seconds, winners) = (firsts?, seconds?, winners?);
        let items = match &self.cluster {
            Some(name) => words(&table, name)?,
            None => vec![None; firsts.len()],
        };
        let (mut found, mut items_seen) = (Games::default(), Vec::new());
        for (row, cells) in firsts.iter().zip(&seconds).zip(&winners).enumerate() {
            let ((Some(first), Some(second)), Some(winner)) = cells else {
                continue;
            };
            let part = match *winner {
                winner if winner == *first => 1.0,
                winner if winner == *second => 0.0,
                tie if tie.eq_ignore_ascii_case("tie") => 0.5,
                other => {
                    return Err(StatsError::UnknownWinner {
                        row: row + 1,
                        winner: other.to_owned(),
                        first: (*first).to_owned(),
                        second: (*second).to_owned(),
                    });
                }
            };
            let names = &mut found.names;
            let both = (place(names, first), place(names, second));
            found.played.push((both.0, both.1, part));
            // A row without an item stands for itself.
            let item = items[row].map_or_else(|| format!("row {row}"), str::to_owned);
            found.clusters.push(place(&mut items_seen, &item));
        }
        match found.played.is_empty() {
            true => Err(StatsError::NoRows),
            false => Ok(found),
        }
    }
}

/// The place of a name in a list, at its end if it is new.
fn place(names: &mut Vec<String>, name: &str) -> usize {
    names.iter().position(|n| n == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    })
}

/// How often each beat each, a tie counted half for both.
fn wins(systems: usize, games: &[Played]) -> Vec<Vec<f64>> {
    let mut wins = vec![vec![0.0; systems]; systems];
    for &(first, second, part) in games {
        wins[first][second] += part;
        wins[second][first] += 1.0 - part;
    }
    wins
}

fn game((&(first, second, part), cluster): (&Played, usize)) -> Game {
    Game {
        items: [first, second],
        outcome: match part {
            1.0 => Outcome::First,
            0.0 => Outcome::Second,
            _ => Outcome::Tie,
        },
        cluster,
    }
}

/// The systems, the strongest first.
fn list(answer: &mut Answer, names: &[String], found: &Strengths) {
    let (elo, ranks) = (found.elo(), found.rank_intervals());
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by(|a, b| found.values[*b].total_cmp(&found.values[*a]));
    for &place in &order {
        let best = order[0];
        answer.row([
            ("name", json!(names[place])),
            ("strength", number(found.values[place])),
            ("standard_error", number(found.standard_errors[place])),
            ("elo", number(elo[place])),
            (
                "below_best",
                number(found.values[best] - found.values[place]),
            ),
            (
                "below_best_error",
                number(found.difference_error(best, place)),
            ),
            ("best_rank", number(ranks[place][0] as f64)),
            ("worst_rank", number(ranks[place][1] as f64)),
        ]);
    }
}
