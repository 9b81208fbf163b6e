//! From data to a task: which rows, which systems, what raters see, who sees what. Row by row an item
//! has all systems' outputs, or two of them where two are to be compared and there are more.

use super::blinding::{Drawn, blind};
use super::marks::prefilled::{CellError, Prefilled, marks_of};
use super::marks::{ErrorScheme, Mark};
use super::order::shuffle;
use super::owner::OwnerSecret;
use super::project::Origin;
pub use super::rows::{Rows, Scores};
use super::task::{Item, Kind, MAX_ITEMS, Question, Sealing, Task, TaskError};
use assay_data::{DataSet, Role};
use assay_stats::pcg64::Pcg64;
use serde::{Deserialize, Serialize};

/// How a task is to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The tag of the language of its words.
    pub language: String,
    /// What it is called.
    pub title: String,
    /// Instructions in Markdown.
    pub instructions: String,
    /// The questions.
    pub questions: Vec<Question>,
    /// Which rows.
    pub rows: Rows,
    /// How many of them.
    pub count: usize,
    /// The systems, by their places in the data.
    pub systems: Vec<usize>,
    /// Whether raters see what the systems were given.
    pub source: bool,
    /// Whether raters see the first reference.
    pub reference: bool,
    /// Whether the systems' names are hidden.
    pub blind: bool,
    /// Raters that items are shared out among; 0 where everyone rates everything.
    pub slots: u16,
    /// Raters an item, when they are shared out.
    pub overlap: u16,
    /// Items that are shown twice.
    pub repeats: u16,
    /// Control items: one output is another row's.
    pub controls: usize,
    /// Whether time is recorded.
    pub timed: bool,
    /// What raters see once no item is open, such as a platform's completion code; empty without.
    #[serde(default)]
    pub completion: String,
    /// The columns with the errors that systems' outputs begin with, as [`super::marks::prefilled::marks_of`] reads
    /// them. They go to the first question that marks errors.
    #[serde(default)]
    pub prefilled: Vec<MarksColumn>,
    /// Where drawing begins.
    pub seed: u64,
}

/// A column with errors that are marked beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarksColumn {
    /// The system, by its place in the data.
    pub system: usize,
    /// The column's name.
    pub column: String,
}

/// What a task needs that must not be guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Secrets {
    /// [`Task::id`].
    pub id: u64,
    /// What only the owner holds: [`Task::key`] is its public key.
    pub owner: OwnerSecret,
    /// Where the order of items and outputs begins, which no link holds.
    pub order: u64,
}

impl Draft {
    /// The task, and where its items come from.
    ///
    /// # Errors
    /// Why there is none.
    pub fn make(
        &self,
        data: &DataSet,
        scores: &Scores,
        secrets: Secrets,
    ) -> Result<(Task, Vec<Origin>), TaskError> {
        let mut rng = Pcg64::new(self.seed);
        let systems = data.systems();
        let chosen: Vec<usize> = self
            .systems
            .iter()
            .copied()
            .filter(|&s| s < systems.len())
            .collect();
        let rows = self
            .rows
            .chosen(data, &chosen, scores, self.count, &mut rng);
        let groups = self.groups(&chosen);
        let wanted = rows.len() * groups.len() + self.controls;
        if wanted > MAX_ITEMS {
            return Err(TaskError::TooManyItems {
                items: wanted,
                most: MAX_ITEMS,
            });
        }
        let mut list = Vec::new();
        for &row in &rows {
            for group in &groups {
                list.push(self.drawn(data, row, group)?);
            }
        }
        let mut secret = Pcg64::new(secrets.order);
        list.extend(self.controls(data, &rows, &groups, &mut secret)?);
        blind(&mut list, self.seed, &mut secret);
        let prefilled = self.prefilled(&list);
        let (items, origins): (Vec<Item>, Vec<Origin>) =
            list.into_iter().map(|d| (d.item, d.origin)).unzip();
        let task = Task {
            id: secrets.id,
            seed: self.seed,
            key: secrets.owner.public_key(),
            language: self.language.clone(),
            title: self.title.trim().to_owned(),
            instructions: self.instructions.clone(),
            questions: self.questions.clone(),
            repeats: self.repeats.min(items.len() as u16),
            items,
            slots: self.slots,
            overlap: if self.slots > 0 { self.overlap } else { 0 },
            timed: self.timed,
            sealing: Sealing::OwnerKey,
            completion: self.completion.trim().to_owned(),
            prefilled,
        };
        task.check()?;
        Ok((task, origins))
    }

    /// The systems that stand in one item: all, or each pair where pairs are compared.
    fn groups(&self, chosen: &[usize]) -> Vec<Vec<usize>> {
        let pairs = self
            .questions
            .iter()
            .any(|q| matches!(q.kind, Kind::Pairwise { .. }));
        if !pairs || chosen.len() <= 2 {
            return vec![chosen.to_vec()];
        }
        let each = chosen.iter().enumerate();
        each.flat_map(|(i, &a)| chosen[i + 1..].iter().map(move |&b| vec![a, b]))
            .collect()
    }

    fn item(&self, data: &DataSet, row: usize, group: &[usize]) -> Item {
        let systems = data.systems();
        let shown = |wanted: bool, role: Role| {
            let column = data.column_with(role).filter(|_| wanted);
            let cell = column.and_then(|c| data.table.cell(c, row));
            cell.unwrap_or_default().to_owned()
        };
        let names = group.iter().map(|&s| systems[s].1.to_owned());
        Item {
            source: shown(self.source, Role::Source),
            reference: shown(self.reference, Role::Reference),
            outputs: group
                .iter()
                .map(|&s| data.hypothesis(systems[s].0, row).to_owned())
                .collect(),
            labels: if self.blind {
                Vec::new()
            } else {
                names.collect()
            },
        }
    }

