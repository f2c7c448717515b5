//! A temporary folder to run the program in, and what a test may say about how it ended.
#![allow(dead_code, reason = "every file of tests takes what it needs")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A folder of its own to run in.
pub(crate) struct Place {
    folder: TempDir,
}

/// How a run ended.
pub(crate) struct Outcome {
    pub(crate) code: i32,
    /// What it printed on stdout.
    pub(crate) out: String,
    /// What it printed on stderr.
    pub(crate) err: String,
}

impl Place {
    /// An empty place.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A place with one file.
    pub(crate) fn with(name: &str, contents: impl AsRef<[u8]>) -> Self {
        let place = Self::new();
        place.write(name, contents);
        place
    }

    /// Writes a file, making its folder.
    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, contents).expect("a file can be written");
    }

    /// Where a file of the place lies.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program, to be run here. Arguments are split at blanks; `''` is an empty one.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_distill"));
        command.args(arguments.split_whitespace().map(|argument| argument.trim_matches('\'')));
        // Under cargo the program speaks of cargo.
        command.current_dir(self.folder.path()).env_remove("CARGO").stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub(crate) fn distill(&self, arguments: &str) -> Outcome {
        let output = self.command(arguments).output().expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints text");
        let code = output.status.code().expect("the program was not killed");
        Outcome { code, out: text(output.stdout), err: text(output.stderr) }
    }

    /// The same, where it must end well.
    pub(crate) fn succeeds(&self, arguments: &str) -> Outcome {
        let outcome = self.distill(arguments);
        assert_eq!(outcome.code, 0, "{arguments}: {}", outcome.err);
        outcome
    }

    /// Bad input: exit code 2, one `error:` line with the flag in it, a cure, and not a file more than before.
    pub(crate) fn refuses(&self, arguments: &str, flag: &str, cure: &str) {
        let before = self.files("");
        let folders = fs::read_dir(self.folder.path()).expect("the place").count();
        let Outcome { code, out, err } = self.distill(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments}: {err}");
        let first = err.lines().next().unwrap_or_default();
        assert!(first.starts_with("error: ") && first.contains(flag), "{arguments} does not name {flag}: {err}");
        assert!(err.contains(cure), "{arguments} does not say {cure:?}: {err}");
        assert_eq!(self.files(""), before, "{arguments} wrote something");
        assert_eq!(fs::read_dir(self.folder.path()).expect("the place").count(), folders, "{arguments} made a folder");
    }

    /// Every file below a folder, by its path in there.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    collect(root, &path, found);
                } else {
                    let name = path.strip_prefix(root).expect("below the root").to_owned();
                    found.insert(name, fs::read(&path).expect("a file"));
                }
            }
        }
        let mut found = BTreeMap::new();
        collect(&self.path(folder), &self.path(folder), &mut found);
        found
    }

    /// A text file of the place.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}
