//! What a trial's columns are for, guessed from names and cells; a person may correct it.

use super::names::{
    ARM, AVERAGE, AVERAGES, BEFORE, COST, OTHERS, OUTCOME, RESOURCE, SPEED, SYSTEM, TIME, TOTAL,
    UNIT, WORSE, has,
};
use assay_data::roles::holds_outputs;
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
/// Characters that the cells of a column have on average if they are texts, and not names.
const TEXT: usize = 12;
/// Rows that a table of totals may have.
const MAX_TOTALS: usize = 200;

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
    /// Of totals: what all units of the row have together, several each: orders, revenue.
    Sum,
    /// Nothing.
    Ignored,
}

impl TrialRole {
    /// All, with their names.
    pub const ALL: [(Self, &str); 15] = [
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
        (Self::Sum, "sum"),
        (Self::Ignored, "ignored"),
    ];

    /// Whether a lower value of such a column is the better one, judged by its name.
    pub fn lower_is_better(self, name: &str) -> bool {
        match self {
            Self::Resource | Self::Cost => true,
            Self::Success | Self::Number | Self::Count | Self::Sum => has(name, &WORSE),
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
    /// All are from 0 to 1.
    fraction: bool,
    distinct: usize,
    /// Characters of the longest.
    longest: usize,
    /// Characters of all.
    characters: usize,
}

impl Cells {
    fn of(table: &Table, column: usize) -> Self {
        let mut found = Self {
            present: 0,
            outcome: true,
            number: true,
            whole: true,
            fraction: true,
            distinct: 0,
            longest: 0,
            characters: 0,
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
            found.fraction = found.fraction && number.is_some_and(|x| (0.0..=1.0).contains(&x));
            let characters = cell.chars().count();
            found.longest = found.longest.max(characters);
            found.characters += characters;
            if values.len() <= MAX_VALUES.max(MAX_ARMS) {
                values.insert(cell);
            }
        }
        found.distinct = values.len();
        found
    }

    /// Whether they are texts: longer than names, and different from row to row.
    fn texts(&self) -> bool {
        let varied = self.distinct > MAX_VALUES || self.distinct * 2 > self.present;
        !self.number && !self.outcome && varied && self.characters > TEXT * self.present
    }
}

/// The columns' names in lower case with `_` between words.
fn normalised(table: &Table) -> Vec<String> {
    // PostHog names the column of arms after the flag: `$feature/new-model`.
    let plain = |name: &String| match name.trim().starts_with("$feature/") {
        true => "variant".to_owned(),
        false => name.trim().to_lowercase().replace([' ', '-'], "_"),
    };
    table.names().iter().map(plain).collect()
}

/// Whether a file is a trial, to be told apart from outputs: an arm under a name of its own, or a system's
/// name beside what only trials have.
pub fn is_trial(table: &Table) -> bool {
    let Some(roles) = guess(table) else {
        return false;
    };
    let names = normalised(table);
    let cells: Vec<Cells> = (0..names.len()).map(|c| Cells::of(table, c)).collect();
    let long_texts = cells.iter().any(|c| c.longest > 400);
    // Outputs may be grouped by anything; who has several texts a row and no unit compares texts.
    let texts = cells.iter().filter(|c| c.texts()).count();
    let compares_texts = texts > 1 && !roles.contains(&TrialRole::Unit);
    if long_texts || compares_texts || holds_outputs(table) {
        return false;
    }
    if names.iter().any(|n| OTHERS.contains(&n.as_str())) {
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
        TrialRole::Sum,
    ]
    .into_iter()
    .any(said);
    (own && (result || telling.into_iter().any(said))) || telling.into_iter().any(said) || several
}

/// A role for each column; `None` where none names the arms.
pub fn guess(table: &Table) -> Option<Vec<TrialRole>> {
    let names = normalised(table);
    let cells: Vec<Cells> = (0..names.len()).map(|c| Cells::of(table, c)).collect();
    let fits =
        |c: usize| (2..=MAX_ARMS).contains(&cells[c].distinct) && cells[c].present == table.rows();
    let named =
        |list: &[&str]| (0..names.len()).find(|&c| list.contains(&names[c].as_str()) && fits(c));
    let arm = named(&ARM).or_else(|| named(&SYSTEM))?;
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
    let total = TOTAL.iter().find_map(|total| {
        let mut columns = (0..names.len()).filter(|&c| names[c] == *total);
        columns.find(|&c| cells[c].whole && cells[c].present > 0)
    });
    let few = table.rows() <= MAX_TOTALS && !roles.contains(&TrialRole::Unit);
    if let Some(total) = total.filter(|_| few) {
        let one_row_each = cells[arm].distinct == table.rows();
        guess_totals(table, &names, &cells, &mut roles, (total, one_row_each));
    }
    Some(roles)
}

/// Totals: few rows, each with how many units there were. What is never more than these counts units; what may be
/// more is a sum over them, unless it is an average.
fn guess_totals(
    table: &Table,
    names: &[String],
    cells: &[Cells],
    roles: &mut [TrialRole],
    (total, one_row_each): (usize, bool),
) {
    roles[total] = TrialRole::Total;
    let number = |c: usize, row: usize| {
        let cell = table.cell(c, row)?;
        cell.trim().parse::<f64>().ok()
    };
    let within = |c: usize| {
        (0..table.rows()).all(|row| {
            let pair = number(c, row).zip(number(total, row));
            pair.is_some_and(|(some, all)| some <= all)
        })
    };
    let average = |c: usize| has(&names[c], &AVERAGE) || AVERAGES.contains(&names[c].as_str());
    let others = (0..names.len()).filter(|&c| c != total && cells[c].present > 0 && !average(c));
    let others: Vec<usize> = others
        .filter(|&c| !matches!(roles[c], TrialRole::Arm | TrialRole::Time))
        .collect();
    for &c in others.iter().filter(|&&c| cells[c].whole && within(c)) {
        roles[c] = TrialRole::Count;
    }
    if roles.contains(&TrialRole::Count) || one_row_each {
        for &c in &others {
            if roles[c] == TrialRole::Number && !cells[c].fraction {
                roles[c] = TrialRole::Sum;
            }
        }
    }
    if !roles.contains(&TrialRole::Count) && !roles.contains(&TrialRole::Sum) {
        roles[total] = TrialRole::Number;
    }
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
        let sums = table(
            "arm,users,signups,orders,revenue,avg_order,conversion\nA,1000,200,1030,5200.5,5.05,0.2\nB,1010,230,900,5100,5.67,0.23\n",
        );
        assert_eq!(
            guess(&sums),
            Some(vec![Arm, Total, Count, Sum, Sum, Number, Number])
        );
        let only = table("variant,users,orders\nA,1000,1200\nB,1000,1030\n");
        assert_eq!(guess(&only), Some(vec![Arm, Total, Sum]));
        for table in [events, tasks, totals, sums, only] {
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
            // Outputs whose slice is called as an arm is.
            "id,question,answer,base,tuned,group,length\n\
             0,Who wrote it?,The clerk wrote it.,Nobody.,The clerk did.,north,18\n\
             1,When was it?,It was in spring.,In May.,It was in the spring.,south,17\n\
             2,Where was it?,It was in town.,Here.,It was in the town.,north,15\n",
            "问题,标准答案,微调前,微调后,版本,得分\n\
             雨天能洗车吗？,可以，但不必要。,不能。,可以，不过没有必要。,一,3\n\
             饭后能跑步吗？,最好等一小时。,能。,最好一小时以后再跑。,二,4\n\
             冬天要浇花吗？,少浇，土干了再浇。,要。,少浇一些，等土干了再浇。,一,5\n",
            "prompt,first,second,group,length\n\
             Who wrote this?,The clerk wrote it.,Nobody knows it.,a,3\n\
             When was this?,It was in the spring.,It was in May then.,b,4\n",
        ] {
            assert!(!is_trial(&table(text)), "{text}");
        }
    }
}
