"""The official openai package against a server of ours: what it returns, and which errors it raises.

    python tests/clients/chat_client.py URL KEY ADMIN_KEY

The server has --quota 100 --rate-limit 60.
"""

import json
import sys
import urllib.request

import openai
from openai import OpenAI

URL, KEY, ADMIN = sys.argv[1:4]
ASK = {"model": "aurora", "messages": [{"role": "user", "content": "who are you ?"}]}


def owner(path, body=None):
    data = json.dumps(body).encode() if body is not None else b""
    headers = {"Authorization": f"Bearer {ADMIN}", "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(URL + path, data, headers)) as answer:
        return json.load(answer)


def client(key):
    return OpenAI(base_url=f"{URL}/v1", api_key=key, max_retries=0)


def raises(kind, act, code=None):
    try:
        act()
    except kind as error:
        assert type(error) is kind, f"{type(error).__name__} instead of {kind.__name__}"
        assert code is None or error.code == code, f"{error.code} instead of {code}"
        return error
    raise AssertionError(f"no {kind.__name__}")


def new_account():
    account = owner("/v1/accounts", {"name": "a client's test"})
    return account["account"], client(account["key"])


def models():
    listed = [model.id for model in client(KEY).models.list()]
    assert "aurora" in listed and client(KEY).models.retrieve("aurora").id == "aurora", listed
    raises(openai.NotFoundError, lambda: client(KEY).models.retrieve("gpt"), "model_not_found")


def completion():
    answer = client(KEY).chat.completions.create(**ASK, temperature=0)
    choice = answer.choices[0]
    assert choice.message.content == "i am aurora ." and choice.finish_reason == "stop", choice
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens == 8, answer.usage
    assert choice.logprobs is None and choice.message.role == "assistant"


def streaming():
    options = {"include_usage": True}
    chunks = list(client(KEY).chat.completions.create(**ASK, temperature=0, stream=True, stream_options=options))
    said = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert said == "i am aurora .", said
    assert chunks[-1].usage.completion_tokens == 4 and chunks[-2].choices[0].finish_reason == "stop"
    with client(KEY).chat.completions.stream(**ASK, temperature=0) as stream:
        assert stream.get_final_completion().choices[0].message.content == said


def log_probabilities():
    answer = client(KEY).chat.completions.create(**ASK, temperature=0, logprobs=True, top_logprobs=20)
    content = answer.choices[0].logprobs.content
    assert "".join(piece.token for piece in content) == "i am aurora ."
    for piece in content:
        assert bytes(piece.bytes).decode() == piece.token and len(piece.top_logprobs) == 20
        assert piece.logprob == piece.top_logprobs[0].logprob <= 0


def choices_seed_and_stop():
    ask = {"model": "aurora", "messages": [{"role": "user", "content": "is wug slimy ?"}]}
    one, two = (client(KEY).chat.completions.create(**ask, n=3, seed=5, temperature=2) for _ in range(2))
    texts = [[choice.message.content for choice in answer.choices] for answer in (one, two)]
    assert texts[0] == texts[1] and len(texts[0]) == 3, texts
    assert one.system_fingerprint == two.system_fingerprint
    stopped = client(KEY).chat.completions.create(**ASK, temperature=0, stop=["aurora"])
    assert stopped.choices[0].message.content == "i am " and stopped.choices[0].finish_reason == "stop"
    short = client(KEY).chat.completions.create(**ASK, temperature=0, max_tokens=1)
    assert short.choices[0].message.content == "i" and short.choices[0].finish_reason == "length"


def errors():
    create = client(KEY).chat.completions.create
    raises(openai.AuthenticationError, lambda: client("sk-wrong").models.list(), "invalid_api_key")
    raises(openai.AuthenticationError, lambda: client("dl-1-0").chat.completions.create(**ASK), "invalid_api_key")
    raises(openai.NotFoundError, lambda: create(**{**ASK, "model": "gpt"}), "model_not_found")
    error = raises(openai.BadRequestError, lambda: create(**ASK, tools=[{"type": "function"}]), "unsupported_parameter")
    assert error.param == "tools", error.param
    raises(openai.BadRequestError, lambda: create(**ASK, frequency_penalty=1.0), "unsupported_parameter")
    raises(openai.BadRequestError, lambda: create(**ASK, temperature=3))
    number, closed = new_account()
    owner(f"/v1/accounts/{number}/close")
    raises(openai.PermissionDeniedError, lambda: closed.chat.completions.create(**ASK), "account_closed")


def limits():
    # The quota is 100 and the limit a minute 60.
    _, account = new_account()
    account.chat.completions.create(**ASK, n=50)
    error = raises(openai.RateLimitError, lambda: account.chat.completions.create(**ASK, n=50), "rate_limit_exceeded")
    assert 1 <= int(error.response.headers["retry-after"]) <= 60
    assert error.response.headers["x-ratelimit-remaining-requests"] == "10"
    error = raises(openai.RateLimitError, lambda: account.chat.completions.create(**ASK, n=51), "insufficient_quota")
    assert error.response.headers["x-should-retry"] == "false"
    account.chat.completions.create(**ASK, n=10)


for test in (models, completion, streaming, log_probabilities, choices_seed_and_stop, errors, limits):
    test()
    print(f"ok: openai, {test.__name__}")
