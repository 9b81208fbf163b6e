//! What chat templates may build, bounded. minijinja's fuel counts steps and most of what a template makes, but not
//! the lists of `+` and `chain`, and not how values are nested: `{% set ns.x = ns.x + ns.x %}` and
//! `{% set ns.x = [ns.x, ns.x] %}` double a value for the price of a few steps, and some thirty times that is more than
//! any memory, or than any comparison gets through. So `+` runs as a filter of our own, and each value is measured
//! before it is stored in a variable.

use minijinja::functions::namespace;
use minijinja::machinery::{Instruction, Instructions};
use minijinja::value::ValueKind;
use minijinja::{Environment, Error, ErrorKind, State, Value, context};

/// The filters that templates are given: in place of `+`, and before a variable or an attribute is set.
const ADD: &str = "bounded_addition";
const VARIABLE: &str = "bounded_variable";
const ATTRIBUTE: &str = "bounded_attribute";
/// Values in a value, those within them too; what stands in two places counts twice.
const MOST_ITEMS: usize = 100_000;
/// Values within values.
const MOST_DEPTH: usize = 50;
/// Bytes of a text that `+` may make.
const MOST_BYTES: usize = 32 << 20;
/// Values that are measured for one step of fuel.
const ITEMS_A_STEP: usize = 4;

/// Gives an environment the filters, and takes away `chain`, which Jinja does not have.
pub(super) fn bound(environment: &mut Environment<'_>) {
    environment.add_filter(ADD, add);
    environment.add_filter(VARIABLE, variable);
    environment.add_filter(ATTRIBUTE, attribute);
    environment.remove_filter("chain");
}

/// A template with the filters in it.
pub(super) fn bounded<'a>(template: &Instructions<'a>) -> Instructions<'a> {
    // The last number says that the filter is looked up anew each time.
    let filter = |name, arguments| Instruction::ApplyFilter(name, Some(arguments), u8::MAX);
    let mut all: Vec<(u32, Instruction<'a>)> = Vec::new();
    // Where each instruction has come to, so that jumps still arrive.
    let mut places: Vec<u32> = Vec::new();
    for (at, instruction) in (0..).map_while(|at| Some((at, template.get(at)?.clone()))) {
        places.push(all.len() as u32);
        match instruction {
            Instruction::Add => all.push((at, filter(ADD, 2))),
            Instruction::StoreLocal(_) => all.push((at, filter(VARIABLE, 1))),
            // The namespace is on top of the value.
            Instruction::SetAttr(_) => {
                let around = [Instruction::Swap, filter(ATTRIBUTE, 1), Instruction::Swap];
                all.extend(around.map(|instruction| (at, instruction)));
            }
            _ => {}
        }
        if !matches!(instruction, Instruction::Add) {
            all.push((at, instruction));
        }
    }
    places.push(all.len() as u32);
    let mut bounded = Instructions::new(template.name(), template.source());
    for (at, mut instruction) in all {
        if let Instruction::Jump(target)
        | Instruction::JumpIfFalse(target)
        | Instruction::JumpIfFalseOrPop(target)
        | Instruction::JumpIfTrueOrPop(target)
        | Instruction::Iterate(target)
        | Instruction::BuildMacro(_, target, _) = &mut instruction
        {
            // A jump that leads nowhere stays one.
            *target = places.get(*target as usize).copied().unwrap_or(u32::MAX);
        }
        match template.get_span(at) {
            Some(span) => bounded.add_with_span(instruction, span),
            None => bounded.add(instruction),
        };
    }
    bounded
}

fn add(state: &State<'_, '_>, left: Value, right: Value) -> Result<Value, Error> {
    let is_list = |value: &Value| matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable);
    if is_list(&left) && is_list(&right) {
        return joined(&left, &right);
    }
    if let (Some(left), Some(right)) = (left.as_str(), right.as_str()) {
        return match left.len() + right.len() <= MOST_BYTES {
            true => Ok(Value::from([left, right].concat())),
            false => Err(ErrorKind::OutOfFuel.into()),
        };
    }
    // Numbers, and what can't be added.
    let sum = state.env().compile_expression("left + right")?;
    sum.eval(context! { left, right })
}

/// One list after the other.
fn joined(left: &Value, right: &Value) -> Result<Value, Error> {
    let is_within = |list: &Value| list.len().is_none_or(|items| items <= MOST_ITEMS);
    if !is_within(left) || !is_within(right) {
        return Err(ErrorKind::OutOfFuel.into());
    }
    // A list may not know its length: it is counted while it is read.
    let items = left.try_iter()?.chain(right.try_iter()?);
    let items: Vec<Value> = items.take(MOST_ITEMS + 1).collect();
    match items.len() <= MOST_ITEMS {
        true => Ok(Value::from(items)),
        false => Err(ErrorKind::OutOfFuel.into()),
    }
}

fn variable(state: &State<'_, '_>, value: Value) -> Result<Value, Error> {
    measured(state, value, None)
}

/// A namespace in a namespace could hold itself, and would have no end.
fn attribute(state: &State<'_, '_>, value: Value) -> Result<Value, Error> {
    let unwanted = namespace(None)?;
    let unwanted = unwanted.as_object().map(|object| object.type_name());
    measured(state, value, unwanted)
}

/// A value, if it is no larger than it may be.
fn measured(
    state: &State<'_, '_>,
    value: Value,
    unwanted: Option<&'static str>,
) -> Result<Value, Error> {
    let mut measure = Measure { items: 0, unwanted };
    measure.walk(&value, 0)?;
    state.consume_fuel((measure.items / ITEMS_A_STEP) as u64)?;
    Ok(value)
}

/// A walk through a value.
struct Measure {
    /// Values so far.
    items: usize,
    /// The name of a type that may not be in it.
    unwanted: Option<&'static str>,
}

impl Measure {
    fn walk(&mut self, value: &Value, depth: usize) -> Result<(), Error> {
        self.items += 1;
        if depth > MOST_DEPTH || self.items > MOST_ITEMS {
            return Err(ErrorKind::OutOfFuel.into());
        }
        let object = value.as_object().map(|object| object.type_name());
        if object.is_some() && object == self.unwanted {
            let detail = "a namespace can't be put into a namespace";
            return Err(Error::new(ErrorKind::InvalidOperation, detail));
        }
        match value.kind() {
            ValueKind::Map => {
                for key in value.try_iter()? {
                    self.walk(&value.get_item(&key)?, depth + 1)?;
                    self.walk(&key, depth + 1)?;
                }
            }
            // What does not know its length may be read only once.
            ValueKind::Seq | ValueKind::Iterable if value.len().is_some() => {
                for item in value.try_iter()? {
                    self.walk(&item, depth + 1)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}
