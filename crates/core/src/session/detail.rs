//! One row in full. Texts are cut to what a person reads and a browser draws without a pause, and compared only as far as
//! that takes a moment: a row may hold texts of megabytes under hundreds of columns.

use super::Session;
use crate::differences::differences;
use crate::marks::{self, Effort};
use assay_data::Role;
use assay_protocol::rows::RowsError;
use assay_protocol::views::{Detail, OutputView, RowMeasure, SurpriseView};
use assay_results::scores::MetricResult;

/// Characters of all texts of a row together.
const MOST_CHARACTERS: usize = 200_000;
/// Characters of one text, of which there may be many, or few.
const CHARACTERS: std::ops::RangeInclusive<usize> = 200..=20_000;
/// Characters of a token, about: each is an element of its own.
const TOKEN_CHARACTERS: usize = 4;

/// How much of each text is shown.
struct Cut {
    characters: usize,
    /// Whether a text was longer.
    is_used: bool,
}

impl Cut {
    /// For a row of this many texts.
    fn of(texts: usize) -> Self {
        let each = MOST_CHARACTERS / texts.max(1);
        Self {
            characters: each.clamp(*CHARACTERS.start(), *CHARACTERS.end()),
            is_used: false,
        }
    }

    /// The beginning of a text, and whether that is all of it.
    fn beginning<'a>(&mut self, text: &'a str) -> (&'a str, bool) {
        match text.char_indices().nth(self.characters) {
            Some((at, _)) => {
                self.is_used = true;
                (&text[..at], false)
            }
            None => (text, true),
        }
    }

    /// The beginning of a text, with an ellipsis where more follows.
    fn shown(&mut self, text: &str) -> String {
        match self.beginning(text) {
            (all, true) => all.to_owned(),
            (beginning, false) => format!("{beginning}…"),
        }
    }

    /// The first tokens of texts under models.
    fn tokens(&mut self, views: &mut [SurpriseView]) {
        let most = self.characters / TOKEN_CHARACTERS;
        for view in views {
            for model in &mut view.models {
                model.ranks.truncate(most);
                model.entropies.truncate(most);
            }
            let lists = view.models.iter_mut().map(|model| &mut model.tokens);
            for tokens in lists.chain([&mut view.shift]) {
                self.is_used |= tokens.len() > most;
                tokens.truncate(most);
            }
        }
    }
}

impl Session {
    /// All about one row; outputs are compared with that of a system, or with the first reference.
    ///
    /// # Errors
    /// When there is no such row.
    pub fn detail(&self, row: usize, against: Option<usize>) -> Result<Detail, RowsError> {
        let rows = self.data.table.rows();
        if row >= rows {
            return Err(RowsError::NoSuchRow { row, rows });
        }
        let mut surprise = self.surprise(row);
        let columns = self.data.roles.iter().filter(|r| **r != Role::Ignored);
        let mut cut = Cut::of(columns.count());
        let fields = self.row_fields(row, &mut cut);
        let references = self.data.references(row);
        let references: Vec<String> = references.into_iter().map(|r| cut.shown(r)).collect();
        let mut effort = Effort::default();
        let outputs = self.row_outputs(row, against, &mut cut, &mut effort);
        cut.tokens(&mut surprise);
        let measures = self.schedule.results().map(|m| RowMeasure {
            name: m.name.clone(),
            max: m.max,
        });
        Ok(Detail {
            row,
            fields,
            surprise,
            measures: measures.collect(),
            outputs,
            references,
            cut: cut.is_used.then_some(cut.characters),
            is_unmarked: effort.is_over(),
        })
    }

    /// Cells that are neither references nor outputs.
    fn row_fields(&self, row: usize, cut: &mut Cut) -> Vec<(String, String)> {
        let data = &self.data;
        let shown =
            |role: Role| !matches!(role, Role::Reference | Role::Hypothesis | Role::Ignored);
        let columns = (0..data.roles.len()).filter(|&c| shown(data.roles[c]));
        let cells = columns.filter_map(|c| Some((c, data.table.cell(c, row)?)));
        cells
            .map(|(c, cell)| (data.table.names()[c].clone(), cut.shown(cell)))
            .collect()
    }

    fn row_outputs(
        &self,
        row: usize,
        against: Option<usize>,
        cut: &mut Cut,
        effort: &mut Effort,
    ) -> Vec<OutputView> {
        let data = &self.data;
        let references = data.references(row);
        let references: Vec<&str> = references.iter().map(|r| cut.beginning(r).0).collect();
        let systems = data.all_systems().into_iter().filter(|s| !s.is_hidden);
        let systems: Vec<_> = systems.collect();
        let compared = match against.and_then(|place| systems.get(place)) {
            Some(system) => Some(cut.beginning(data.hypothesis(system.column, row)).0),
            None => references.first().copied(),
        };
        let score_of = |system: usize| {
            move |m: &MetricResult| {
                let score = m.systems.get(system)?.segments.get(row).copied();
                score.filter(|score| !score.is_nan())
            }
        };
        let outputs = systems.iter().enumerate().map(|(i, system)| {
            let whole = data.hypothesis(system.column, row);
            let raw = data.raw_output(system.column, row);
            let text = cut.beginning(whole).0;
            // A text has nothing to be compared with in itself.
            let other = compared.filter(|_| against != Some(i));
            OutputView {
                system: system.name.to_owned(),
                colour: system.colour,
                text: cut.shown(whole),
                raw: (raw != whole).then(|| cut.shown(raw)),
                marks: other.map_or_else(Vec::new, |other| differences(other, text, effort)),
                alignment: other.and_then(|other| marks::alignment(other, text, effort)),
                ngrams: marks::matched_ngrams(&references, text, effort),
                scores: self.schedule.results().map(score_of(i)).collect(),
            }
        });
        outputs.collect()
    }
}
