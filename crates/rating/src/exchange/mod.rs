//! Judgements that were gathered elsewhere: a table with a rater a row ([`flat`]), Label Studio's export
//! ([`label_studio`]) and Argilla's ([`argilla`]).

pub mod argilla;
pub mod flat;
pub mod label_studio;

use super::answers::Preference;
use super::judgements::{
    Comparison, Dimension, Judgements, Ordered, RaterInfo, Rating, Scale, Unit,
};
use super::pool::RaterKey;
use assay_data::{DataSet, ImportError, Importer, Role};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;

/// Bytes of a file that are read.
pub const MAX_BYTES: usize = 64 << 20;

/// Why a file gives no judgements.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize, Deserialize)]
pub enum ForeignError {
    /// It can't be read as a table.
    #[error("{error}")]
    Table {
        /// Why.
        error: Box<ImportError>,
    },
    /// It is larger than is read.
    #[error("{file} is larger than {most_mb} MB; leave out what is not needed")]
    TooLarge {
        /// The file.
        file: String,
        /// Megabytes that are read.
        most_mb: usize,
    },
    /// Nothing in it is a judgement.
    #[error(
        "{file} holds no ratings: a table needs a column for the rater and one for each dimension, or columns for dimension and value"
    )]
    Nothing {
        /// The file.
        file: String,
    },
}

/// What a file gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Foreign {
    /// The judgements.
    pub table: Judgements,
    /// Values that are no rating, and were passed over.
    pub passed_over: usize,
}

/// The judgements in a file.
///
/// # Errors
/// Why there are none.
pub fn read(file: &str, bytes: &[u8]) -> Result<Foreign, ForeignError> {
    let most_mb = MAX_BYTES >> 20;
    let name = file.to_owned();
    if bytes.len() > MAX_BYTES {
        let file = name;
        return Err(ForeignError::TooLarge { file, most_mb });
    }
    let mut builder = Builder::default();
    let records = serde_json::from_slice::<Value>(bytes).ok();
    let records = records.as_ref().and_then(Value::as_array);
    let has = |key: &str| records.is_some_and(|r| r.iter().take(20).any(|o| o.get(key).is_some()));
    if has("annotations") || has("completions") {
        label_studio::read(records.map_or(&[], Vec::as_slice), &mut builder);
    } else if records.is_some_and(|r| argilla::is_it(r)) {
        argilla::read(records.map_or(&[], Vec::as_slice), &mut builder);
    } else {
        let boxed = |error| ForeignError::Table {
            error: Box::new(error),
        };
        let mut importer = Importer::new(file);
        importer.push(bytes).map_err(boxed)?;
        let imported = importer.finish().map_err(boxed)?;
        flat::read(&imported.table, &mut builder);
    }
    let foreign = builder.finish();
    if foreign.table.is_empty() {
        return Err(ForeignError::Nothing { file: name });
    }
    Ok(foreign)
}

/// Gathers judgements under names.
#[derive(Default)]
pub(super) struct Builder {
    table: Judgements,
    dimensions: HashMap<String, usize>,
    systems: HashMap<String, usize>,
    raters: HashMap<String, usize>,
    units: HashMap<String, usize>,
    passed_over: usize,
}

/// Who judges what, by names.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    pub rater: &'a str,
    pub unit: &'a str,
    pub dimension: &'a str,
}

fn place(known: &mut HashMap<String, usize>, name: &str, add: impl FnOnce()) -> usize {
    if let Some(&place) = known.get(name) {
        return place;
    }
    add();
    let place = known.len();
    known.insert(name.to_owned(), place);
    place
}

impl Builder {
    pub(super) fn pass_over(&mut self) {
        self.passed_over += 1;
    }

    fn system(&mut self, name: &str) -> usize {
        let list = &mut self.table.systems;
        place(&mut self.systems, name, || list.push(name.to_owned()))
    }

    /// The places of dimension, rater and unit.
    fn places(&mut self, about: About<'_>, scale: Scale) -> [usize; 3] {
        let dimensions = &mut self.table.dimensions;
        let dimension = place(&mut self.dimensions, about.dimension, || {
            dimensions.push(Dimension {
                name: about.dimension.to_owned(),
                scale,
            });
        });
        let raters = &mut self.table.raters;
        let rater = place(&mut self.raters, about.rater, || {
            raters.push(info(about.rater));
        });
        let units = &mut self.table.units;
        let unit = place(&mut self.units, about.unit, || {
            units.push(Unit {
                name: about.unit.to_owned(),
                row: None,
            });
        });
        [dimension, rater, unit]
    }

    pub(super) fn rate(&mut self, about: About<'_>, system: &str, value: f64) {
        if !value.is_finite() {
            return self.pass_over();
        }
        let system = self.system(system);
        let [dimension, rater, unit] = self.places(about, Scale::Number);
        self.table.ratings.push(Rating {
            dimension,
            rater,
            unit,
            system,
            value,
        });
    }

