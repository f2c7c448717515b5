// Be the provider: accounts without names send drawings; the reader closes those that look suspicious, and only at the
// end of what is recorded learns who they were, and what the detectors would have done.

const provider = (() => {
  const { h } = dom;
  // Queries in a turn, and drawings that are shown of an account: so many in a row, in so many rows.
  const TURN = 10, ACROSS = 3, SHOWN = ACROSS * ACROSS;
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  const unpack = (data) => data.accounts.map((account, at) => ({
    ...account, plain: data.plain[at],
    drawings: packed.bytes(account.questions), shares: packed.bytes(account.answers),
  }));

  // An order that says nothing about who they are, and is the same for everybody: by what they drew.
  const mixed = (accounts) => {
    const key = ({ drawings }) => drawings.reduce((sum, ink, at) => (31 * sum + ink * (at + 1)) % 65521, 7);
    return accounts.map((account) => [key(account), account]).sort((a, b) => a[0] - b[0]).map(([, own]) => own);
  };

  // The last drawings before a query, ink on paper.
  function sheet(canvas, { drawings }, asked, side) {
    const size = ACROSS * side;
    canvas.width = canvas.height = size;
    const context = canvas.getContext("2d");
    const image = context.createImageData(size, size);
    image.data.fill(255);
    const from = Math.max(0, asked - SHOWN);
    for (let query = from; query < asked; query += 1) {
      const [left, top] = [side * ((query - from) % ACROSS), side * Math.floor((query - from) / ACROSS)];
      for (let pixel = 0; pixel < side * side; pixel += 1) {
        const grey = 255 - drawings[query * side * side + pixel];
        const at = 4 * ((top + Math.floor(pixel / side)) * size + left + pixel % side);
        image.data.fill(grey, at, at + 3);
      }
    }
    context.putImageData(image, 0, 0);
  }

  // How often each class was the answer so far, and how sure the model was on average.
  function answers({ shares }, asked, classes) {
    const counts = Array(classes).fill(0);
    let sure = 0;
    for (let query = 0; query < asked; query += 1) {
      const own = shares.subarray(query * classes, (query + 1) * classes);
      const best = own.indexOf(Math.max(...own));
      counts[best] += 1;
      sure += own[best] / 255 / asked;
    }
    return { counts, sure };
  }

  // The detectors whose needle stands over its limit at the look that closes the account.
  function detected({ readings, closed }, names) {
    const look = readings.find((reading) => reading.asked === closed);
    const strikes = ({ stranger_than: place, limit }) =>
      place !== null && place !== undefined && limit !== null && limit !== undefined && place >= limit;
    return look ? names.filter((_, at) => strikes(look.needles[at])) : [];
  }

  function make(host, data, chapter) {
    const accounts = mixed(unpack(data));
    const most = Math.min(...accounts.map(({ drawings }) => drawings.length / data.side ** 2));
    // It begins where the detectors look first: several copiers begin with the same drawings, and would look alike.
    const first = Math.min(accounts[0]?.readings[0]?.asked ?? TURN, most);
    const [turn, ...kept] = state.list("p").map(Number);
    let asked = Number.isInteger(turn) && turn > 0 && turn <= most ? turn : first;
    const closed = accounts.map((_, at) => (kept[at] > 0 && kept[at] <= most ? kept[at] : 0));
    const status = h("p", { class: "turn", role: "status" });
    const next = h("button", { type: "button", class: "main", onclick: () => go(asked + TURN) });
    const end = h("button", { type: "button", onclick: () => go(most) }, "To the end");
    const again = h("button", { type: "button", onclick: () => { closed.fill(0); go(first); } }, "Play again");
    const skip = h("button", { type: "button", onclick: () => chapters.set(chapter, true) }, "Just show me");
    const verdict = h("p", { class: "verdict", role: "status" });
    const cards = accounts.map((account, at) => {
      const canvas = h("canvas", { class: "sheet", role: "img" });
      const bars = data.classes.map(() => h("i"));
      const sure = h("span");
      const told = h("p", { class: "told" });
      const close = h("button", { type: "button", onclick: () => { closed[at] = asked; keep(); } });
      const name = LETTERS[at];
      const card = h("section", { class: "account", "aria-label": `Account ${name}` }, h("h3", {}, name), canvas,
        h("div", { class: "mix", "aria-hidden": "true" }, bars), h("p", { class: "sure" }, sure), close, told);
      return { name, canvas, bars, sure, told, close, card };
    });
    const task = h("p", { class: "prompt" }, "Close the accounts that you take for copiers.");
    host.querySelector("[data-provider-text]").replaceWith(task,
      h("p", { class: "buttons" }, status, next, end, again, skip), verdict,
      h("p", { class: "hint" }, `Each account: its last ${SHOWN} drawings; how often each digit was the answer (a ` +
        "bar for 0, 1, 2 …); how sure your model was."),
      h("div", { class: "accounts" }, cards.map(({ card }) => card)),
      h("details", {}, h("summary", {}, "What the detectors look at"),
        h("dl", { class: "detectors" }, data.detectors.map((name, at) =>
          h("div", {}, h("dt", {}, name), h("dd", {}, data.detects[at] ?? ""))))));

    function go(to) {
      asked = Math.min(most, to);
      if (asked === most) chapters.set(chapter, true);
      keep();
    }

    function keep() {
      state.setList("p", [asked, ...closed]);
      draw();
    }

    function who({ copies, actor, plain }) {
      if (!copies) return "an honest customer";
      return `a copier: asks ${plain ?? actor}`;
    }

    // Who closes nobody only looks on.
    const played = () => closed.some(Boolean);

    function told(account, at) {
      const own = closed[at] ? `You closed it after ${closed[at]}. ` : played() ? "You left it open. " : "";
      const by = detected(account, data.detectors).join(", ");
      const theirs = account.closed ? `The detectors close it after ${account.closed} (${by}).`
        : "The detectors leave it open.";
      return [h("strong", {}, who(account)), h("span", {}, own + theirs)];
    }

    function summary() {
      const [copiers, honest] = [true, false].map((copies) => accounts.filter((own) => own.copies === copies));
      const count = (group, closes) => group.filter((own) => closes(own)).length;
      const you = (own) => closed[accounts.indexOf(own)] > 0;
      const they = (own) => Boolean(own.closed);
      const got = (end) => say.thousands(copiers.reduce((sum, own) => sum + (end(own) || most), 0));
      const looks = accounts[0].readings.map((reading) => reading.asked);
      const yours = `You closed ${count(copiers, you)} of ${copiers.length} copiers and ${count(honest, you)} of ` +
        `${honest.length} honest customers; the copiers got ${got((own) => closed[accounts.indexOf(own)])} answers. `;
      return `${played() ? yours : ""}The detectors are set to close ${say.percent(data.rate, 0)} of honest ` +
        `accounts and look after ${say.list(looks)} queries: they close ${count(copiers, they)} of ` +
        `${copiers.length} copiers and ${count(honest, they)} of ${honest.length} honest customers; the ` +
        `copiers have ${got((own) => own.closed)} answers by then. Among 1,000 accounts with 10 ` +
        `copiers, ${say.percent(data.rate, 0)} of the honest are about ${Math.round(990 * data.rate)} accounts.`;
    }

    function draw() {
      const over = asked === most;
      status.textContent = `${asked} of ${most} queries`;
      next.textContent = `${TURN} more queries`;
      next.hidden = end.hidden = task.hidden = over;
      again.hidden = !over;
      skip.hidden = over || chapters.isOpen(chapter);
      cards.forEach((card, at) => {
        const account = accounts[at];
        const seen = closed[at] || asked;
        const { counts, sure } = answers(account, seen, data.classes.length);
        const highest = Math.max(...counts);
        sheet(card.canvas, account, seen, data.side);
        card.bars.forEach((bar, digit) => { bar.style.height = `${100 * counts[digit] / highest}%`; });
        card.canvas.setAttribute("aria-label", `The last drawings of account ${card.name}; most often answered: ` +
          `${data.classes[counts.indexOf(highest)]}, ${counts[counts.indexOf(highest)]} of ${seen}`);
        card.sure.textContent = `sure: ${say.percent(sure, 0)}`;
        card.close.textContent = closed[at] ? `closed at ${closed[at]}` : "Close";
        card.close.disabled = Boolean(closed[at]) || over;
        card.close.hidden = over && !closed[at];
        card.card.classList.toggle("shut", Boolean(closed[at]));
        card.told.replaceChildren(...(over ? told(account, at) : []));
      });
      verdict.textContent = over ? summary() : "";
    }

    chapters.hold(chapter, draw, true);
  }

  return { make };
})();