    /// A row's outputs of some systems as an item.
    fn drawn(&self, data: &DataSet, row: usize, group: &[usize]) -> Result<Drawn, TaskError> {
        let marks = group.iter().map(|&system| self.marks(data, row, system));
        Ok(Drawn {
            item: self.item(data, row, group),
            origin: Origin {
                row,
                systems: group.to_vec(),
                wrong: None,
            },
            marks: marks.collect::<Result<_, _>>()?,
        })
    }

    /// The first question that marks errors, and how.
    fn marking(&self) -> Option<(usize, ErrorScheme)> {
        let mut questions = self.questions.iter().enumerate();
        questions.find_map(|(place, q)| Some((place, q.kind.errors()?.into_owned())))
    }

    /// The errors that a system's output in a row begins with.
    fn marks(&self, data: &DataSet, row: usize, system: usize) -> Result<Vec<Mark>, TaskError> {
        let named = self.prefilled.iter().find(|p| p.system == system);
        let (Some(named), Some((_, scheme))) = (named, self.marking()) else {
            return Ok(Vec::new());
        };
        let column = named.column.clone();
        let place = data.table.names().iter().position(|name| *name == column);
        let Some(place) = place else {
            return Err(TaskError::MarksColumn { column });
        };
        let cell = data.table.cell(place, row).unwrap_or_default();
        let output = data.systems()[system].0;
        let text = data.hypothesis(output, row);
        let marks = marks_of(cell, &scheme, text.chars().count() as u32);
        let row = row + 1;
        match marks {
            // Marks are places in the output as it stands in the file; what was taken out of it has other places.
            Ok(marks) if !marks.is_empty() && text != data.raw_output(output, row - 1) => {
                Err(TaskError::MarksOutside { row, column })
            }
            Ok(marks) => Ok(marks),
            Err(CellError::Unreadable) => Err(TaskError::MarksUnreadable { row, column }),
            Err(CellError::Outside) => Err(TaskError::MarksOutside { row, column }),
            Err(CellError::Category(category)) => Err(TaskError::MarksCategory {
                row,
                column,
                category,
            }),
            Err(CellError::Severity(severity)) => Err(TaskError::MarksSeverity {
                row,
                column,
                severity,
            }),
        }
    }

    /// The errors that the outputs begin with, as a task holds them.
    fn prefilled(&self, list: &[Drawn]) -> Vec<Prefilled> {
        let Some((question, _)) = self.marking() else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (item, drawn) in list.iter().enumerate() {
            let marked = drawn.marks.iter().enumerate();
            found.extend(
                marked
                    .filter(|(_, marks)| !marks.is_empty())
                    .map(|(output, marks)| Prefilled {
                        item: item as u16,
                        question: question as u8,
                        output: output as u8,
                        marks: marks.clone(),
                    }),
            );
        }
        found
    }

    /// Items in which one output is another row's. Rows that are not judged come first, so that neither the prompt nor
    /// the wrong output stands in the task twice.
    fn controls(
        &self,
        data: &DataSet,
        rows: &[usize],
        groups: &[Vec<usize>],
        secret: &mut Pcg64,
    ) -> Result<Vec<Drawn>, TaskError> {
        let wanted = self.controls.min(rows.len() * groups.len());
        let mut judged = rows.to_vec();
        let mut others: Vec<usize> = (0..data.table.rows())
            .filter(|row| rows.binary_search(row).is_err())
            .collect();
        shuffle(&mut judged, secret);
        shuffle(&mut others, secret);
        let sources: Vec<usize> = others.into_iter().chain(judged).collect();
        let drawn = sources.iter().cycle().take(wanted).enumerate();
        drawn
            .filter_map(|(i, &row)| {
                let group = &groups[secret.below(groups.len() as u32) as usize];
                let wrong = match group.len() {
                    0 => return None,
                    outputs => secret.below(outputs as u32) as usize,
                };
                // From the rows after those that the controls themselves take.
                let from = sources.iter().cycle().skip(wanted + i);
                let from = from.take(sources.len());
                self.control(data, row, group, wrong, from).transpose()
            })
            .collect()
    }

    /// An item in which the output at `wrong` is that of one of the rows in `from`. `None` where none of them differs.
    fn control<'a>(
        &self,
        data: &DataSet,
        row: usize,
        group: &[usize],
        wrong: usize,
        mut from: impl Iterator<Item = &'a usize>,
    ) -> Result<Option<Drawn>, TaskError> {
        let Some(&system) = group.get(wrong) else {
            return Ok(None);
        };
        let column = data.systems()[system].0;
        let own = data.hypothesis(column, row);
        let other = from.find_map(|&r| {
            let text = data.hypothesis(column, r);
            (text != own && !text.trim().is_empty()).then_some((r, text))
        });
        let Some((other, text)) = other else {
            return Ok(None);
        };
        let mut drawn = self.drawn(data, row, group)?;
        drawn.item.outputs[wrong] = text.to_owned();
        // Marks of the text that stands there, so that their absence does not give the control away.
        drawn.marks[wrong] = self.marks(data, other, system)?;
        drawn.origin.wrong = Some(wrong);
        Ok(Some(drawn))
    }
}
