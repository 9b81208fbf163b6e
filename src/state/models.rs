//! What the page knows of models: which are open, which are kept, and how they compare.

use crate::state::MetricView;
use assay_protocol::messages::{Request, Response};
use assay_protocol::models::{Figures, ModelInfo};

/// A model that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelView {
    /// What its header says.
    pub info: ModelInfo,
    /// Whether the browser has WebGPU.
    pub gpu: bool,
    /// How it did so far.
    pub figures: Figures,
}

/// The models.
#[derive(Clone, PartialEq, Default)]
pub struct ModelState {
    /// The base model and the one that is compared with it.
    pub open: [Option<ModelView>; 2],
    /// Those that are kept on this device.
    pub kept: Vec<ModelInfo>,
    /// Bytes of scores that are kept.
    pub scores: f64,
    /// Texts scored, and texts in all.
    pub progress: Option<(usize, usize)>,
    /// The models compared, a result for each column.
    pub compared: Vec<MetricView>,
    /// What goes on when the person resumes.
    pub paused: Option<Request>,
    /// What runs, or ran.
    last: Option<Request>,
}

impl ModelState {
    /// Whether any model is open.
    pub fn is_open(&self) -> bool {
        self.open.iter().any(Option::is_some)
    }

    /// Bytes of an open model's files.
    pub fn bytes(&self, slot: usize) -> f64 {
        let model = self.open.get(slot).and_then(Option::as_ref);
        model.map_or(0.0, |m| m.info.bytes)
    }

    /// The same for other data: models stay, what was scored does not.
    pub fn without_scores(&self) -> Self {
        Self {
            open: self.open.clone(),
            kept: self.kept.clone(),
            scores: self.scores,
            ..Self::default()
        }
    }

    /// Notes that a request goes out.
    pub fn sending(&mut self, request: &Request) {
        match request {
            Request::Perplexity { .. } => {
                self.paused = None;
                if self.last.as_ref() != Some(request) {
                    self.progress = None;
                }
                self.last = Some(request.clone());
            }
            Request::Pause => self.paused = self.last.clone(),
            Request::Cancel => self.paused = None,
            _ => {}
        }
    }

    /// Takes what an answer says of models.
    pub fn receive(&mut self, response: &Response) {
        match response {
            Response::Model { slot, info, gpu } => {
                self.set(
                    *slot,
                    Some(ModelView {
                        info: info.clone(),
                        gpu: *gpu,
                        figures: Figures::default(),
                    }),
                );
            }
            Response::ModelClosed { slot } => self.set(*slot, None),
            Response::Deployed { slot, figures } => {
                if let Some(Some(model)) = self.open.get_mut(*slot) {
                    model.figures = figures.clone();
                }
            }
            Response::Kept { models, scores } => {
                self.kept.clone_from(models);
                self.scores = *scores;
            }
            Response::Perplexing { done, total, .. } | Response::Perplexed { done, total } => {
                self.progress = Some((*done, *total));
            }
            Response::Comparing => self.compared.clear(),
            Response::Compared {
                index,
                result,
                histogram,
            } => {
                let view = MetricView {
                    result: result.clone(),
                    histogram: histogram.clone(),
                };
                match self.compared.get_mut(*index) {
                    Some(place) => *place = view,
                    None => self.compared.push(view),
                }
            }
            _ => {}
        }
    }

    fn set(&mut self, slot: usize, model: Option<ModelView>) {
        if let Some(place) = self.open.get_mut(slot) {
            *place = model;
        }
        (self.progress, self.paused) = (None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_results::perplexity::Convention;
    use assay_results::perplexity::Plan;

    #[test]
    fn a_pause_knows_what_goes_on_and_another_plan_starts_from_nothing() {
        let request = |column| Request::Perplexity {
            plan: Plan {
                convention: Convention::Text,
                column,
                chat: false,
            },
            cpu: false,
        };
        let mut state = ModelState::default();
        state.sending(&request(None));
        state.receive(&Response::Perplexing {
            done: 3,
            total: 9,
            speed: 1.0,
        });
        state.sending(&Request::Pause);
        assert_eq!(state.paused, Some(request(None)));
        state.sending(&request(None));
        assert_eq!((state.paused.clone(), state.progress), (None, Some((3, 9))));
        state.sending(&request(Some(1)));
        assert_eq!(state.progress, None);
        state.sending(&Request::Pause);
        state.sending(&Request::Cancel);
        assert_eq!(state.paused, None);
    }
}
