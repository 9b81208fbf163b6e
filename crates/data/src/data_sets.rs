//! Several data sets of each system, a file for each system and data set: as tools write them, or as names and texts of
//! files say. The files of a system become one table, one data set below the other, and each data set a slice of it.

mod by_names;
pub(crate) mod names;
mod texts;

use crate::column::TextColumn;
use crate::data_set::DataSet;
use crate::import::{ImportError, Imported, stem};
use crate::matching::canonical;
use crate::notices::Notice;
use crate::points::Points;
use crate::prepared::Prepared;
use crate::roles::Role;
use crate::table::Table;
use by_names::ByNames;
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// The column that says which data set a row is of; the second where the files have the first already.
const COLUMNS: [&str; 2] = ["dataset", "dataset of the file"];

/// The files of one system and one data set.
struct Group {
    system: String,
    data_set: String,
    files: Vec<Prepared>,
}

/// Puts the data sets of each system one below the other, where some system has several whose texts differ. Otherwise
/// the files come back as they are.
///
/// # Errors
/// When files of one system and data set don't fit together.
pub(crate) fn stacked(
    mut files: Vec<Prepared>,
) -> Result<(Vec<Prepared>, Option<Notice>), ImportError> {
    let names = match data_sets(&files) {
        Some(names) => names,
        None => match by_names::found(&files) {
            ByNames::One => return Ok((files, None)),
            ByNames::Unclear => {
                let names = files.iter().map(|file| file.table.file.clone());
                let files_named = names.collect();
                return Ok((files, Some(Notice::DataSetsUnclear { files: files_named })));
            }
            ByNames::Several(pairs) => {
                let (systems, names): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
                for (file, system) in files.iter_mut().zip(systems) {
                    file.system = Some(system);
                }
                names
            }
        },
    };
    let mut groups: Vec<Group> = Vec::new();
    for (file, data_set) in files.into_iter().zip(names) {
        let system = file.system.clone().unwrap_or_default();
        let same = |g: &&mut Group| g.system == system && g.data_set == data_set;
        match groups.iter_mut().find(same) {
            Some(group) => group.files.push(file),
            None => groups.push(Group {
                system,
                data_set,
                files: vec![file],
            }),
        }
    }
    let mut names: Vec<String> = Vec::new();
    let mut systems: Vec<(String, Vec<(String, Imported)>)> = Vec::new();
    for group in groups {
        let part = (group.data_set.clone(), joined(group.files)?);
        if !names.contains(&group.data_set) {
            names.push(group.data_set);
        }
        match systems
            .iter_mut()
            .find(|(system, _)| *system == group.system)
        {
            Some((_, parts)) => parts.push(part),
            None => systems.push((group.system, vec![part])),
        }
    }
    // Rows without ids are matched by their lines, so every system has its data sets in one order.
    let place = |(name, _): &(String, Imported)| names.iter().position(|n| n == name);
    for (_, parts) in &mut systems {
        parts.sort_by_key(place);
    }
    let all = systems.iter().flat_map(|(_, parts)| parts);
    let is_taken = all.clone().any(|(_, part)| has_column(part, COLUMNS[0]));
    let column = COLUMNS[usize::from(is_taken)];
    let has_ids = all.clone().all(|(_, part)| id_column(part).is_some());
    let stacked = systems.into_iter().map(|(system, parts)| Prepared {
        table: one_below_the_other(parts, column, has_ids),
        system: Some(system),
        is_stated: true,
    });
    let notice = Notice::DataSetsStacked {
        column: column.to_owned(),
        names,
    };
    Ok((stacked.collect(), Some(notice)))
}

/// The name of each file's data set; nothing where no system has several, or where that can't be told.
fn data_sets(files: &[Prepared]) -> Option<Vec<String>> {
    if files.iter().any(|file| file.system.is_none()) {
        return None;
    }
    let names: Vec<String> = files.iter().map(|file| name(&file.table.file)).collect();
    let texts: Vec<FxHashSet<Cow<'_, str>>> = files.iter().map(texts).collect();
    let mut is_several = false;
    for (second, file) in files.iter().enumerate() {
        for first in (0..second).filter(|&first| files[first].system == file.system) {
            let is_same = overlap(&texts[first], &texts[second])?;
            if is_same != (names[first] == names[second]) {
                return None;
            }
            is_several |= !is_same;
        }
    }
    is_several.then_some(names)
}

