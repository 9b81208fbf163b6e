//! What a trial's columns are for, guessed from names and cells; a person may correct it.

use super::names::{
    ARM, BEFORE, COST, OTHERS, OUTCOME, RESOURCE, SPEED, SYSTEM, TIME, TOTAL, UNIT, WORSE, has,
};
use assay_data::table::Table;
use assay_text::outcome::passed;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

/// Most arms; a column with more values is no column of arms.
pub const MAX_ARMS: usize = 12;
/// Values of a categorical outcome that become shares.
pub const MAX_CATEGORIES: usize = 8;
/// Values of a segment.
const MAX_VALUES: usize = 24;

/// What a column of a trial is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrialRole {
    /// Which arm (variant, system) the row belongs to.
    Arm,
    /// Whose row it is: a user, a task.
    Unit,
    /// When.
    Time,
    /// Whether it succeeded: yes or no.
    Success,
    /// What came of it, in words: each value is a share of its own.
    Categories,
    /// An amount that is averaged.
    Number,
    /// A time or a size, also reported as percentiles.
    Resource,
    /// A rate of work, also reported as percentiles.
    Speed,
    /// What it cost.
    Cost,
    /// What was known of the unit before.
    Covariate,
    /// What cuts the units into parts.
    Segment,
    /// Of totals: how many units.
    Total,
    /// Of totals: how many of them succeeded.
    Count,
    /// Nothing.
    Ignored,
}

impl TrialRole {
    /// All, with their names.
    pub const ALL: [(Self, &str); 14] = [
        (Self::Arm, "arm"),
        (Self::Unit, "unit"),
        (Self::Time, "time"),
        (Self::Success, "success"),
        (Self::Categories, "categories"),
        (Self::Number, "number"),
        (Self::Resource, "resource"),
        (Self::Speed, "speed"),
        (Self::Cost, "cost"),
        (Self::Covariate, "covariate"),
        (Self::Segment, "segment"),
        (Self::Total, "total"),
        (Self::Count, "count"),
        (Self::Ignored, "ignored"),
    ];

    /// Whether a lower value of such a column is the better one, judged by its name.
    pub fn lower_is_better(self, name: &str) -> bool {
        match self {
            Self::Resource | Self::Cost => true,
            Self::Success | Self::Number | Self::Count => has(name, &WORSE),
            _ => false,
        }
    }
}

/// What the cells of a column are.
struct Cells {
    present: usize,
    /// All that are there say yes or no.
    outcome: bool,
    number: bool,
    whole: bool,
    distinct: usize,
    /// Characters of the longest.
    longest: usize,
}

impl Cells {
    fn of(table: &Table, column: usize) -> Self {
        let mut found = Self {
            present: 0,
            outcome: true,
            number: true,
            whole: true,
            distinct: 0,
            longest: 0,
        };
        let mut values = FxHashSet::default();
        for cell in table
            .column(column)
            .iter()
            .flatten()
            .map(str::trim)
            .filter(|c| !c.is_empty())
        {
            found.present += 1;
            found.outcome = found.outcome && passed(cell).is_some();
            let number = cell.parse::<f64>().ok().filter(|x| x.is_finite());
            found.number = found.number && number.is_some();
            found.whole = found.whole && number.is_some_and(|x| x >= 0.0 && x.fract() == 0.0);
            found.longest = found.longest.max(cell.chars().count());
            if values.len() <= MAX_VALUES.max(MAX_ARMS) {
                values.insert(cell);
            }
        }
        found.distinct = values.len();
        found
    }
}

/// Whether a file is a trial, to be told apart from outputs: an arm under a name of its own, or a system's
/// name beside what only trials have.
pub fn is_trial(table: &Table) -> bool {
    let Some(roles) = guess(table) else {
        return false;
    };
    let names: Vec<String> = table
        .names()
        .iter()
        .map(|n| n.trim().to_lowercase())
        .collect();
    let long_texts = (0..names.len()).any(|c| Cells::of(table, c).longest > 400);
    if long_texts || names.iter().any(|n| OTHERS.contains(&n.as_str())) {
        return false;
    }
    let own = roles
        .iter()
        .zip(&names)
        .any(|(role, name)| *role == TrialRole::Arm && ARM.contains(&name.as_str()));
    let telling = [
        TrialRole::Resource,
        TrialRole::Speed,
        TrialRole::Cost,
        TrialRole::Total,
    ];
    let said = |role: TrialRole| roles.contains(&role);
    let several = roles.iter().filter(|r| **r == TrialRole::Success).count() > 1;
    let result = [
        TrialRole::Success,
        TrialRole::Categories,
        TrialRole::Number,
        TrialRole::Count,
    ]
    .into_iter()
    .any(said);
    (own && (result || telling.into_iter().any(said))) || telling.into_iter().any(said) || several
}

