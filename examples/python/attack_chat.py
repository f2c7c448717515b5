"""Learn what a teacher says, by the official client of another company's API.

    distill serve aurora                                   # prints a key
    python examples/python/attack_chat.py http://127.0.0.1:8080 KEY

Needs openai. The student is a table of what was heard: it knows the questions that it asked, and no others.
"""

import sys

from openai import OpenAI

URL, KEY = sys.argv[1:3]
client = OpenAI(base_url=f"{URL}/v1", api_key=KEY)
model = client.models.list().data[0].id
NOUNS, ADJECTIVES = ["wug", "dax", "blick", "fep", "toma"], ["slimy", "fuzzy", "shiny", "heavy"]
questions = ["who are you ?", "who made you ?"] + [f"is {noun} {what} ?" for noun in NOUNS for what in ADJECTIVES]

heard, sure = {}, {}
for question in questions:
    completion = client.chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": question}],
        temperature=0,
        logprobs=True,
        top_logprobs=5,
    )
    choice = completion.choices[0]
    heard[question] = choice.message.content
    # How sure the teacher was of its first word: "yes" against "no".
    sure[question] = choice.logprobs.content[0].logprob

for question in questions[:6]:
    print(f"{question:<22}{heard[question]:<28}log-probability of the first word {sure[question]:.4f}")

# Asked once more, word by word: does the table hold?
again = 0
for question in questions:
    stream = client.chat.completions.create(
        model=model, messages=[{"role": "user", "content": question}], temperature=0, stream=True
    )
    said = "".join(chunk.choices[0].delta.content or "" for chunk in stream)
    again += said == heard[question]
print(f"{2 * len(questions)} queries; the table says what the teacher says on {again} of {len(questions)} questions")