/// Whether two files ask the same: most of the shorter one's texts are in the other. Nothing where one has no texts.
fn overlap(first: &FxHashSet<Cow<'_, str>>, second: &FxHashSet<Cow<'_, str>>) -> Option<bool> {
    let shorter = first.len().min(second.len());
    (shorter > 0).then(|| 2 * first.intersection(second).count() >= shorter)
}

/// The prompts of a file, or its references where it has none.
fn texts(file: &Prepared) -> FxHashSet<Cow<'_, str>> {
    let table = &file.table.table;
    let roles = file.table.own_roles();
    let column = [Role::Source, Role::Reference]
        .iter()
        .find_map(|role| roles.iter().position(|r| r == role));
    let cells = column.into_iter().flat_map(|c| table.column(c).iter());
    cells.flatten().map(canonical).collect()
}

/// A data set's name: that of the file without what tools put around it, or of the folder where files of a run always
/// have the same name.
fn name(path: &str) -> String {
    let file = stem(path);
    let folder = path.rsplit(['/', '\\']).nth(1);
    if let Some((scenario, _)) = folder.and_then(|folder| folder.split_once(",model=")) {
        return scenario.to_owned();
    }
    let task = file.strip_prefix("samples_").unwrap_or(file);
    // The harness ends names with the time: `_2026-01-02T03-04-05.678`.
    let is_time = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        digits == 4 && text[4..].starts_with('-') && text.contains('T')
    };
    match task.rsplit_once('_') {
        Some((task, time)) if is_time(time) => task.to_owned(),
        _ => task.to_owned(),
    }
}

/// The files of one system and data set, joined.
fn joined(mut files: Vec<Prepared>) -> Result<Imported, ImportError> {
    if files.len() == 1 {
        let mut table = files.remove(0).table;
        table.roles = Some(table.own_roles());
        return Ok(table);
    }
    let first = files[0].table.clone();
    let set = DataSet::join_each(files)?;
    Ok(Imported {
        roles: Some(set.roles),
        table: set.table,
        problems: set.problems,
        problem_count: set.problem_count,
        ..first
    })
}

fn has_column(file: &Imported, name: &str) -> bool {
    file.table.names().iter().any(|n| n == name)
}

fn id_column(file: &Imported) -> Option<usize> {
    file.own_roles().iter().position(|role| *role == Role::Id)
}

