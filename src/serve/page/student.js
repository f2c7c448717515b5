// The worker of the class page: the module of the lab, whose students are those of the figures.

"use strict";

importScripts("/call.js");
const module = WebAssembly.instantiateStreaming(fetch("/lab.wasm"), {}).then(({ instance }) => instance.exports);

// Queries with their answers in; the student's answers to the exam and its map out.
onmessage = async ({ data }) => {
  try {
    const { answer, map } = call(await module, { learn: data });
    postMessage({ ...answer, map });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
