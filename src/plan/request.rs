//! What somebody asked for, unchecked.

use serde::{Deserialize, Serialize};

/// What was asked for, flag by flag; `None` where a flag was not given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Request {
    /// `--data`: a built-in dataset or a table.
    pub data: Option<String>,
    /// `--label`: the table's label column.
    pub label: Option<String>,
    /// `--drop-missing`: leave out the table's rows in which something is missing.
    pub drop_missing: bool,
    /// `--teacher-url`: the address of a model that somebody else serves.
    pub teacher_url: Option<String>,
    /// `--output`: which of its outputs holds the answers.
    pub output: Option<String>,
    /// `--budgets`: a list, a range, or a range with a count.
    pub budgets: Option<String>,
    /// `--answers`: kinds of answer.
    pub answers: Option<Vec<String>>,
    /// `--strategy`: how queries are chosen.
    pub strategy: Option<String>,
    /// `--replicates`.
    pub replicates: Option<usize>,
    /// `--seed`.
    pub seed: Option<u64>,
    /// `--teacher`: hidden widths.
    pub teacher: Option<String>,
    /// `--student`: hidden widths.
    pub student: Option<String>,
    /// `--steps`: a student's optimiser steps.
    pub steps: Option<usize>,
    /// `--rate`: a student's peak learning rate.
    pub rate: Option<f32>,
    /// `--teacher-rate`: the teacher's.
    pub teacher_rate: Option<f32>,
    /// `--price-label`: dollars per label.
    pub price_label: Option<f64>,
    /// `--price-query`: dollars per thousand queries.
    pub price_query: Option<f64>,
    /// `--price-pflop`: dollars per 10¹⁵ operations.
    pub price_pflop: Option<f64>,
    /// `--quick`: a small plan.
    pub quick: bool,
}
