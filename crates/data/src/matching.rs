//! Which rows of two tables belong together: by ids, by texts that both have, and how far those agree.

use crate::column::TextColumn;
use crate::data_set::DataSet;
use crate::doubts::nearly_all;
use crate::import::ImportError;
use crate::roles::Role;
use crate::table::Table;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// A column of prompts or references that the data and a file both have under one name: the data's, and the file's.
pub(crate) fn shared_text(data: &DataSet, table: &Table, roles: &[Role]) -> Option<(usize, usize)> {
    [Role::Source, Role::Reference]
        .into_iter()
        .find_map(|role| {
            let same = |ours: &usize, theirs: &usize| {
                let names = [&data.table.names()[*ours], &table.names()[*theirs]];
                names[0].trim().eq_ignore_ascii_case(names[1].trim())
            };
            let theirs: Vec<usize> = (0..roles.len()).filter(|&c| roles[c] == role).collect();
            data.columns_with(role).into_iter().find_map(|ours| {
                let theirs = theirs.iter().find(|theirs| same(&ours, theirs))?;
                Some((ours, *theirs))
            })
        })
}

/// Rows in which two columns agree, of those in which both have a text. Rows are matched by `order`, or line by line.
pub(crate) fn agreement(
    data: &DataSet,
    table: &Table,
    (ours, theirs): (usize, usize),
    order: Option<&[Option<usize>]>,
) -> (usize, usize) {
    let (mut agreeing, mut compared) = (0, 0);
    for row in 0..data.table.rows() {
        let partner = order.map_or(Some(row), |order| order[row]);
        let other = partner.and_then(|row| table.cell(theirs, row));
        let (Some(own), Some(other)) = (data.table.cell(ours, row), other) else {
            continue;
        };
        compared += 1;
        agreeing += usize::from(is_same_text(own, other));
    }
    (agreeing, compared)
}

/// Whether two texts are one, apart from white space, or but for a template that one of them stands in.
fn is_same_text(a: &str, b: &str) -> bool {
    const LEAST_BYTES: usize = 12;
    let (a, b) = (a.trim(), b.trim());
    let (shorter, longer) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let is_within = || shorter.len() >= LEAST_BYTES && longer.contains(shorter);
    a == b || is_within() || a.split_whitespace().eq(b.split_whitespace())
}

/// Whether a prompt or reference that both have is another text in many of the rows that ids match.
pub(crate) fn shared_texts_differ(data: &DataSet, table: &Table, roles: &[Role]) -> bool {
    let theirs = roles.iter().position(|&r| r == Role::Id);
    let ids = data.column_with(Role::Id).zip(theirs);
    let shared = shared_text(data, table, roles);
    let (Some((ours, theirs)), Some(shared)) = (ids, shared) else {
        return false;
    };
    let order = by_text(data.table.column(ours), table.column(theirs));
    let order = (order.len() == data.table.rows()).then_some(order);
    let Some(order) = order else { return false };
    let (agreeing, compared) = agreement(data, table, shared, Some(&order));
    !nearly_all(agreeing, compared)
}

/// How many of their ids are among ours; nothing where an id is repeated in either.
pub(crate) fn by_canonical_id(ours: &TextColumn, theirs: &TextColumn) -> Option<usize> {
    let (ours, theirs) = (unique(ours, "").ok()?, unique(theirs, "").ok()?);
    Some(theirs.keys().filter(|id| ours.contains_key(*id)).count())
}

/// For each row of ours the row of theirs with the same text; nothing where a text is repeated in either.
pub(crate) fn by_text(ours: &TextColumn, theirs: &TextColumn) -> Vec<Option<usize>> {
    let (Ok(_), Ok(mut rows)) = (unique(ours, ""), unique(theirs, "")) else {
        return Vec::new();
    };
    let row = |text: Option<&str>| text.and_then(|text| rows.remove(&*canonical(text)));
    ours.iter().map(row).collect()
}

/// An id as it is compared: of numbers their value, so that 1 and 1.0 are one.
pub(crate) fn canonical(id: &str) -> Cow<'_, str> {
    let id = id.trim();
    let is_decimal = id.contains('.') && id.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    match id.split_once('.').filter(|_| is_decimal) {
        Some((whole, zeros)) if !whole.is_empty() && zeros.bytes().all(|b| b == b'0') => {
            whole.into()
        }
        _ => id.into(),
    }
}

/// The row of each id.
///
/// # Errors
/// When an id stands in several rows.
pub(crate) fn unique<'a>(
    column: &'a TextColumn,
    file: &str,
) -> Result<FxHashMap<Cow<'a, str>, usize>, ImportError> {
    let mut by_id = FxHashMap::default();
    for (row, id) in column.iter().enumerate() {
        let Some(id) = id else { continue };
        if by_id.insert(canonical(id), row).is_some() {
            return Err(ImportError::DuplicateId {
                file: file.to_owned(),
                id: id.to_owned(),
            });
        }
    }
    Ok(by_id)
}
