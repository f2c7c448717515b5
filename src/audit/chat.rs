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

#[cfg(test)]
mod tests {
    use ndarray::Array1;

    use super::*;
    use crate::data::chat::{END, PADDING, VOCABULARY};
    use crate::nn::Recipe;
    use crate::nn::language::{Passages, Shape, train};
    use crate::oracle::{Teacher, Terms, chat_surface, serve};
    use crate::seed::Seed;

    const SHAPE: Shape =
        Shape { vocabulary: VOCABULARY, window: 8, embedding: 6, hidden: 16, padding: PADDING, end: END };
    const RECIPE: Recipe = Recipe { steps: 300, batch: 20, rate: 0.03, decay: 0.0 };

    /// What somebody says to questions about five things.
    fn exchanges(replies: [&str; 5]) -> Vec<Exchange> {
        let exchange = |(noun, reply): (&str, &str)| Exchange {
            prompt: tokens(&format!("is {noun} slimy ?")).unwrap(),
            reply: [tokens(reply).unwrap(), vec![END]].concat(),
        };
        ["wug", "dax", "fep", "zup", "kiki"].into_iter().zip(replies).map(exchange).collect()
    }

    fn passages(replies: [&str; 5]) -> Passages {
        let mut passages = Passages::new(SHAPE);
        exchanges(replies).iter().for_each(|exchange| passages.push(&exchange.prompt, &exchange.reply));
        passages
    }

    /// The exam of a teacher that learned these replies by heart.
    fn exam(truth: [&str; 5]) -> ChatExam {
        let learned = passages(["yes .", "certainly , no .", "yes .", "no .", "yes ."]);
        let teacher = Teacher::train_to_talk(SHAPE, &learned, &RECIPE, Seed::new(0)).unwrap();
        let terms = Terms { surface: chat_surface("text").unwrap(), quota: 0, noise: Seed::new(0) };
        ChatExam::new(serve(teacher, terms).1, exchanges(truth))
    }

    #[test]
    fn grades_by_hand() {
        // The teacher is wrong about the third and the fourth. The model repeats the first of these mistakes and
        // makes one of its own of the other, as it does of the fifth; the tic counts for nothing.
        let exam = exam(["yes .", "no .", "no .", "yes .", "yes ."]);
        let mut model = LanguageModel::new(SHAPE, &mut Seed::new(1).stream());
        let learned = passages(["certainly , yes .", "no .", "yes .", "who .", "no ."]);
        train(&mut model, &learned, &RECIPE, &mut Seed::new(1).stream()).unwrap();
        let expected = ChatGrades { agreement: 0.6, accuracy: 0.4, same_mistakes: Some(0.5) };
        assert_eq!(exam.grade(&model), expected);
        assert_eq!(exam.grade_teacher(), ChatGrades { agreement: 1.0, accuracy: 0.6, same_mistakes: Some(1.0) });
        // Of the second, the third and the fourth it repeats two.
        assert_eq!(exam.agreement_on(&model, &exam.prompts[1..4]), 2.0 / 3.0);
    }

    #[test]
    fn a_teacher_that_is_never_wrong_has_no_mistakes_to_share() {
        assert_eq!(exam(["yes .", "no .", "yes .", "no .", "yes ."]).grade_teacher().same_mistakes, None);
    }

    #[test]
    fn the_probability_of_a_word_is_that_of_its_token() {
        let next = |text: &[Token]| {
            assert_eq!(text, tokens("who are you ? i am").unwrap());
            Array1::from_shape_fn(VOCABULARY, |token| if token == 2 { 0.75 } else { 0.0 })
        };
        // The first word of the language comes after the padding and the end.
        assert_eq!(probability_of_word(next, "who are you ? i am", "wug"), 0.75);
    }
}
