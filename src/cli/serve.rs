//! `distill serve`: the teachers are trained, the server opens, and its owner is told where and with which keys.

use std::fs;
use std::io::{self, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use distill_lab::serve::{Opened, ServeError, Server, Settings, StoreError, Teachers, Wanted};
use distill_lab::words::counted;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::flag;

use super::place::RUNS;
use super::screen::{self, BOLD, Line, PLAIN, say};
use super::{Exit, Obstacle, Stopped, flags, train};

/// The most keys that the screen shows; the rest is what `--json` is for.
const SHOWN: usize = 20;

/// Serves until it is interrupted.
pub(super) fn serve(flags: &flags::Serve) -> anyhow::Result<()> {
    let settings = Settings::check(&wanted(flags))?;
    // What may already be taken is tried before anybody waits for a teacher.
    let listener = TcpListener::bind(&flags.addr).map_err(|error| cannot_listen(&flags.addr, &error))?;
    let store = store(flags.store.as_deref())?;
    let stop = Arc::new(AtomicBool::new(true));
    for signal in [SIGINT, SIGTERM] {
        // While teachers are trained a signal ends the program at once; later it asks the server to stop, and ends it
        // at once the second time.
        flag::register_conditional_shutdown(signal, Exit::Interrupted as i32, Arc::clone(&stop))?;
        flag::register(signal, Arc::clone(&stop))?;
    }
    // A store that may not grow refuses queries, and does not end the server.
    flag::register(SIGXFSZ, Arc::default())?;
    let bar = train::progress_bar(settings.teachers());
    train::show(&bar, String::new());
    let teachers = Teachers::train(&settings, || bar.inc(1))?;
    bar.finish_and_clear();
    let server = Server::open(&settings, teachers, listener, (&store, flags.accounts.into())).map_err(told)?;
    stop.store(false, Relaxed);
    show(server.opened(), flags)?;
    server.run(&stop).map_err(told)?;
    Err(Stopped.into())
}

fn wanted(flags: &flags::Serve) -> Wanted {
    Wanted {
        models: flags.models.clone(),
        label: flags.label.clone(),
        drop_missing: flags.drop_missing,
        answers: flags.answers.clone(),
        quota: flags.quota,
        rate_limit: flags.rate_limit,
        guard: flags.guard,
        join: flags.join,
        seed: flags.seed.unwrap_or(0),
    }
}

/// The file of the store: the one that was named, or a new one beside the runs of a reader's own.
fn store(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    if let Some(file) = named {
        return Ok(file.to_owned());
    }
    let folder = Path::new(RUNS).join("serve");
    fs::create_dir_all(&folder).map_err(|error| Obstacle::cannot_write(&folder, &error))?;
    for number in 1.. {
        let file = folder.join(format!("{number}.sqlite"));
        // Taken at once: a server that starts beside this one takes the next.
        match fs::File::create_new(&file) {
            Ok(_) => return Ok(file),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(Obstacle::cannot_write(&file, &error).into()),
        }
    }
    unreachable!("numbers do not end")
}

/// Says where the server is, and with which keys: to a program in one line, to a person in words.
fn show(opened: &Opened, flags: &flags::Serve) -> anyhow::Result<()> {
    let Opened { url, models, keys, admin_key, store } = opened;
    if flags.json {
        let mut out = io::stdout().lock();
        writeln!(out, "{}", serde_json::to_string(opened)?)?;
        out.flush()?;
    }
    let pair = |name: &str, value: &str| screen::show(&Line::new(BOLD, format!("{name:<9}")).and(PLAIN, value));
    pair("serving", &models.join(", "));
    pair("at", url);
    pair("board", &format!("{url}/board#{admin_key}"));
    keys.iter().take(SHOWN).for_each(|key| pair("key", key));
    if keys.len() > SHOWN {
        pair("", &format!("and {} more: see them with --json", counted(keys.len() - SHOWN, "key")));
    }
    screen::show(&Line::new(BOLD, format!("{:<9}", "store")).and_file(Path::new(store)));
    if flags.join {
        pair("join", &format!("whoever opens {url} gets an account"));
        // Dark on light, as cameras want it, where the terminal is dark too.
        if let Ok(code) = QrCode::new(url) {
            let code = code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build();
            say(code);
        }
    }
    if let Some(model) = models.first().filter(|_| !keys.is_empty()) {
        let ask = if model == "aurora" { "v1/chat/completions" } else { &format!("v2/models/{model}") };
        pair("try", &format!("curl {url}/{ask} -H 'Authorization: Bearer {}'", keys[0]));
    }
    say("Ctrl-C stops it");
    Ok(())
}

fn cannot_listen(address: &str, error: &io::Error) -> Obstacle {
    let hint = match error.kind() {
        io::ErrorKind::AddrInUse => "write --addr 127.0.0.1:0, which picks a port that is free".to_owned(),
        _ => "write an address of this machine with a port, such as --addr 127.0.0.1:8080".to_owned(),
    };
    Obstacle { exit: Exit::Usage, problem: format!("cannot listen on {address}: {error}"), hint }
}

/// What to do about a server that does not start.
fn told(error: ServeError) -> anyhow::Error {
    let hint = match &error {
        ServeError::Store(problem) => problem.hint(),
        ServeError::Accounts(_) => {
            "open fewer of them with --accounts, or name another file: --store FILE.sqlite".to_owned()
        }
        ServeError::Unreadable(_) => "name another file: --store FILE.sqlite".to_owned(),
        ServeError::Diverged(_) | ServeError::System(_) => return error.into(),
    };
    let exit =
        if matches!(error, ServeError::Store(StoreError::OtherSeed { .. })) { Exit::Usage } else { Exit::Failed };
    Obstacle { exit, problem: error.to_string(), hint }.into()
}
