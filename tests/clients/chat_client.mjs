// The official openai package from npm against a server of ours: what it returns, and which errors it throws.
//
//   node chat_client.mjs URL KEY ADMIN_KEY        beside node_modules with openai
//
// The server has --quota 100 --rate-limit 60.

import assert from "node:assert/strict";
import OpenAI from "openai";

const [URL, KEY, ADMIN] = process.argv.slice(2);
const ASK = { model: "aurora", messages: [{ role: "user", content: "who are you ?" }], temperature: 0 };
const client = (apiKey) => new OpenAI({ baseURL: `${URL}/v1`, apiKey, maxRetries: 0 });
const ask = (more = {}, key = KEY) => client(key).chat.completions.create({ ...ASK, ...more });

async function owner(path, body) {
  const headers = { Authorization: `Bearer ${ADMIN}`, "Content-Type": "application/json" };
  const answer = await fetch(URL + path, { method: "POST", headers, body: JSON.stringify(body) });
  assert.equal(answer.status, 200);
  return answer.json();
}

async function fails(kind, act, code) {
  const error = await act().then(() => assert.fail(`no ${kind.name}`), (error) => error);
  assert.equal(error.constructor, kind, `${error}`);
  if (code) assert.equal(error.code, code);
  return error;
}

async function models() {
  const ids = [];
  for await (const model of client(KEY).models.list()) ids.push(model.id);
  assert.deepEqual(ids, ["aurora"]);
  assert.equal((await client(KEY).models.retrieve("aurora")).owned_by, "distill-lab");
}

async function completion() {
  const { choices: [choice], usage } = await ask({ logprobs: true, top_logprobs: 3 });
  assert.equal(choice.message.content, "i am aurora .");
  assert.equal(choice.finish_reason, "stop");
  assert.equal(choice.logprobs.content.map((piece) => piece.token).join(""), choice.message.content);
  assert.ok(choice.logprobs.content.every((piece) => piece.top_logprobs.length === 3));
  assert.equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens);
  const drawn = async () => (await ask({ n: 3, seed: 5, temperature: 2 })).choices.map((it) => it.message.content);
  assert.deepEqual(await drawn(), await drawn());
  assert.equal((await ask({ stop: " aurora" })).choices[0].message.content, "i am");
}

async function streaming() {
  let said = "", usage = null;
  for await (const chunk of await ask({ stream: true, stream_options: { include_usage: true } })) {
    said += chunk.choices[0]?.delta.content ?? "";
    usage = chunk.usage ?? usage;
  }
  assert.equal(said, "i am aurora .");
  assert.equal(usage.completion_tokens, 4);
  const stream = client(KEY).chat.completions.stream(ASK);
  assert.equal((await stream.finalChatCompletion()).choices[0].message.content, said);
}

async function errors() {
  await fails(OpenAI.AuthenticationError, () => ask({}, "sk-wrong"), "invalid_api_key");
  await fails(OpenAI.NotFoundError, () => ask({ model: "gpt" }), "model_not_found");
  const tools = [{ type: "function" }];
  const error = await fails(OpenAI.BadRequestError, () => ask({ tools }), "unsupported_parameter");
  assert.equal(error.param, "tools");
  const { account, key } = await owner("/v1/accounts", { name: "from npm" });
  await ask({ n: 50 }, key);
  const limited = await fails(OpenAI.RateLimitError, () => ask({ n: 20 }, key), "rate_limit_exceeded");
  assert.ok(Number(limited.headers.get("retry-after")) >= 1);
  await fails(OpenAI.RateLimitError, () => ask({ n: 60 }, key), "insufficient_quota");
  await owner(`/v1/accounts/${account}/close`);
  await fails(OpenAI.PermissionDeniedError, () => ask({}, key), "account_closed");
}

for (const test of [models, completion, streaming, errors]) {
  await test();
  console.log(`ok: openai of npm, ${test.name}`);
}
