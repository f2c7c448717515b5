// The worker of the lab: messages to the module that trains, and from it, one at a time.

let training;

async function start(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const { instance } = await WebAssembly.instantiate(await new Response(stream).arrayBuffer(), {});
  training = instance.exports;
}

onmessage = async ({ data: { id, module, message } }) => {
  try {
    if (module) await start(module);
    const { answer, map } = message ? call(training, message) : { answer: {}, map: new Uint8Array() };
    postMessage({ id, answer, map }, [map.buffer]);
  } catch (error) {
    postMessage({ id, answer: { error: String(error) }, map: new Uint8Array() });
  }
};
