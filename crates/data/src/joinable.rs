//! Which files are parts of a data set.

use super::notices::Notice;
use super::prepared::Prepared;
use super::role::Role;

/// Files without those that hold nothing of a data set and have another number of rows than all others, such as a sheet of
/// totals; and a notice for each of these.
pub(crate) fn joinable(files: Vec<Prepared>) -> (Vec<Prepared>, Vec<Notice>) {
    const NOTHING: [Role; 6] = [
        Role::Number,
        Role::Slice,
        Role::Ignored,
        Role::Measure,
        Role::Cluster,
        Role::Repeat,
    ];
    let holds = |file: &Prepared| {
        let roles = file.table.roles_beside(true);
        roles.iter().any(|role| !NOTHING.contains(role))
    };
    let rows: Vec<usize> = files.iter().map(|file| file.table.table.rows()).collect();
    let is_used: Vec<bool> = files.iter().map(holds).collect();
    if !is_used.contains(&true) {
        return (files, Vec::new());
    }
    let (mut kept, mut notices) = (Vec::new(), Vec::new());
    for (place, file) in files.into_iter().enumerate() {
        let mut others = rows.iter().enumerate().filter(|(other, _)| *other != place);
        if is_used[place] || others.any(|(_, count)| *count == rows[place]) {
            kept.push(file);
        } else {
            let file = file.table.file;
            notices.push(Notice::FileNotUsed { file });
        }
    }
    (kept, notices)
}
