//! Columns in binary form: Parquet and Arrow. Both give batches of Arrow's arrays, whose rows become objects and take
//! the same way as those of JSON, so that columns have the same names, whatever a table was stored as.

pub(crate) mod ipc;
mod layout;
mod levels;
mod pages;
pub(crate) mod parquet;
mod value;
mod window;

use crate::rows::Rows;
use arrow_array::RecordBatch;
use arrow_schema::Fields;
use assay_data::ContainerError;
use assay_data::import::MAX_COLUMNS;
use assay_data::{ImportError, Reason};
use serde_json::Map;
use std::collections::HashSet;
use value::Values;

/// Adds the rows of a batch.
fn push(batch: &RecordBatch, rows: &mut Rows) -> Result<(), ContainerError> {
    let schema = batch.schema();
    let found = schema.fields().len();
    if found > MAX_COLUMNS {
        return Err(ImportError::TooManyColumns {
            file: rows.out.file.clone(),
            found,
            limit: MAX_COLUMNS,
        }
        .into());
    }
    let names = unique_names(schema.fields());
    for row in 0..batch.num_rows() {
        let mut object = Map::new();
        for (name, column) in names.iter().zip(batch.columns()) {
            let mut values = Values::new(rows);
            let value = values.of(column.as_ref(), row)?;
            let found_binary = values.found_binary;
            if found_binary {
                let line = rows.count() + 1;
                let column = name.clone();
                rows.out.set_aside(line, Reason::BinaryCell { column });
            }
            object.insert(name.clone(), value);
        }
        rows.push_object(&object)?;
    }
    Ok(())
}

/// The names of columns; one that is taken gets a number.
fn unique_names(fields: &Fields) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut names = Vec::new();
    for field in fields {
        let mut name = field.name().clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{} ({number})", field.name());
            number += 1;
        }
        names.push(name);
    }
    names
}
