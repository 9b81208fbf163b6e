//! What a cell shows, as text.

use calamine::{Data, ExcelDateTime};

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    Nothing,
    Text(String),
    /// An error such as `#DIV/0!`.
    Error(String),
}

/// What this cell shows.
pub(super) fn of(cell: Data) -> Shown {
    match cell {
        Data::Empty => Shown::Nothing,
        Data::Error(error) => Shown::Error(error.to_string()),
        Data::String(text) if text.is_empty() => Shown::Nothing,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Shown::Text(text),
        Data::Bool(value) => Shown::Text(value.to_string()),
        Data::Int(value) => Shown::Text(value.to_string()),
        Data::Float(value) => Shown::Text(number(value)),
        Data::DateTime(when) => Shown::Text(date(&when)),
    }
}

/// Whole numbers without a fraction, others with all the digits that tell them from their neighbours.
fn number(value: f64) -> String {
    const WRITTEN_OUT: std::ops::Range<f64> = 1e-5..1e15;
    if value == 0.0 || WRITTEN_OUT.contains(&value.abs()) {
        // Negative zero is shown as zero.
        format!("{}", value + 0.0)
    } else {
        format!("{value:e}")
    }
}

/// A date, a time or both as ISO 8601 writes them; a span of time in hours, which may be more than 24.
fn date(when: &ExcelDateTime) -> String {
    let days = when.as_f64();
    if when.is_duration() {
        let seconds = (days.abs() * 86_400.0).round() as u64;
        let sign = if days < 0.0 { "-" } else { "" };
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        return format!("{sign}{hours:02}:{minutes:02}:{seconds:02}");
    }
    let (year, month, day, hour, minute, second, milli) = when.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = match milli {
        0 => format!("{hour:02}:{minute:02}:{second:02}"),
        milli => format!("{hour:02}:{minute:02}:{second:02}.{milli:03}"),
    };
    if days.fract() == 0.0 {
        date
    } else if (0.0..1.0).contains(&days) {
        time
    } else {
        format!("{date}T{time}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    #[test]
    fn numbers_are_shown_as_a_spreadsheet_shows_them() {
        let cases = [
            (1.0, "1"),
            (-0.0, "0"),
            (0.1, "0.1"),
            (-2.25, "-2.25"),
            (1234567890123.0, "1234567890123"),
            (1e21, "1e21"),
            (1e-9, "1e-9"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn dates_times_and_spans_are_told_apart() {
        let cases = [
            (45413.0, DateTime, "2024-05-01"),
            (45413.5, DateTime, "2024-05-01T12:00:00"),
            (0.75, DateTime, "18:00:00"),
            (1.5, TimeDelta, "36:00:00"),
        ];
        for (value, kind, text) in cases {
            assert_eq!(date(&ExcelDateTime::new(value, kind, false)), text);
        }
    }
}