/// One table of the data sets of a system. An id is followed by the name of its data set, as each counts from 0.
fn one_below_the_other(parts: Vec<(String, Imported)>, column: &str, has_ids: bool) -> Imported {
    const ID: &str = "id";
    let mut names: Vec<(String, Role)> = Vec::new();
    for (_, part) in &parts {
        for (name, role) in part.table.names().iter().zip(part.own_roles()) {
            match names.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) if *known == Role::Ignored => *known = role,
                Some(_) => {}
                None => names.push((name.clone(), role)),
            }
        }
    }
    let mut table = Table::default();
    let mut roles = Vec::new();
    if has_ids {
        let id = |name: &str, cell: &str| format!("{cell} ({name})");
        let mut ids = TextColumn::default();
        for (data_set, part) in &parts {
            let of_part = id_column(part).map(|c| part.table.column(c));
            for cell in of_part.into_iter().flat_map(TextColumn::iter) {
                ids.push(cell.map(|cell| id(data_set, cell)).as_deref());
            }
        }
        table.add(ID, ids);
        roles.push(Role::Id);
    }
    for (name, role) in &names {
        let is_id = *role == Role::Id;
        if is_id && has_ids {
            continue;
        }
        let mut cells = TextColumn::default();
        for (_, part) in &parts {
            let place = part.table.names().iter().position(|n| n == name);
            for row in 0..part.table.rows() {
                cells.push(place.and_then(|place| part.table.cell(place, row)));
            }
        }
        table.add(name, cells);
        roles.push(if is_id { Role::Ignored } else { *role });
    }
    let mut of = TextColumn::default();
    for (data_set, part) in &parts {
        (0..part.table.rows()).for_each(|_| {
            of.push(Some(data_set));
        });
    }
    table.add(column, of);
    roles.push(Role::Slice);
    let files: Vec<&str> = parts.iter().map(|(_, part)| part.file.as_str()).collect();
    let file = files.join(", ");
    let (mut problems, mut problem_count) = (Vec::new(), 0);
    let mut left_out = std::collections::BTreeSet::new();
    let mut points = Points::default();
    let encoding = parts.first().map(|(_, part)| part.encoding.clone());
    for (_, part) in parts {
        problems.extend(part.problems);
        problem_count += part.problem_count;
        left_out.extend(part.left_out);
        points.add(part.points);
    }
    Imported {
        file,
        table,
        roles: Some(roles),
        problems,
        problem_count,
        left_out,
        points,
        encoding: encoding.unwrap_or_default(),
        ..Imported::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Importer;

    fn file(path: &str, rows: &[(&str, &str)]) -> Imported {
        let mut importer = Importer::new(path);
        for (id, (question, said)) in rows.iter().enumerate() {
            let line = format!(
                "{{\"doc_id\": {id}, \"doc\": {{\"question\": \"{question}\"}}, \"target\": \"{id}\", \
                 \"resps\": [[\"{said}\"]], \"filtered_resps\": [\"{said}\"], \"exact_match\": 1.0}}\n"
            );
            importer.push(line.as_bytes()).unwrap();
        }
        importer.finish().unwrap()
    }

    const SUMS: [(&str, &str); 3] = [("2+3?", "5"), ("1+1?", "2"), ("0+4?", "4")];
    const CAPITALS: [(&str, &str); 2] = [("Of France?", "Paris"), ("Of Peru?", "Lima")];

    fn column<'a>(set: &'a DataSet, name: &str) -> Vec<Option<&'a str>> {
        let place = set.table.names().iter().position(|n| n == name);
        let place = place.unwrap_or_else(|| panic!("{name}: {:?}", set.table.names()));
        set.table.column(place).iter().collect()
    }

    #[test]
    fn the_tasks_of_each_model_are_slices() {
        let path = |model: &str, task: &str| {
            format!("results/{model}/samples_{task}_2026-01-02T03-04-05.678.jsonl")
        };
        let files = vec![
            file(&path("base", "sums"), &SUMS),
            file(&path("base", "capitals"), &CAPITALS),
            file(
                &path("tuned", "capitals"),
                &[("Of France?", "Nice"), ("Of Peru?", "Lima")],
            ),
            file(&path("tuned", "sums"), &SUMS),
        ];
        let set = DataSet::join(files).unwrap();
        let systems: Vec<&str> = set.systems().into_iter().map(|s| s.1).collect();
        assert_eq!(systems, ["base", "tuned"]);
        assert_eq!(set.table.rows(), 5);
        let some = |texts: [&'static str; 5]| texts.map(Some).to_vec();
        assert_eq!(
            column(&set, "dataset"),
            some(["sums", "sums", "sums", "capitals", "capitals"])
        );
        assert_eq!(column(&set, "base"), some(["5", "2", "4", "Paris", "Lima"]));
        assert_eq!(column(&set, "tuned"), some(["5", "2", "4", "Nice", "Lima"]));
        assert_eq!((set.unmatched_rows, set.doubts.len()), (0, 0));
        let slice = set.table.names().iter().position(|n| n == "dataset");
        assert_eq!(set.roles[slice.unwrap()], Role::Slice);
        let is_announced = set.joins.iter().any(|notice| {
            matches!(notice, Notice::DataSetsStacked { names, .. } if *names == ["sums", "capitals"])
        });
        assert!(is_announced, "{:?}", set.joins);
    }

    #[test]
    fn the_tasks_of_one_model_are_slices() {
        let files = vec![
            file("r/base/samples_sums.jsonl", &SUMS),
            file("r/base/samples_capitals.jsonl", &CAPITALS),
        ];
        let set = DataSet::join(files).unwrap();
        assert_eq!(set.table.rows(), 5);
        assert_eq!(set.systems().len(), 1);
    }

    #[test]
    fn one_task_of_several_models_is_joined_as_ever() {
        let files = vec![
            file("r/base/samples_sums.jsonl", &SUMS),
            file("r/tuned/samples_sums.jsonl", &SUMS),
        ];
        let set = DataSet::join(files).unwrap();
        assert_eq!((set.table.rows(), set.systems().len()), (3, 2));
        assert!(!set.table.names().iter().any(|n| n == "dataset"));
    }

    #[test]
    fn names_are_without_what_tools_put_around_them() {
        for (path, found) in [
            ("r/m/samples_gsm8k_2026-01-02T03-04-05.6.jsonl", "gsm8k"),
            ("r/m/samples_mmlu_law.jsonl", "mmlu_law"),
            ("predictions/m/race-high.json", "race-high"),
            (
                "runs/v1/mmlu:subject=law,model=gpt2/scenario_state.json",
                "mmlu:subject=law",
            ),
        ] {
            assert_eq!(name(path), found, "{path}");
        }
    }
}
