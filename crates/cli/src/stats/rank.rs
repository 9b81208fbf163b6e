//! Strengths of systems from comparisons in pairs.

use super::answer::{Answer, number};
use super::columns::{table, words};
use super::error::StatsError;
use super::ranges::not_negative;
use assay_stats::bradley_terry::bradley_terry;
use clap::Args;
use serde_json::json;

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
    /// The column with the winner's name, or tie, which counts half for both
    #[arg(long, value_name = "COLUMN")]
    winner: String,
    /// Taken times the strengths' squares from the log-likelihood, so that one who always wins has a bound
    #[arg(long, default_value_t = 0.0, value_parser = not_negative)]
    penalty: f64,
}

impl Rank {
    pub(super) fn answer(&self) -> Result<Answer, StatsError> {
        let (names, wins) = self.wins()?;
        let found = bradley_terry(&wins, self.penalty)?;
        let elo = found.elo();
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by(|a, b| found.values[*b].total_cmp(&found.values[*a]));
        let mut answer = Answer::default();
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
            ]);
        }
        Ok(answer)
    }

    /// The names of all systems in the order of their first comparison, and how often each beat each. Rows without
    /// all three cells are left out.
    fn wins(&self) -> Result<(Vec<String>, Vec<Vec<f64>>), StatsError> {
        let table = table(&self.file)?;
        let [firsts, seconds, winners] =
            [&self.first, &self.second, &self.winner].map(|name| words(&table, name));
        let (firsts, seconds, winners) = (firsts?, seconds?, winners?);
        let mut names: Vec<String> = Vec::new();
        let mut games: Vec<(usize, usize, f64)> = Vec::new();
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
            let mut place = |name: &str| {
                names.iter().position(|n| n == name).unwrap_or_else(|| {
                    names.push(name.to_owned());
                    names.len() - 1
                })
            };
            games.push((place(first), place(second), part));
        }
        if games.is_empty() {
            return Err(StatsError::NoRows);
        }
        let mut wins = vec![vec![0.0; names.len()]; names.len()];
        for (first, second, part) in games {
            wins[first][second] += part;
            wins[second][first] += 1.0 - part;
        }
        Ok((names, wins))
    }
}
