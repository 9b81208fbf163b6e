//! Which row of a file belongs to which row of the data: by ids, else by a prompt or reference that both have; and what of
//! that is in doubt.

use super::data_set::DataSet;
use super::doubts::{JoinDoubt, JoinReason, MatchedBy, nearly_all};
use super::import::{ImportError, Imported};
use super::matching::{agreement, by_text, canonical, shared_text, unique};
use super::notices::{MAX_EXAMPLES, Notice};
use super::roles::Role;

/// How a file's ids match those of the data.
pub(crate) struct Matching {
    /// The id column of the data, and of the file.
    columns: [String; 2],
    /// Whether both are called the same.
    same_name: bool,
    /// Whether some match only as numbers.
    as_numbers: bool,
    /// Rows that found a partner.
    matched: usize,
    /// Whether rows are matched so.
    pub(crate) is_used: bool,
    /// For each row of the data the file's row.
    pub(crate) order: Vec<Option<usize>>,
}

impl DataSet {
    /// Whether the rows of a file may be matched wrongly, as they are matched by `order` or line by line. Prompts and
    /// references that both have decide; where there are none, the ids.
    pub(crate) fn doubt(
        &self,
        file: &Imported,
        roles: &[Role],
        by_ids: Option<Matching>,
        order: Option<&[Option<usize>]>,
    ) -> Option<JoinDoubt> {
        let matched_by = match order {
            Some(_) => MatchedBy::Ids,
            None => MatchedBy::Lines,
        };
        let doubt = |columns, reason, (matched, compared), by_ids| JoinDoubt {
            file: file.file.clone(),
            columns,
            reason,
            matched_by,
            matched,
            compared,
            added: Vec::new(),
            cells: Vec::new(),
            by_ids,
        };
        let shared = shared_text(self, &file.table, roles);
        if let Some((ours, theirs)) = shared {
            let (agreeing, compared) = agreement(self, &file.table, (ours, theirs), order);
            if nearly_all(agreeing, compared) && compared > 0 {
                return None;
            }
            if compared > 0 {
                let other_way = match by_ids {
                    Some(matching) => matching.order,
                    None => by_text(self.table.column(ours), file.table.column(theirs)),
                };
                let names = [&self.table.names()[ours], &file.table.names()[theirs]];
                let reason = JoinReason::TextsDisagree;
                let columns = names.map(String::clone);
                return Some(doubt(columns, reason, (agreeing, compared), other_way));
            }
        }
        let matching = by_ids?;
        let compared = self.table.rows().max(file.table.rows());
        let reason = match matching {
            _ if !matching.same_name && !nearly_all(matching.matched, compared) => {
                JoinReason::OtherIds
            }
            _ if matching.as_numbers => JoinReason::IdsAsNumbers,
            _ => return None,
        };
        let counts = (matching.matched, compared);
        Some(doubt(matching.columns, reason, counts, matching.order))
    }

    /// For each of our rows the row of `file` with the same id. They are not used where the ids are of different
    /// kinds: the columns have different names, some rows have no partner, and lines could be joined instead.
    pub(crate) fn match_ids(
        &mut self,
        ours: usize,
        file: &Imported,
        theirs: usize,
    ) -> Result<Matching, ImportError> {
        unique(self.table.column(ours), &self.files.join(", "))?;
        let mut by_id = unique(file.table.column(theirs), &file.file)?;
        let mut order = Vec::with_capacity(self.table.rows());
        for id in self.table.column(ours).iter() {
            order.push(id.and_then(|id| by_id.remove(&*canonical(id))));
        }
        let names = [&self.table.names()[ours], &file.table.names()[theirs]];
        let same_name = names[0].trim().eq_ignore_ascii_case(names[1].trim());
        let all = by_id.is_empty() && order.iter().all(Option::is_some);
        let columns = names.map(String::clone);
        let name = file.file.clone();
        let matched = order.iter().flatten().count();
        let is_other = |(row, partner): (usize, &Option<usize>)| {
            let partner = partner.and_then(|row| file.table.cell(theirs, row));
            let own = self.table.cell(ours, row);
            partner.is_some() && partner.map(str::trim) != own.map(str::trim)
        };
        let matching = Matching {
            columns: columns.clone(),
            same_name,
            as_numbers: order.iter().enumerate().any(is_other),
            matched,
            is_used: same_name || all || file.table.rows() != self.table.rows(),
            order,
        };
        if !matching.is_used {
            self.joins.push(Notice::JoinedByLine {
                file: name,
                columns,
            });
            return Ok(matching);
        }
        if matched == 0 {
            return Err(ImportError::NoCommonIds {
                first: self.files.join(", "),
                second: name,
            });
        }
        let ours_alone = self.table.column(ours).iter().zip(&matching.order);
        let ours_alone = ours_alone.filter(|(_, row)| row.is_none());
        let mut theirs_alone: Vec<usize> = by_id.values().copied().collect();
        theirs_alone.sort_unstable();
        let theirs_alone = theirs_alone.into_iter();
        let theirs_alone = theirs_alone.map(|row| file.table.cell(theirs, row));
        let alone = ours_alone.map(|(id, _)| id).chain(theirs_alone).flatten();
        let examples = alone.take(MAX_EXAMPLES).map(str::to_owned).collect();
        let unmatched = by_id.len() + (matching.order.len() - matched);
        self.unmatched_rows += unmatched;
        self.joins.push(Notice::JoinedById {
            file: name,
            columns,
            matched,
            unmatched,
            examples,
        });
        Ok(matching)
    }

    /// For each of our rows the row of `file` with the same prompt or reference, where nearly all rows of the shorter side
    /// find one and lines don't agree already.
    pub(crate) fn match_texts(
        &mut self,
        file: &Imported,
        roles: &[Role],
    ) -> Option<(Vec<Option<usize>>, usize)> {
        let (ours, theirs) = shared_text(self, &file.table, roles)?;
        let (own_rows, rows) = (self.table.rows(), file.table.rows());
        if own_rows == rows {
            let (agreeing, compared) = agreement(self, &file.table, (ours, theirs), None);
            if nearly_all(agreeing, compared) {
                return None;
            }
        }
        let order = by_text(self.table.column(ours), file.table.column(theirs));
        let matched = order.iter().flatten().count();
        if matched == 0 || !nearly_all(matched, own_rows.min(rows)) {
            return None;
        }
        let unmatched = own_rows + rows - 2 * matched;
        self.unmatched_rows += unmatched;
        let names = [&self.table.names()[ours], &file.table.names()[theirs]];
        self.joins.push(Notice::JoinedByText {
            file: file.file.clone(),
            columns: names.map(String::clone),
            matched,
            unmatched,
        });
        Some((order, theirs))
    }

    /// Notes what of a join is in doubt and is in no other notice.
    pub(crate) fn note_doubt(&mut self, doubt: &JoinDoubt) {
        let file = doubt.file.clone();
        let columns = doubt.columns.clone();
        let notice = match doubt.reason {
            JoinReason::OtherIds => return,
            JoinReason::IdsAsNumbers => Notice::IdsAsNumbers { file, columns },
            JoinReason::TextsDisagree => Notice::TextsDisagree {
                file,
                columns,
                agreeing: doubt.matched,
                compared: doubt.compared,
            },
        };
        self.joins.push(notice);
    }
}
