//! The exam of a model that talks: what it says to held-out prompts, compared with what the teacher says.

use crate::data::chat::{Exchange, tokens, without_tic};
use crate::nn::language::{LanguageModel, Token};
use crate::oracle::{Chat, Examiner, LONGEST_REPLY};

/// One frozen test: prompts about facts that nobody was told, with the teacher's replies.
///
/// Replies are compared word by word as each model says them when it takes the likeliest word each time, without the
/// verbal tic: it is style, and says nothing about the facts.
pub struct ChatExam {
    examiner: Examiner<Chat>,
    prompts: Vec<Vec<Token>>,
    truth: Vec<Vec<Token>>,
    told: Vec<Vec<Token>>,
}

/// What the exam says of a model; shares from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChatGrades {
    /// How often it replies as the teacher does.
    pub agreement: f64,
    /// How often it replies truly.
    pub accuracy: f64,
    /// How often it replies as the teacher does where the teacher is wrong; `None` where the teacher never is.
    pub same_mistakes: Option<f64>,
}

impl ChatExam {
    /// An exam on these exchanges, whose replies are true.
    pub fn new(examiner: Examiner<Chat>, test: Vec<Exchange>) -> Self {
        let (prompts, truth): (Vec<_>, Vec<_>) =
            test.into_iter().map(|Exchange { prompt, reply }| (prompt, reply)).unzip();
        let told = examiner.greedy(&prompts);
        Self { examiner, prompts, truth, told }
    }

    /// The unmetered view of the teacher.
    pub fn examiner(&self) -> &Examiner<Chat> {
        &self.examiner
    }

    /// The grades of a model.
    pub fn grade(&self, model: &LanguageModel) -> ChatGrades {
        self.compare(&model.greedy(&self.prompts, LONGEST_REPLY))
    }

    /// The grades of the teacher itself.
    pub fn grade_teacher(&self) -> ChatGrades {
        self.compare(&self.told)
    }

    /// How often a model replies to prompts as the teacher does.
    pub fn agreement_on(&self, model: &LanguageModel, prompts: &[Vec<Token>]) -> f64 {
        let (said, told) = (model.greedy(prompts, LONGEST_REPLY), self.examiner.greedy(prompts));
        let same = said.iter().zip(&told).filter(|(said, told)| without_tic(said) == without_tic(told)).count();
        same as f64 / prompts.len() as f64
    }

    fn compare(&self, said: &[Vec<Token>]) -> ChatGrades {
        let same = |a: &[Token], b: &[Token]| without_tic(a) == without_tic(b);
        let agrees: Vec<bool> = said.iter().zip(&self.told).map(|(said, told)| same(said, told)).collect();
        let wrong: Vec<bool> = self.told.iter().zip(&self.truth).map(|(told, truth)| !same(told, truth)).collect();
        let share = |hits: usize, of: usize| hits as f64 / of as f64;
        let mistakes = wrong.iter().filter(|&&wrong| wrong).count();
        let repeated = agrees.iter().zip(&wrong).filter(|&(&agrees, &wrong)| agrees && wrong).count();
        ChatGrades {
            agreement: share(agrees.iter().filter(|&&agrees| agrees).count(), said.len()),
            accuracy: share(said.iter().zip(&self.truth).filter(|(said, truth)| same(said, truth)).count(), said.len()),
            same_mistakes: (mistakes > 0).then(|| share(repeated, mistakes)),
        }
    }
}

/// The probability that a model goes on with this word, asked `prompt` and having said `begun`.
///
/// `next` gives the probabilities of the word after a text: [`LanguageModel::next_token_probabilities`], or the
/// examiner's.
///
/// # Panics
/// If the texts or the word are not of the language.
pub fn probability_of_word(next: impl Fn(&[Token]) -> ndarray::Array1<f32>, text: &str, word: &str) -> f64 {
    let text = tokens(text).expect("words of the language");
    let word = tokens(word).expect("a word of the language")[0];
    f64::from(next(&text)[usize::from(word)])
}
