// The worker of the lab: the module that trains, and messages to it and from it, one at a time.

let training;

async function start(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const { instance } = await WebAssembly.instantiate(await new Response(stream).arrayBuffer(), {});
  training = instance.exports;
}

// An answer is the length of a JSON text, the text, and a map of one byte a pixel.
function call(message) {
  const text = new TextEncoder().encode(JSON.stringify(message));
  const place = training.input(text.length);
  new Uint8Array(training.memory.buffer, place, text.length).set(text);
  const [from, length] = [training.call(), training.length()];
  const size = new DataView(training.memory.buffer, from, length).getUint32(0, true);
  const all = new Uint8Array(training.memory.buffer, from, length);
  return { answer: JSON.parse(new TextDecoder().decode(all.subarray(4, 4 + size))), map: all.slice(4 + size) };
}

onmessage = async ({ data: { id, module, message } }) => {
  try {
    if (module) await start(module);
    const { answer, map } = message ? call(message) : { answer: {}, map: new Uint8Array() };
    postMessage({ id, answer, map }, [map.buffer]);
  } catch (error) {
    postMessage({ id, answer: { error: String(error) }, map: new Uint8Array() });
  }
};
