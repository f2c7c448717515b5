// The worker that the lab and the talk share: a message to the module, a promise of its answer.

const worker = (() => {
  let begun = null;

  // One promise for each message that is not answered yet.
  function employ() {
    const text = document.getElementById("lab-worker").textContent;
    const own = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
    const waiting = new Map();
    let last = 0;
    own.onmessage = ({ data }) => { waiting.get(data.id)(data); waiting.delete(data.id); };
    own.onerror = () => { for (const done of waiting.values()) done({ answer: { error: "it stopped" } }); };
    return (request) => new Promise((done) => {
      last += 1;
      waiting.set(last, done);
      own.postMessage({ id: last, ...request });
    });
  }

  async function begin() {
    const ask = employ();
    const { answer } = await ask({ module: document.getElementById("lab-module").textContent });
    return answer.error ? () => ({ answer }) : ask;
  }

  // The first message starts the worker.
  async function tell(message) {
    begun ??= begin();
    const ask = await begun;
    return ask({ message });
  }

  return { tell };
})();
