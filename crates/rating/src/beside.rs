//! Two tables of judgements as one: a judge's verdicts beside people's ratings of the same items.

use super::judgements::{
    Comparison, Dimension, Judgements, LengthJudged, Ordered, Rating, Scale, Unit,
};
use std::collections::HashMap;

impl Judgements {
    /// Adds the judgements of another table. Units are the same where they are of one row of the data, or without a row
    /// have one name; systems by name; raters by their key. Dimensions are the same where their names are, whatever
    /// their case, and both are of preferences, of rankings, or of numbers; the only preference of one table is also
    /// that of the other, as tools call it differently.
    pub fn join(&mut self, other: Self) {
        let dimensions: Vec<usize> = self.places_of_dimensions(&other);
        let systems: Vec<usize> = other
            .systems
            .iter()
            .map(|s| self.place_of_system(s))
            .collect();
        let units = self.places_of_units(&other.units);
        let mut raters = Vec::new();
        for rater in other.raters {
            let known = self
                .raters
                .iter()
                .position(|r| r.key == rater.key && r.kind == rater.kind);
            raters.push(known.unwrap_or(self.raters.len()));
            if known.is_none() {
                self.raters.push(rater);
            }
        }
        self.ratings
            .extend(other.ratings.into_iter().map(|r| Rating {
                dimension: dimensions[r.dimension],
                rater: raters[r.rater],
                unit: units[r.unit],
                system: systems[r.system],
                value: r.value,
            }));
        let moved = |c: Comparison| Comparison {
            dimension: dimensions[c.dimension],
            rater: raters[c.rater],
            unit: units[c.unit],
            systems: c.systems.map(|s| systems[s]),
            preference: c.preference,
        };
        self.comparisons
            .extend(other.comparisons.into_iter().map(moved));
        self.games.extend(other.games.into_iter().map(moved));
        self.lengths
            .extend(other.lengths.into_iter().map(|l| LengthJudged {
                dimension: dimensions[l.dimension],
                rater: raters[l.rater],
                unit: units[l.unit],
                systems: l.systems.map(|s| systems[s]),
                ..l
            }));
        self.orders
            .extend(other.orders.into_iter().map(|o| Ordered {
                dimension: dimensions[o.dimension],
                rater: raters[o.rater],
                unit: units[o.unit],
                systems: o.systems.into_iter().map(|s| systems[s]).collect(),
            }));
        for mut remark in other.remarks {
            let named = |d: &Dimension| d.name == remark.dimension;
            if let Some(theirs) = other.dimensions.iter().position(named) {
                let own = &self.dimensions[dimensions[theirs]].name;
                remark.dimension.clone_from(own);
            }
            remark.rater = raters[remark.rater];
            remark.unit = units[remark.unit];
            remark.system = remark.system.map(|s| systems[s]);
            remark.judged = remark.judged.map(|judged| judged.moved(|s| systems[s]));
            self.remarks.push(remark);
        }
    }

    fn place_of_system(&mut self, name: &str) -> usize {
        let known = self.systems.iter().position(|s| s == name);
        known.unwrap_or_else(|| {
            self.systems.push(name.to_owned());
            self.systems.len() - 1
        })
    }

    fn places_of_units(&mut self, units: &[Unit]) -> Vec<usize> {
        let mut by_row: HashMap<usize, usize> = HashMap::new();
        let mut by_name: HashMap<String, usize> = HashMap::new();
        for (place, unit) in self.units.iter().enumerate() {
            match unit.row {
                // Turns of a conversation share a row: only units of one name are the same then.
                Some(row) if !by_row.contains_key(&row) => {
                    by_row.insert(row, place);
                }
                _ => {}
            }
            by_name.insert(unit.name.clone(), place);
        }
        let mut places = Vec::new();
        for unit in units {
            let named = by_name.get(&unit.name).copied();
            let named = named.filter(|place| self.units[*place].row == unit.row);
            let in_row = || by_row.get(&unit.row?).copied();
            let place = named.or_else(in_row).unwrap_or_else(|| {
                self.units.push(unit.clone());
                self.units.len() - 1
            });
            places.push(place);
        }
        places
    }

    fn places_of_dimensions(&mut self, other: &Self) -> Vec<usize> {
        let preferences = |table: &Self| -> Vec<usize> {
            let own = table.dimensions.iter().enumerate();
            let own = own.filter(|(_, d)| d.scale == Scale::Preference);
            own.map(|(place, _)| place).collect()
        };
        let only = match (&preferences(self)[..], &preferences(other)[..]) {
            ([own], [theirs]) => Some((*own, *theirs)),
            _ => None,
        };
        let mut places = Vec::new();
        for (theirs, dimension) in other.dimensions.iter().enumerate() {
            let alike = |own: &Dimension| {
                let is_named = own.name.to_lowercase() == dimension.name.to_lowercase();
                is_named && kind(&own.scale) == kind(&dimension.scale)
            };
            let named = self.dimensions.iter().position(alike);
            let same = named.or(only.filter(|(_, t)| *t == theirs).map(|(own, _)| own));
            places.push(same.unwrap_or(self.dimensions.len()));
            match same {
                Some(place) => {
                    let scale = wider(&self.dimensions[place].scale, &dimension.scale);
                    self.dimensions[place].scale = scale;
                }
                None => self.dimensions.push(dimension.clone()),
            }
        }
        places
    }
}

/// What kind of values a scale has: values of one kind can be compared.
fn kind(scale: &Scale) -> u8 {
    match scale {
        Scale::Preference => 0,
        Scale::Ranking => 1,
        Scale::Penalty => 2,
        Scale::Points { .. } | Scale::YesNo | Scale::Number => 3,
    }
}

/// The scale that has the values of both.
fn wider(one: &Scale, other: &Scale) -> Scale {
    let ends = |scale: &Scale| match scale {
        Scale::Points { least, most } => Some((*least, *most)),
        Scale::YesNo => Some((0, 1)),
        _ => None,
    };
    match (ends(one), ends(other)) {
        _ if one == other => one.clone(),
        (Some((a, b)), Some((c, d))) => Scale::Points {
            least: a.min(c),
            most: b.max(d),
        },
        _ => Scale::Number,
    }
}
