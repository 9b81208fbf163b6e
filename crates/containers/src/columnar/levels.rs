//! Whether the levels of a Parquet page are whole, and its places in a dictionary within it. Levels say how deep each
//! value is defined and repeated. The `parquet` crate takes runs to be as long as they say they are, and some places
//! to be there.

/// What the levels of a column can be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Greatest {
    pub(super) repetition: i16,
    pub(super) definition: i16,
}

/// What follows the levels in a data page of version 1. Repetition levels come first, then definition levels, each
/// after its length in bytes. Nothing where the levels are not complete for `values` values.
pub(super) fn after(page: &[u8], greatest: Greatest, values: u32) -> Option<&[u8]> {
    let mut rest = page;
    for most in [greatest.repetition, greatest.definition] {
        if most == 0 {
            continue;
        }
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (levels, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        if !are_whole(levels, most, values) {
            return None;
        }
        rest = after;
    }
    Some(rest)
}

/// Whether all places are below `length`; they are runs too, after a byte with the bits of each.
pub(super) fn are_below(places: &[u8], length: u32) -> bool {
    let Some((bits, mut rest)) = places.split_first() else {
        return true;
    };
    let bits = u32::from(*bits);
    if bits > u32::BITS {
        return false;
    }
    let is_below = |place: u64| place < u64::from(length);
    while let Some(header) = number(&mut rest) {
        let bytes = match header & 1 {
            1 => (header >> 1).saturating_mul(bits.into()),
            _ => u64::from(bits.div_ceil(8)),
        };
        let bytes = usize::try_from(bytes).unwrap_or(usize::MAX).min(rest.len());
        let (run, after) = rest.split_at(bytes);
        rest = after;
        let all_below = if header & 1 == 1 {
            packed(run, bits).all(is_below)
        } else {
            is_below(little_endian(run))
        };
        if !all_below {
            return false;
        }
    }
    true
}

/// The numbers of a bit-packed run, each of `bits` bits.
fn packed(run: &[u8], bits: u32) -> impl Iterator<Item = u64> + '_ {
    let bits = bits as usize;
    let count = (run.len() * 8).checked_div(bits).unwrap_or(0);
    (0..count).map(move |place| {
        let from = place * bits;
        let bytes = &run[from / 8..(from + bits).div_ceil(8)];
        (little_endian(bytes) >> (from % 8)) & ((1 << bits) - 1)
    })
}

fn little_endian(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Whether these are complete runs of levels for `values` values, none above `most`.
pub(super) fn are_whole(levels: &[u8], most: i16, values: u32) -> bool {
    let bits = i16::BITS - most.leading_zeros();
    if bits == 0 {
        return true;
    }
    let mut rest = levels;
    let mut left = u64::from(values);
    while left > 0 {
        let Some(header) = number(&mut rest) else {
            return false;
        };
        let count = header >> 1;
        let (count, bytes) = if header & 1 == 1 {
            // Groups of eight, packed; the last may have more than there are values.
            let count = count.saturating_mul(8);
            (count, (count.min(left) * u64::from(bits)).div_ceil(8))
        } else {
            (count, u64::from(bits.div_ceil(8)))
        };
        let Some((run, after)) = usize::try_from(bytes)
            .ok()
            .and_then(|bytes| rest.split_at_checked(bytes))
        else {
            return false;
        };
        let is_one_level = header & 1 == 0;
        let level = little_endian(run);
        if count == 0 || is_one_level && level > most.unsigned_abs().into() {
            return false;
        }
        // A packed run fills its groups, also where fewer values are left.
        let whole = (count.saturating_mul(u64::from(bits)) / 8) as usize;
        rest = if is_one_level {
            after
        } else {
            rest.get(whole..).unwrap_or(&[])
        };
        left -= count.min(left);
    }
    true
}

/// The next number, in groups of seven bits.
fn number(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{are_below, are_whole};

    #[test]
    fn runs_that_are_cut_off_or_too_short_are_found() {
        // Three times level 1, then eight packed levels.
        let levels = [6, 1, 3, 0b1010_1010];
        assert!(are_whole(&levels, 1, 11));
        assert!(!are_whole(&levels, 1, 12), "values without a level");
        assert!(!are_whole(&levels[..3], 1, 11), "cut off");
        assert!(!are_whole(&[6, 2], 1, 3), "a level above the greatest");
        assert!(are_whole(&[], 0, 11), "no levels, where all are 0");
    }

    #[test]
    fn places_beyond_the_dictionary_are_found() {
        // Eight packed places of two bits, 0 to 3 twice, then place 2 three times.
        let places = [2, 3, 0b1110_0100, 0b1110_0100, 6, 2];
        assert!(are_below(&places, 4));
        assert!(!are_below(&places, 3), "a packed place");
        assert!(!are_below(&[2, 6, 2], 2), "a run");
        assert!(are_below(&[], 0), "no places, where all are missing");
    }
}