    pub(super) fn prefer(&mut self, about: About<'_>, systems: [&str; 2], preference: Preference) {
        let systems = systems.map(|s| self.system(s));
        if systems[0] == systems[1] {
            return self.pass_over();
        }
        let [dimension, rater, unit] = self.places(about, Scale::Preference);
        self.table.comparisons.push(Comparison {
            dimension,
            rater,
            unit,
            systems,
            preference,
        });
    }

    pub(super) fn order(&mut self, about: About<'_>, systems: &[String]) {
        let places: Vec<usize> = systems.iter().map(|s| self.system(s)).collect();
        let [dimension, rater, unit] = self.places(about, Scale::Ranking);
        for (rank, &system) in places.iter().enumerate() {
            self.table.ratings.push(Rating {
                dimension,
                rater,
                unit,
                system,
                value: rank as f64 + 1.0,
            });
        }
        self.table.orders.push(Ordered {
            dimension,
            rater,
            unit,
            systems: places,
        });
    }

    fn finish(mut self) -> Foreign {
        for dimension in 0..self.table.dimensions.len() {
            if self.table.dimensions[dimension].scale == Scale::Number {
                self.table.dimensions[dimension].scale = scale(&self.table, dimension);
            }
        }
        let mut answered = vec![std::collections::HashSet::new(); self.table.raters.len()];
        let rated = self.table.ratings.iter().map(|r| (r.rater, r.unit));
        let compared = self.table.comparisons.iter().map(|c| (c.rater, c.unit));
        for (rater, unit) in rated.chain(compared) {
            answered[rater].insert(unit);
        }
        for (info, units) in self.table.raters.iter_mut().zip(answered) {
            info.answered = units.len();
        }
        Foreign {
            table: self.table,
            passed_over: self.passed_over,
        }
    }
}

fn info(name: &str) -> RaterInfo {
    RaterInfo {
        key: RaterKey::Named(None, name.to_lowercase()),
        name: name.to_owned(),
        devices: Vec::new(),
        answered: 0,
        skipped: 0,
        controls: (0, 0),
        repeated: (0, 0),
        seconds: None,
        conflicts: 0,
        left_out: false,
    }
}

/// Whole numbers from -10 to 10, not many of them, are points; of 0 and 1 alone, yes and no.
fn scale(table: &Judgements, dimension: usize) -> Scale {
    let values = || {
        let own = table.ratings.iter().filter(|r| r.dimension == dimension);
        own.map(|r| r.value)
    };
    if values().any(|v| v.fract() != 0.0 || v.abs() > 10.0) {
        return Scale::Number;
    }
    let (low, high) = values().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
    if (low, high) == (0.0, 1.0) {
        return Scale::YesNo;
    }
    Scale::Points {
        least: if low > 1.0 { 1 } else { low as i32 },
        most: high as i32,
    }
}

/// A value that is a number, or a word that stands for one: yes and no, or a choice that begins with
/// its number.
pub(super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(n) => n.as_f64(),
        Value::Bool(yes) => Some(f64::from(u8::from(*yes))),
        Value::String(text) => number_in(text),
        _ => None,
    }
}

pub(super) fn number_in(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        return Some(number).filter(|n| n.is_finite());
    }
    match text.to_lowercase().as_str() {
        "yes" | "true" | "y" | "是" | "good" => return Some(1.0),
        "no" | "false" | "n" | "否" | "bad" => return Some(0.0),
        _ => {}
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].chars().next();
    let ends = rest.is_none_or(|c| !c.is_alphanumeric());
    text[..digits].parse().ok().filter(|_| ends)
}

/// The name of a system in an object of properties.
pub(super) fn system_in(object: Option<&Value>) -> Option<String> {
    const NAMES: [&str; 6] = ["system", "model", "system_id", "model_name", "系统", "模型"];
    let object = object?.as_object()?;
    let value = NAMES.iter().find_map(|name| object.get(*name))?;
    value.as_str().map(str::to_owned)
}

/// Gives units their rows in `data`: by its id column, or by number where there are as many units as
/// rows, named by the numbers from 0 or from 1 on.
pub fn link(table: &mut Judgements, data: &DataSet) {
    let rows = data.table.rows();
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    if let Some(ids) = data.column_with(Role::Id) {
        let cells = data.table.column(ids).iter().enumerate();
        by_name.extend(cells.filter_map(|(row, id)| Some((id?, row))));
    }
    let numbers: Option<Vec<usize>> = table.units.iter().map(|u| u.name.parse().ok()).collect();
    let first = numbers
        .as_ref()
        .and_then(|n| n.iter().min().copied())
        .filter(|&least| least <= 1 && table.units.len() == rows);
    for (place, unit) in table.units.iter_mut().enumerate() {
        let by_number = || Some(numbers.as_ref()?[place] - first?);
        let found = by_name.get(unit.name.as_str()).copied();
        unit.row = found.or_else(by_number).filter(|&row| row < rows);
    }
}
