//! The session's part in what a person sets on systems: names, colours, order, and which are hidden.

use super::Session;
use assay_calls::History;
use assay_data::systems::SystemSettings;
use assay_data::{DataSet, Role};
use assay_eval::advice;
use assay_eval::schedule::kept_systems;
use assay_protocol::systems::{
    SystemChange, SystemChangeKind, SystemView, SystemsError, SystemsView,
};

/// Changes of systems' settings that can be undone.
const MOST_UNDONE: usize = 50;

/// Settings of systems with those before them.
type SystemHistory = History<SystemSettings, SystemChange>;

impl Session {
    /// All systems with their settings.
    #[must_use]
    pub fn systems_view(&self) -> SystemsView {
        let systems = self.data.all_systems().into_iter();
        let systems = systems.map(|system| SystemView {
            column: system.column,
            name: system.name.to_owned(),
            column_name: self.data.table.names()[system.column].clone(),
            colour: system.colour,
            is_hidden: system.is_hidden,
        });
        SystemsView {
            systems: systems.collect(),
            undo: self.system_history.undo_label().cloned(),
            redo: self.system_history.redo_label().cloned(),
        }
    }

    /// Calls a system otherwise.
    ///
    /// # Errors
    /// When the name is blank or another system's; nothing is changed then.
    pub fn rename_system(&mut self, column: usize, name: &str) -> Result<(), SystemsError> {
        let before = self.system_name(column)?;
        let name = name.trim();
        if name.is_empty() {
            return Err(SystemsError::NoName);
        }
        let mut others = self.data.all_systems().into_iter();
        if others.any(|other| other.column != column && other.name == name) {
            let name = name.to_owned();
            return Err(SystemsError::NameTaken { name });
        }
        if before != name {
            self.change_system(SystemChangeKind::Rename, before.clone(), |settings| {
                settings.rename(column, &before, name);
            });
        }
        Ok(())
    }

    /// Gives a system another place in the palette.
    ///
    /// # Errors
    /// When there is no such system.
    pub fn colour_system(&mut self, column: usize, colour: usize) -> Result<(), SystemsError> {
        let name = self.system_name(column)?;
        self.change_system(SystemChangeKind::Colour, name, |settings| {
            settings.set_colour(column, colour);
        });
        Ok(())
    }

    /// Gives a system another place among all systems.
    ///
    /// # Errors
    /// When there is no such system.
    pub fn move_system(&mut self, column: usize, place: usize) -> Result<(), SystemsError> {
        let name = self.system_name(column)?;
        let systems = self.data.all_systems().into_iter();
        let mut order: Vec<usize> = systems.map(|s| s.column).collect();
        order.retain(|other| *other != column);
        order.insert(place.min(order.len()), column);
        self.change_system(SystemChangeKind::Move, name, |settings| {
            settings.set_order(order);
        });
        Ok(())
    }

    /// Leaves a system out of all results.
    ///
    /// # Errors
    /// When there is no such system, or no other one would be left.
    pub fn hide_system(&mut self, column: usize) -> Result<(), SystemsError> {
        let name = self.system_name(column)?;
        if self
            .data
            .systems()
            .iter()
            .all(|(shown, _)| *shown == column)
        {
            return Err(SystemsError::LastShown { name });
        }
        self.change_system(SystemChangeKind::Hide, name, |settings| {
            settings.hide(column);
        });
        Ok(())
    }

    /// Takes a hidden system into the results again.
    ///
    /// # Errors
    /// When there is no such system.
    pub fn show_system(&mut self, column: usize) -> Result<(), SystemsError> {
        let name = self.system_name(column)?;
        self.change_system(SystemChangeKind::Show, name, |settings| {
            settings.show(column);
        });
        Ok(())
    }

    /// Takes the last change of systems' settings back.
    ///
    /// # Errors
    /// When none is kept.
    pub fn undo_systems(&mut self) -> Result<(), SystemsError> {
        self.step_in_history(SystemHistory::undo)
    }

    /// Makes the change that was taken back last again.
    ///
    /// # Errors
    /// When none is kept.
    pub fn redo_systems(&mut self) -> Result<(), SystemsError> {
        self.step_in_history(SystemHistory::redo)
    }

    fn step_in_history(
        &mut self,
        step: fn(&mut SystemHistory) -> bool,
    ) -> Result<(), SystemsError> {
        if !step(&mut self.system_history) {
            return Err(SystemsError::NothingToUndo);
        }
        self.take_system_settings();
        Ok(())
    }

    fn system_name(&self, column: usize) -> Result<String, SystemsError> {
        let is_system = self.data.roles.get(column) == Some(&Role::Hypothesis);
        let name = is_system.then(|| self.data.column_name(column).to_owned());
        name.ok_or(SystemsError::NoSuchSystem { column })
    }

    fn change_system(
        &mut self,
        kind: SystemChangeKind,
        system: String,
        change: impl FnOnce(&mut SystemSettings),
    ) {
        let label = SystemChange { kind, system };
        self.system_history.change(label, change);
        self.take_system_settings();
    }

    /// Forgets the changes of another data set's systems.
    pub(super) fn begin_system_history(&mut self) {
        let settings = self.data.system_settings.clone();
        self.system_history = History::new(settings, MOST_UNDONE);
    }

    /// Follows the settings: of systems that merely are called otherwise or stand elsewhere nothing is computed anew.
    fn take_system_settings(&mut self) {
        let before = self.columns();
        self.data.amend().system_settings = self.system_history.current().clone();
        let now = self.columns();
        if before != now {
            let place = |column: &usize| before.iter().position(|other| other == column);
            let kept: Vec<Option<usize>> = now.iter().map(place).collect();
            self.schedule.keep_systems(&self.data, &kept);
        }
        self.schedule.rename_systems(&self.data);
        self.selected = None;
        self.scores_changed = true;
    }

    /// The columns of the systems that results are about.
    pub(super) fn columns(&self) -> Vec<usize> {
        self.data.systems().into_iter().map(|s| s.0).collect()
    }

    /// Follows another data set: where rows and references are the same, what was computed of systems that are in
    /// both is kept.
    pub(super) fn follow(&mut self, change: DataChange) {
        let kept = change.kept.filter(|_| !self.schedule.is_empty());
        let Some(kept) = kept else {
            self.refresh();
            return;
        };
        if !change.models_stay {
            self.semantic = None;
            self.forget_study();
        }
        self.selected = None;
        self.digest.take();
        self.row_keys.take();
        self.scores_changed = true;
        self.scoring_stopped = false;
        self.schedule.keep_systems(&self.data, &kept);
        self.schedule.rename_systems(&self.data);
        self.hand_tags();
        self.find_question();
    }
}

/// What another data set leaves as it was.
pub(super) struct DataChange {
    /// For each system of the new one its place in the old one, where results of any can be kept.
    kept: Option<Vec<Option<usize>>>,
    /// Whether the outputs of all systems are in the same columns, by which what models scored is known.
    models_stay: bool,
}

impl DataChange {
    pub(super) fn between(before: &DataSet, now: &DataSet) -> Self {
        let kept = kept_systems(before, now);
        let kept = kept.filter(|kept| kept.iter().any(Option::is_some));
        let columns = now.table.names().len();
        let stays = |c: usize| c < columns && before.table.column(c) == now.table.column(c);
        let models_stay = || before.all_systems().iter().all(|s| stays(s.column));
        Self {
            models_stay: kept.is_some() && models_stay(),
            kept: kept.filter(|_| advice::usual(before) == advice::usual(now)),
        }
    }
}

#[cfg(test)]
mod tests;
