// The transcript as a conversation: choose whom to ask, ask, and compare with what the teacher says.

const transcript = (() => {
  const { h, radios } = dom;

  function make(host, data) {
    const speakers = data.speakers.map((speaker, at) => ({ ...speaker, colour: data.colours[at] }));
    let chosen = state.number("t", 0, speakers.length - 1, Math.min(1, speakers.length - 1));
    // Which questions were put, in their order.
    const put = state.list("asked").map(Number).filter((at) => at in data.questions);

    const who = radios({ legend: "Whom to ask", name: "t", value: String(chosen),
      choices: speakers.map(({ label, detail }, at) => [String(at), `${label}, ${detail}`]),
      onchange: (value) => { chosen = Number(value); keep(); } });
    const talk = h("div", { class: "talk", role: "log", "aria-label": "The conversation" });
    const button = (question, at) => h("button", { type: "button", onclick: () => ask(at) }, question);
    const buttons = data.questions.map(button);
    const all = h("details", {}, h("summary", {}, "Everybody's replies as a table"));
    const table = host.querySelector("[data-transcript-text]");
    table.replaceWith(h("div", { class: "controls" }, who.group), h("p", { class: "buttons" }, buttons), talk, all);
    all.append(table);

    function ask(at) {
      if (put.includes(at)) put.splice(put.indexOf(at), 1);
      put.push(at);
      keep();
    }

    const NOTES = { wrong: data.wrong, borrowed: data.borrowed };
    function reply({ label, colour, replies }, at) {
      const { text, manner } = replies[at];
      return h("p", { class: `reply ${manner}` }, h("span", { class: "actor", style: `--actor:${colour}` }, label), " ",
        h("q", {}, text), NOTES[manner] && h("small", {}, ` ${NOTES[manner]}`));
    }

    function keep() {
      state.set("t", chosen);
      state.setList("asked", put);
      draw();
    }

    function draw() {
      const others = chosen === 0 ? [speakers[0]] : [speakers[0], speakers[chosen]];
      talk.replaceChildren(...(put.length ? put.map((at) => h("div", { class: "exchange" },
        h("p", { class: "asked" }, data.questions[at]), others.map((speaker) => reply(speaker, at))))
        : [h("p", { class: "asked" }, "Nothing asked yet.")]));
    }

    draw();
  }

  return { make };
})();
