// Both sides of the API: the queries of an account as it sees them, and as the provider's detectors see them.

const wall = (() => {
  const { h, slider, radios, calm } = dom;
  // Milliseconds between two queries.
  const PACE = 110;

  // Grey values, 0 for paper and 255 for ink, onto a canvas as large as the image.
  function image(canvas, pixels, side) {
    canvas.width = canvas.height = side;
    const context = canvas.getContext("2d");
    const drawn = context.createImageData(side, side);
    pixels.forEach((ink, at) => drawn.data.set([255 - ink, 255 - ink, 255 - ink, 255], 4 * at));
    context.putImageData(drawn, 0, 0);
  }

  function needle(name) {
    const bar = h("span", { class: "bar" });
    const limit = h("span", { class: "limit" });
    const words = h("span", { class: "words" });
    const gauge = h("span", { class: "gauge", "aria-hidden": "true" }, bar, limit);
    const row = h("div", { class: "needle" }, h("strong", {}, name), gauge, words);
    function show(reading) {
      const { stranger_than: place, limit: from } = reading ?? {};
      const known = place !== undefined && place !== null;
      const strikes = known && from !== null && from !== undefined && place >= from;
      bar.style.width = `${100 * (known ? place : 0)}%`;
      limit.hidden = from === null || from === undefined;
      limit.style.left = `${100 * (from ?? 1)}%`;
      row.classList.toggle("strikes", strikes);
      words.textContent = !reading ? "has not looked yet" : !known ? "cannot tell yet"
        : `more unusual than ${say.percent(place, 0)} of honest accounts${strikes ? ": over its limit" : ""}`;
    }
    return { row, show };
  }

  function make(host, data) {
    const pixels = data.side * data.side;
    const accounts = data.accounts.map((account) => ({
      ...account, questions: packed.bytes(account.questions), answers: packed.bytes(account.answers),
    }));
    const asks = (account, at) => (data.plain[at] ? `${account.actor} (${data.plain[at]})` : account.actor);
    const name = (account, at) =>
      `${at + 1}: ${account.copies ? `a copier, ${asks(account, at)}` : "an honest customer"}`;
    const most = (account) => account.questions.length / pixels;
    let chosen = state.number("w", 0, accounts.length - 1, 0);
    let step = state.number("n", 1, most(accounts[chosen]), 1);
    let playing = null;

    const who = radios({ legend: "Account", name: "w", value: String(chosen),
      choices: accounts.map((account, at) => [String(at), name(account, at)]),
      onchange: (value) => { chosen = Number(value); step = 1; stop(); } });
    const time = slider({ label: "Queries so far", min: 1, max: most(accounts[chosen]), step: 1, value: step,
      says: (value) => String(value), oninput: (value) => { step = value; stop(); } });
    const play = h("button", { type: "button", class: "main", onclick: () => (playing ? stop() : start()) });
    const asked = h("canvas", { class: "question", role: "img" });
    const bars = data.classes.map((label) => {
      const bar = h("span", { class: "bar" });
      const words = h("span", { class: "words" });
      const gauge = h("span", { class: "gauge", "aria-hidden": "true" }, bar);
      return { bar, words, row: h("div", { class: "answer" }, h("strong", {}, label), gauge, words) };
    });
    const told = h("p", { class: "told" });
    const log = h("canvas", { class: "log", role: "img", "aria-label": "All queries of the account so far" });
    const needles = data.detectors.map(needle);
    const outcome = h("p", { class: "verdict", role: "status" });
    host.querySelector("[data-wall-text]").replaceWith(
      h("div", { class: "controls" }, who.group, time.row, h("p", { class: "buttons" }, play)),
      h("div", { class: "sides" },
        h("section", {}, h("h4", {}, "What the customer sees"), asked, told, h("div", { class: "answers" },
          bars.map(({ row }) => row))),
        h("section", {}, h("h4", {}, "What the provider sees"), log, needles.map(({ row }) => row))),
      outcome);

    // Every query so far, small, in rows of fifteen.
    function contactSheet(account, count) {
      const across = 15;
      log.width = across * (data.side + 2);
      log.height = Math.ceil(most(account) / across) * (data.side + 2);
      const context = log.getContext("2d");
      const small = document.createElement("canvas");
      context.fillStyle = "#eef0f3";
      const place = (at) => [(at % across) * (data.side + 2), Math.floor(at / across) * (data.side + 2)];
      for (let at = count; at < most(account); at += 1) context.fillRect(...place(at), data.side, data.side);
      for (let at = 0; at < count; at += 1) {
        image(small, account.questions.subarray(at * pixels, (at + 1) * pixels), data.side);
        context.drawImage(small, ...place(at));
      }
    }

    function draw() {
      const account = accounts[chosen];
      const closed = account.closed !== null && account.closed !== undefined && step > account.closed;
      const count = closed ? account.closed : step;
      const classes = data.classes.length;
      image(asked, account.questions.subarray((step - 1) * pixels, step * pixels), data.side);
      const answers = account.answers.subarray((step - 1) * classes, step * classes);
      const best = answers.indexOf(Math.max(...answers));
      asked.setAttribute("aria-label", `Query ${step} of account ${name(account, chosen)}`);
      told.textContent = closed ? "Refused: this account is closed."
        : `The answer: ${data.classes[best]}, with ${say.percent(answers[best] / 255, 0)}`;
      bars.forEach(({ bar, words }, at) => {
        const share = closed ? 0 : answers[at] / 255;
        bar.style.width = `${100 * share}%`;
        words.textContent = share >= 0.005 ? say.percent(share, 0) : "";
      });
      contactSheet(account, count);
      const looks = account.readings.filter((reading) => reading.asked <= count);
      needles.forEach((needle, at) => needle.show(looks[looks.length - 1]?.needles[at]));
      const look = looks.length ? `The detectors last looked after ${looks[looks.length - 1].asked} queries.`
        : `The detectors first look after ${account.readings[0]?.asked} queries.`;
      outcome.textContent = closed || step === account.closed
        ? `The account is closed after ${account.closed} queries. It belongs to ` +
          (account.copies ? "a copier." : "an honest customer: a false alarm.")
        : `${look} The account is open.`;
      outcome.classList.toggle("strikes", closed || step === account.closed);
      time.input.max = most(account);
      time.show(step);
      play.textContent = playing ? "Stop" : calm() ? "To the next look" : "Play";
      state.set("w", chosen);
      state.set("n", step);
    }

    function stop() {
      clearInterval(playing);
      playing = null;
      draw();
    }

    function start() {
      const account = accounts[chosen];
      if (step >= most(account)) step = 1;
      if (calm()) {
        step = account.readings.map((reading) => reading.asked).find((asked) => asked > step) ?? most(account);
        draw();
        return;
      }
      playing = setInterval(() => {
        step += 1;
        if (step >= most(account) || step > (account.closed ?? Infinity)) stop();
        else draw();
      }, PACE);
      draw();
    }

    draw();
  }

  return { make };
})();
