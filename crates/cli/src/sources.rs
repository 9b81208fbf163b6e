//! Where outputs come from: files that are understood by themselves, with columns that are named where that is needed,
//! or files of lines.

use crate::failure::Failure;
use crate::input::read;
use assay_data::import::{ImportError, Importer, stem};
use assay_data::table::Table;
use assay_data::{DataSet, Role};

/// Which files, and what is in them.
#[derive(clap::Args, Default)]
pub(crate) struct Sources {
    /// The files; each is taken for what it is
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<String>,
    // What the files were given by before.
    #[arg(long, value_name = "FILE", hide = true)]
    input: Vec<String>,
    /// Columns that are references; found by names and contents otherwise
    #[arg(long, value_name = "COLUMN", num_args = 1.., conflicts_with = "reference")]
    reference_column: Vec<String>,
    /// Columns that are systems; with --reference files with a system's outputs, one a line
    #[arg(long, value_name = "COLUMN|FILE", num_args = 1..)]
    system: Vec<String>,
    /// Files with references, one a line
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "system", conflicts_with_all = ["files", "input"])]
    reference: Vec<String>,
    /// Use the first rows only
    #[arg(long, value_name = "ROWS")]
    first: Option<usize>,
}

impl Sources {
    /// All files that are understood by themselves.
    pub(crate) fn named(&self) -> Vec<String> {
        self.files.iter().chain(&self.input).cloned().collect()
    }

    /// The data of files of lines; nothing where there are none.
    ///
    /// # Errors
    /// When one can't be read, or they are not equally long.
    pub(crate) fn lines(&self) -> Result<Option<DataSet>, Failure> {
        if self.reference.is_empty() {
            return Ok(None);
        }
        let mut files = Vec::new();
        for path in self.reference.iter().chain(&self.system) {
            files.push(read(path, Importer::plain_lines(path))?);
        }
        let rows = files[0].table.rows();
        if let Some(other) = files.iter().find(|f| f.table.rows() != rows) {
            return Err(ImportError::RowCounts {
                first: files[0].file.clone(),
                first_rows: rows,
                second: other.file.clone(),
                second_rows: other.table.rows(),
            }
            .into());
        }
        let mut data = DataSet::default();
        for (i, file) in files.iter().enumerate() {
            data.files.push(file.file.clone());
            data.table
                .add(stem(&file.file), file.table.column(0).clone());
            data.roles.push(if i < self.reference.len() {
                Role::Reference
            } else {
                Role::Hypothesis
            });
        }
        Ok(Some(self.first_rows(data)))
    }

    /// Joined files with the roles and rows that were asked for.
    ///
    /// # Errors
    /// When there is no column of a name.
    pub(crate) fn applied(&self, mut data: DataSet) -> Result<DataSet, Failure> {
        choose(&mut data, &self.reference_column, Role::Reference)?;
        choose(&mut data, &self.system, Role::Hypothesis)?;
        Ok(self.first_rows(data))
    }

    fn first_rows(&self, mut data: DataSet) -> DataSet {
        let Some(first) = self.first.filter(|first| *first < data.table.rows()) else {
            return data;
        };
        let kept: Vec<Option<usize>> = (0..first).map(Some).collect();
        let mut table = Table::default();
        for (name, column) in std::mem::take(&mut data.table).into_columns() {
            table.add(&name, column.reordered(&kept));
        }
        data.table = table;
        data
    }
}

/// Gives `role` to the named columns alone; without names the guess stands.
fn choose(data: &mut DataSet, names: &[String], role: Role) -> Result<(), Failure> {
    if names.is_empty() {
        return Ok(());
    }
    for current in &mut data.roles {
        if *current == role {
            *current = Role::Ignored;
        }
    }
    for name in names {
        let list = format!("{name}[");
        let mut found = false;
        for (i, column) in data.table.names().iter().enumerate() {
            if column == name || column.starts_with(&list) {
                data.roles[i] = role;
                found = true;
            }
        }
        if !found {
            return Err(format!(
                "there is no column {name}; there are {}",
                data.table.names().join(", ")
            )
            .into());
        }
    }
    Ok(())
}
