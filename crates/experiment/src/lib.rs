//! A/B tests: rows of units (a user, a task, a request) with their arm and their outcomes ([`Trial`]); which columns hold
//! these ([`roles`]); and each outcome compared, with interval and test ([`compare`], [`view`]). One shape serves A/B tests,
//! task success and efficiency: only the columns differ. This crate must not know metrics of texts, pages or workers.

pub mod compare;
pub mod efficiency;
mod funnel;
mod names;
pub mod plan;
pub mod roles;
mod sample;
mod sequential;
pub mod view;

use assay_data::column::TextColumn;
use assay_data::decimal_commas::with_points_where;
use assay_data::import::{ImportError, Imported};
use assay_data::points::Points;
use assay_data::table::Table;
use names::counts_units;
use roles::TrialRole;
use serde::{Deserialize, Serialize};

/// How p-values of several outcomes and arms are corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Correction {
    /// Holm's: no false claim at all, with 95 % certainty.
    #[default]
    Holm,
    /// Benjamini and Hochberg's: at most 5 % of claims false.
    BenjaminiHochberg,
    /// None.
    None,
}

impl Correction {
    /// All, with their names.
    pub const ALL: [(Self, &str); 3] = [
        (Self::Holm, "holm"),
        (Self::BenjaminiHochberg, "bh"),
        (Self::None, "none"),
    ];
}

/// What a person sets.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Settings {
    /// The baseline's name; the first arm without one.
    pub baseline: Option<String>,
    /// The correction.
    pub correction: Correction,
    /// The planned shares of the arms, in their order; even without.
    pub shares: Option<Vec<f64>>,
}

/// A table of a trial.
#[derive(Debug, Clone, Default)]
pub struct Trial {
    /// Its name: the file's.
    pub name: String,
    /// The rows.
    pub table: Table,
    /// What each column is for.
    pub roles: Vec<TrialRole>,
    /// Columns of which a lower value is the better one.
    pub lower: Vec<bool>,
    /// What a person sets.
    pub settings: Settings,
    /// Rows that could not be read.
    pub unread: usize,
    /// What points in its numbers were read as, where they may separate thousands.
    pub points: Points,
}

impl Trial {
    /// A trial out of a file.
    ///
    /// # Errors
    /// [`ImportError::NoArms`] where no column names the arms.
    pub fn of(file: Imported) -> Result<Self, ImportError> {
        // A number of units or of what came of them has no decimals.
        let file = with_points_where(file, &|_| false, &counts_units);
        let Some(roles) = roles::guess(&file.table) else {
            return Err(ImportError::NoArms { file: file.file });
        };
        let lower = file.table.names().iter().zip(&roles);
        let lower = lower
            .map(|(name, role)| role.lower_is_better(name))
            .collect();
        let mut trial = Self {
            name: file.file,
            table: file.table,
            roles,
            lower,
            settings: Settings::default(),
            unread: file.problem_count,
            points: file.points,
        };
        for column in trial.columns(TrialRole::Categories) {
            trial.part(column);
        }
        Ok(trial)
    }

    /// Adds a column of yes and no for each value of a categorical outcome, so that each is a share: the rate
    /// of what was resolved, of what was escalated. Those that are there already come back into use.
    fn part(&mut self, column: usize) {
        let mut values: Vec<String> = Vec::new();
        for cell in self
            .table
            .column(column)
            .iter()
            .flatten()
            .map(str::trim)
            .filter(|c| !c.is_empty())
        {
            if values.len() < roles::MAX_CATEGORIES && !values.iter().any(|v| v == cell) {
                values.push(cell.to_owned());
            }
        }
        values.sort_unstable();
        let name = self.table.names()[column].clone();
        for value in values {
            let own = format!("{name} = {value}");
            if let Some(known) = self.table.names().iter().position(|n| *n == own) {
                self.roles[known] = TrialRole::Success;
                continue;
            }
            let mut cells = TextColumn::default();
            for cell in self.table.column(column).iter() {
                let cell = cell.map(str::trim).filter(|c| !c.is_empty());
                cells.push(cell.map(|c| if c == value { "yes" } else { "no" }));
            }
            self.table.add(&own, cells);
            self.roles.push(TrialRole::Success);
            self.lower.push(TrialRole::Success.lower_is_better(&value));
        }
    }

    /// Gives a column a role.
    pub fn set_role(&mut self, column: usize, role: TrialRole) {
        let Some(current) = self.roles.get(column).copied() else {
            return;
        };
        // There is one arm and one unit.
        if matches!(
            role,
            TrialRole::Arm | TrialRole::Unit | TrialRole::Time | TrialRole::Total
        ) {
            for other in &mut self.roles {
                if *other == role {
                    *other = current;
                }
            }
        }
        self.roles[column] = role;
        if role == TrialRole::Categories {
            self.part(column);
        }
        self.lower[column] = role.lower_is_better(&self.table.names()[column]);
    }

    /// The first column of a role.
    pub fn column(&self, role: TrialRole) -> Option<usize> {
        self.roles.iter().position(|r| *r == role)
    }

    /// All columns of a role.
    pub fn columns(&self, role: TrialRole) -> Vec<usize> {
        (0..self.roles.len())
            .filter(|&c| self.roles[c] == role)
            .collect()
    }
}
