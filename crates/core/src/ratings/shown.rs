//! Judgements of the systems that results are about, under the names that they have now.

use assay_data::DataSet;
use assay_rating::judgements::Judgements;

/// The judgements without those of hidden systems, and each system called as the data calls it. Systems that the data
/// does not have stay as they are.
pub(super) fn of_shown_systems(mut table: Judgements, data: &DataSet) -> Judgements {
    let mut is_hidden = Vec::new();
    for name in &mut table.systems {
        let system = data.system_called(name);
        is_hidden.push(system.as_ref().is_some_and(|s| s.is_hidden));
        if let Some(system) = system {
            system.name.clone_into(name);
        }
    }
    if !is_hidden.contains(&true) {
        return table;
    }
    let shown = |system: &usize| is_hidden.get(*system) == Some(&false);
    table.ratings.retain(|rating| shown(&rating.system));
    table.comparisons.retain(|c| c.systems.iter().all(shown));
    table.games.retain(|c| c.systems.iter().all(shown));
    for order in &mut table.orders {
        order.systems.retain(shown);
    }
    table.orders.retain(|order| order.systems.len() > 1);
    let remarks = &mut table.remarks;
    remarks.retain(|remark| remark.systems().iter().all(shown));
    let place = |system: usize| (0..system).filter(|s| !is_hidden[*s]).count();
    for rating in &mut table.ratings {
        rating.system = place(rating.system);
    }
    for comparison in table.comparisons.iter_mut().chain(&mut table.games) {
        comparison.systems = comparison.systems.map(place);
    }
    for order in &mut table.orders {
        for system in &mut order.systems {
            *system = place(*system);
        }
    }
    for remark in &mut table.remarks {
        remark.system = remark.system.map(place);
        remark.judged = remark.judged.map(|judged| judged.moved(place));
    }
    let mut hidden = is_hidden.iter();
    table.systems.retain(|_| hidden.next() == Some(&false));
    table
}
