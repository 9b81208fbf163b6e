//! What the command palette offers: pages, parts of Compare, measures, and a few actions.

use super::search::fits;
use crate::route::{Page, Part, Route};
use assay_locale::Locale;

/// What a command does.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Shows a view.
    Go(Box<Route>),
    /// Loads the example.
    Example,
    /// Changes to the other language.
    Language,
    /// Changes between light and dark.
    Theme,
}

/// A line of the palette.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// Its words.
    pub title: String,
    /// What kind of thing it is, in words.
    pub kind: String,
    /// What it does.
    pub action: Action,
}

/// All commands in the order in which they are offered. `measures` are the names of those that are listed.
pub fn commands(t: &Locale, route: &Route, measures: &[String]) -> Vec<Command> {
    let command = |kind: &str, title: String, action: Action| Command {
        title,
        kind: t.text(kind),
        action,
    };
    let pages = Page::ALL.iter().map(|(page, name)| {
        command(
            "command-page",
            t.text(name),
            Action::Go(Box::new(route.on_page(*page))),
        )
    });
    // Without data Compare has no parts.
    let parts = Part::ALL.iter().filter(|_| !measures.is_empty());
    let parts = parts.map(|(part, name)| {
        let title = format!(
            "{}: {}",
            t.text("overview"),
            t.text(&format!("part-{name}"))
        );
        command(
            "command-page",
            title,
            Action::Go(Box::new(route.to_part(*part))),
        )
    });
    let measures = measures.iter().enumerate().map(|(place, name)| {
        let mut to = route.to_part(Part::Measures);
        to.query.metric = place;
        command("measure", name.clone(), Action::Go(Box::new(to)))
    });
    let actions = [
        ("try", Action::Example),
        ("command-language", Action::Language),
        ("theme", Action::Theme),
    ];
    let actions = actions.map(|(key, action)| command("command-action", t.text(key), action));
    pages.chain(parts).chain(measures).chain(actions).collect()
}

/// The commands that all of the words fit.
pub fn found<'a>(all: &'a [Command], words: &str) -> Vec<&'a Command> {
    let is_found =
        |command: &&Command| fits(words, &command.title, std::slice::from_ref(&command.kind));
    all.iter().filter(is_found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_locale::Language;

    #[test]
    fn pages_measures_and_actions_are_found_by_any_of_their_words() {
        let t = Locale::new(Language::English);
        let measures = ["BLEU".to_owned(), "rouge1".to_owned()];
        let all = commands(&t, &Route::default(), &measures);
        let titles = |words: &str| -> Vec<&str> {
            let found = found(&all, words).into_iter();
            found.map(|command| command.title.as_str()).collect()
        };
        assert_eq!(titles("ROUGE"), ["rouge1"]);
        assert_eq!(titles(&t.text("report").to_uppercase()), [t.text("report")]);
        assert_eq!(titles("no such thing"), Vec::<&str>::new());
        assert_eq!(titles("").len(), all.len());
        let Action::Go(route) = &found(&all, "rouge1")[0].action else {
            panic!("a measure is a view");
        };
        assert_eq!((route.page, route.query.metric), (Page::Overview, 1));
    }

    #[test]
    fn without_data_the_parts_of_compare_are_not_offered() {
        let t = Locale::new(Language::Chinese);
        let all = commands(&t, &Route::default(), &[]);
        let slices = t.text("part-slices");
        assert!(all.iter().all(|command| !command.title.contains(&slices)));
        assert!(all.iter().any(|command| command.action == Action::Example));
    }
}
