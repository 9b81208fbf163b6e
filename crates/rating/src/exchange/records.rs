//! A file as records with nested values: the objects of JSON in each of its shapes, or the rows of a table
//! with lists and objects in their cells opened.

use super::error::{ForeignError, MAX_BYTES};
use super::literal::opened;
use super::values::text as text_of;
use assay_data::import::decode::Decoder;
use assay_data::import::{MAX_COLUMNS, json_text};
use assay_data::{ImportError, Importer, Table};
use serde_json::{Map, Value};

/// A row or an object.
pub(super) type Record = Map<String, Value>;

/// What is in a file.
pub(super) struct Content {
    /// Its records. An object alone may be a record, or hold records: then there are several readings.
    pub readings: Vec<Vec<Record>>,
    /// Lines and elements that can't be read.
    pub unreadable: usize,
    /// Its rows, where it is a table.
    table: Option<Table>,
}

/// Bytes that are decoded at once.
const SLICE: usize = 1 << 20;
/// Times what is read at most to which a compressed file may grow.
const GROWTH: usize = 4;
/// Bytes that records made of a table may take.
const ROOM: usize = 256 << 20;
/// Bytes that a cell of a record takes besides its name.
const CELL: usize = 64;

impl Content {
    /// What is in a file.
    ///
    /// # Errors
    /// Why nothing can be read in it.
    pub(super) fn of(file: &str, bytes: &[u8]) -> Result<Self, ForeignError> {
        let text = text(file, bytes)?;
        if let Some(content) = of_json(&text) {
            return Ok(content);
        }
        let (table, unreadable) = table(file, bytes)?;
        let readings = rows(&table).into_iter().collect();
        Ok(Self {
            readings,
            unreadable,
            table: Some(table),
        })
    }

    /// The rows as a table, nested values in columns of their own.
    ///
    /// # Errors
    /// Why it is none.
    pub(super) fn into_table(self, file: &str, bytes: &[u8]) -> Result<Table, ForeignError> {
        match self.table {
            Some(table) => Ok(table),
            None => Ok(table(file, bytes)?.0),
        }
    }
}

fn refused(error: ImportError) -> ForeignError {
    ForeignError::Table {
        error: Box::new(error),
    }
}

fn text(file: &str, bytes: &[u8]) -> Result<String, ForeignError> {
    let mut decoder = Decoder::new(file);
    let mut text = String::new();
    for slice in bytes.chunks(SLICE) {
        text.push_str(&decoder.push(slice).map_err(refused)?);
        if text.len() > GROWTH * MAX_BYTES {
            return Err(ForeignError::too_large(file));
        }
    }
    text.push_str(&decoder.finish().map_err(refused)?);
    Ok(text)
}

fn table(file: &str, bytes: &[u8]) -> Result<(Table, usize), ForeignError> {
    let mut importer = Importer::new(file);
    importer.push(bytes).map_err(refused)?;
    let imported = importer.finish().map_err(refused)?;
    Ok((imported.table, imported.problem_count))
}

fn of_json(text: &str) -> Option<Content> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if !text.starts_with(['[', '{']) {
        return None;
    }
    let (readings, unreadable) = match json_text::parse(text) {
        Ok(Value::Array(list)) => {
            let all = list.len();
            let records = objects(list);
            let unreadable = all - records.len();
            (vec![records], unreadable)
        }
        Ok(Value::Object(object)) => (readings(object), 0),
        Ok(_) => return None,
        Err(_) => {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            let read: Vec<Option<Record>> = lines
                .map(|line| match json_text::parse(line) {
                    Ok(Value::Object(object)) => Some(object),
                    _ => None,
                })
                .collect();
            let all = read.len();
            let records: Vec<Record> = read.into_iter().flatten().collect();
            let unreadable = all - records.len();
            (vec![records], unreadable)
        }
    };
    // A line of a table may begin with a bracket too.
    let found = readings.iter().any(|records| !records.is_empty());
    found.then_some(Content {
        readings,
        unreadable,
        table: None,
    })
}

fn objects(list: Vec<Value>) -> Vec<Record> {
    let objects = list.into_iter().filter_map(|value| match value {
        Value::Object(object) => Some(object),
        _ => None,
    });
    objects.collect()
}

/// The records in an object, by id, as columns or as a list; and the object as a record of its own.
fn readings(object: Record) -> Vec<Vec<Record>> {
    let inside = by_id(&object).or_else(|| by_column(&object)).or_else(|| {
        let lists = object.values().filter_map(Value::as_array);
        let of_objects = lists.filter(|l| l.iter().any(Value::is_object));
        let longest = of_objects.max_by_key(|list| list.len())?;
        Some(objects(longest.clone()))
    });
    inside.into_iter().chain([vec![object]]).collect()
}

fn by_id(object: &Record) -> Option<Vec<Record>> {
    let records = object.iter().map(|(id, value)| {
        let mut record = value.as_object()?.clone();
        record.entry("id").or_insert_with(|| id.as_str().into());
        Some(record)
    });
    records.collect::<Option<Vec<_>>>().filter(|r| r.len() > 1)
}

fn by_column(object: &Record) -> Option<Vec<Record>> {
    let columns = object
        .iter()
        .map(|(name, value)| Some((name, value.as_array()?)));
    let columns: Vec<(&String, &Vec<Value>)> = columns.collect::<Option<_>>()?;
    let rows = columns.first()?.1.len();
    let even = columns.iter().all(|(_, list)| list.len() == rows);
    if columns.len() < 2 || rows == 0 || !even || !fit(rows, columns.iter().map(|c| c.0)) {
        return None;
    }
    let row = |at: usize| {
        let cells = columns
            .iter()
            .map(|(name, list)| ((*name).clone(), list[at].clone()));
        cells.collect()
    };
    Some((0..rows).map(row).collect())
}

/// Whether records of these names, which each repeats, fit into memory.
fn fit<'a>(rows: usize, names: impl Iterator<Item = &'a String>) -> bool {
    let row: usize = names.map(|name| name.len() + CELL).sum();
    rows.saturating_mul(row) <= ROOM
}

/// The rows of a table; nothing where they are too many.
fn rows(table: &Table) -> Option<Vec<Record>> {
    let cell = |column: usize, row: usize| match table.cell(column, row) {
        Some(cell) if !cell.trim().is_empty() => opened(cell).unwrap_or_else(|| cell.into()),
        _ => Value::Null,
    };
    let row = |row: usize| {
        let names = table.names().iter().enumerate();
        names
            .map(|(column, name)| (name.clone(), cell(column, row)))
            .collect()
    };
    let fits = fit(table.rows(), table.names().iter());
    fits.then(|| (0..table.rows()).map(row).collect())
}

/// Records as a table of text; lists and objects stand in their cells as JSON.
pub(super) fn as_table(records: &[Record], wanted: impl Fn(&str) -> bool) -> Table {
    let mut table = Table::default();
    for record in records {
        let mut cells: Vec<(usize, Option<String>)> = Vec::new();
        for (name, value) in record.iter().filter(|(name, _)| wanted(name)) {
            if table.names().len() < MAX_COLUMNS || table.names().contains(name) {
                let cell = (!value.is_null()).then(|| text_of(value));
                cells.push((table.column_named(name), cell));
            }
        }
        // A cell that is too long for a column holds no rating.
        table.push(
            cells
                .iter()
                .map(|(column, cell)| (*column, cell.as_deref())),
        );
    }
    table
}
