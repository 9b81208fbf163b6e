//! Whether the levels of a Parquet page are whole. They say how deep each value is defined and repeated, and the
//! `parquet` crate takes runs of them to be as long as they say they are.

/// What the levels of a column can be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Greatest {
    pub(super) repetition: i16,
    pub(super) definition: i16,
}

/// Whether a page of the first version begins with whole levels for so many values. Each part comes after its length.
pub(super) fn begin_whole(page: &[u8], greatest: Greatest, values: u32) -> bool {
    let mut rest = page;
    for most in [greatest.repetition, greatest.definition] {
        if most == 0 {
            continue;
        }
        let Some((length, after)) = rest.split_first_chunk::<4>() else {
            return false;
        };
        let Some((levels, after)) = after.split_at_checked(u32::from_le_bytes(*length) as usize)
        else {
            return false;
        };
        if !are_whole(levels, most, values) {
            return false;
        }
        rest = after;
    }
    true
}

/// Whether these are runs of levels for so many values, none above `most`.
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
        let level = run
            .iter()
            .rev()
            .fold(0_u64, |level, b| level << 8 | u64::from(*b));
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
    use super::are_whole;

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
}