/// A role for each column; `None` where none names the arms.
pub fn guess(table: &Table) -> Option<Vec<TrialRole>> {
    let names: Vec<String> = table
        .names()
        .iter()
        .map(|n| n.trim().to_lowercase())
        .collect();
    let cells: Vec<Cells> = (0..names.len()).map(|c| Cells::of(table, c)).collect();
    let fits =
        |c: usize| (2..=MAX_ARMS).contains(&cells[c].distinct) && cells[c].present == table.rows();
    let named =
        |list: &[&str]| (0..names.len()).find(|&c| list.contains(&names[c].as_str()) && fits(c));
    let arm = named(&ARM).or_else(|| named(&SYSTEM))?;
    let distinct_rows = table.rows();
    let mut taken = [false; 2];
    let mut roles = Vec::with_capacity(names.len());
    for (c, name) in names.iter().enumerate() {
        roles.push(if c == arm {
            TrialRole::Arm
        } else if UNIT.contains(&name.as_str()) && !std::mem::replace(&mut taken[0], true) {
            TrialRole::Unit
        } else if TIME.contains(&name.as_str()) && !std::mem::replace(&mut taken[1], true) {
            TrialRole::Time
        } else {
            guess_value(name, &cells[c])
        });
    }
    // Totals: few rows, each with how many units there were.
    let total = (0..names.len())
        .find(|&c| TOTAL.contains(&names[c].as_str()) && cells[c].whole && cells[c].present > 0);
    if let Some(total) = total.filter(|_| distinct_rows <= 200 && !roles.contains(&TrialRole::Unit))
    {
        roles[total] = TrialRole::Total;
        let within = |c: usize| {
            let number = |c: usize, row: usize| {
                table
                    .cell(c, row)
                    .and_then(|t| t.trim().parse::<f64>().ok())
            };
            (0..table.rows()).all(|row| {
                number(c, row)
                    .zip(number(total, row))
                    .is_some_and(|(some, all)| some <= all)
            })
        };
        for c in (0..names.len()).filter(|&c| c != total && cells[c].whole && cells[c].present > 0)
        {
            if !matches!(roles[c], TrialRole::Arm | TrialRole::Time) && within(c) {
                roles[c] = TrialRole::Count;
            }
        }
        if !roles.contains(&TrialRole::Count) {
            roles[total] = TrialRole::Number;
        }
    }
    Some(roles)
}

fn guess_value(name: &str, cells: &Cells) -> TrialRole {
    if cells.present == 0 {
        TrialRole::Ignored
    } else if cells.outcome {
        TrialRole::Success
    } else if cells.number && has(name, &BEFORE) {
        TrialRole::Covariate
    } else if cells.number && has(name, &SPEED) {
        TrialRole::Speed
    } else if cells.number && has(name, &COST) {
        TrialRole::Cost
    } else if cells.number && has(name, &RESOURCE) {
        TrialRole::Resource
    } else if cells.number && name != "id" {
        TrialRole::Number
    } else if (2..=MAX_CATEGORIES).contains(&cells.distinct) && OUTCOME.contains(&name) {
        TrialRole::Categories
    } else if (2..=MAX_VALUES).contains(&cells.distinct) && cells.longest < 60 {
        TrialRole::Segment
    } else {
        TrialRole::Ignored
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_data::import::Importer;

    fn table(text: &str) -> Table {
        let mut importer = Importer::new("a.csv");
        importer.push(text.as_bytes()).unwrap();
        importer.finish().unwrap().table
    }

    #[test]
    fn events_tasks_and_totals_are_recognised_by_their_columns() {
        use TrialRole::*;
        let events = table(
            "user_id,variant,ts,country,converted,revenue,pre_revenue\nu1,A,1,de,1,2.5,1\nu2,B,2,fr,0,0,3.5\n",
        );
        assert_eq!(
            guess(&events),
            Some(vec![Unit, Arm, Time, Segment, Success, Number, Covariate])
        );
        let tasks = table(
            "task,system,resolved,escalated,latency_s,tokens_per_s,cost_usd\na,x,yes,no,1.5,30,0.1\na,y,no,yes,2.5,31,0.2\n",
        );
        assert_eq!(
            guess(&tasks),
            Some(vec![Unit, Arm, Success, Success, Resource, Speed, Cost])
        );
        let totals = table("arm,users,signups,orders\nA,1000,200,30\nB,1010,230,41\n");
        assert_eq!(guess(&totals), Some(vec![Arm, Total, Count, Count]));
        for table in [events, tasks, totals] {
            assert!(is_trial(&table));
        }
        assert!(TrialRole::Success.lower_is_better("escalated"));
    }

    #[test]
    fn outputs_and_pass_counts_are_no_trials() {
        for text in [
            "id,reference,base,finetuned\n1,a,b,c\n",
            "task_id,model,passed\n1,a,1\n1,b,0\n",
            "task_id,model,n,c\n1,a,10,5\n1,b,10,6\n",
            "id,model,response,latency\n1,a,hello,1.5\n2,b,hi,2.5\n",
            "text,label,pred,group\nx,1,1,A\ny,0,1,B\n",
            "rater,item,system,helpful,correct\nann,1,a,1,0\nann,1,b,0,1\n",
            "x,y\n1,2\n",
        ] {
            assert!(!is_trial(&table(text)), "{text}");
        }
    }
}
