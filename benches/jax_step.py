"""A training step of the four networks of `training_step.rs` in JAX: batch 128, AdamW, one thread.

    python -m venv venv && venv/bin/pip install jax
    XLA_FLAGS=--xla_cpu_multi_thread_eigen=false taskset -c 1 venv/bin/python benches/jax_step.py

A whole training is one compiled program, `jit(lax.scan)`, which deals its batches from a shuffled order as ours does.
"""

import time

import jax
import jax.numpy as jnp
from jax import lax, random

SHAPES = [(2, 16, 16, 5), (2, 64, 64, 5), (144, 32, 10), (144, 128, 64, 10)]
STEPS, EXAMPLES, BATCH, RATE, DECAY = 200, 10_000, 128, 0.01, 1e-4


def start(key, widths):
    keys = random.split(key, len(widths) - 1)
    return [(random.normal(k, (i, o)) * (2 / i) ** 0.5, jnp.zeros(o)) for k, i, o in zip(keys, widths, widths[1:])]


def loss(net, points, targets):
    for weights, bias in net[:-1]:
        points = jax.nn.relu(points @ weights + bias)
    logits = points @ net[-1][0] + net[-1][1]
    return -(targets * jax.nn.log_softmax(logits)).sum() / BATCH


@jax.jit
def train(net, points, targets, order):
    def step(carry, drawn):
        net, mean, square = carry
        batch, t = drawn
        gradient = jax.grad(loss)(net, points[batch], targets[batch])
        mean = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, mean, gradient)
        square = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, square, gradient)
        rate = RATE * 0.5 * (1 + jnp.cos(jnp.pi * t / STEPS))
        a, b = rate / (1 - 0.9 ** (t + 1)), 1 / jnp.sqrt(1 - 0.999 ** (t + 1))
        move = lambda p, m, v: p * (1 - rate * DECAY) - a * m / (jnp.sqrt(v) * b + 1e-8)
        return (jax.tree.map(move, net, mean, square), mean, square), None

    zeros = jax.tree.map(jnp.zeros_like, net)
    return lax.scan(step, (net, zeros, zeros), (order, jnp.arange(STEPS, dtype=jnp.float32)))[0][0]


print(f"{'network':<16} {'µs / step':>10} {'fastest':>10}")
for widths in SHAPES:
    keys = random.split(random.key(0), 4)
    points = random.normal(keys[0], (EXAMPLES, widths[0]))
    targets = jax.nn.softmax(random.normal(keys[1], (EXAMPLES, widths[-1])))
    rounds = [random.permutation(k, EXAMPLES)[: EXAMPLES // BATCH * BATCH] for k in random.split(keys[2], 3)]
    order = jnp.concatenate(rounds).reshape(-1, BATCH)[:STEPS]
    net = start(keys[3], widths)
    times = []
    for _ in range(101):
        begin = time.perf_counter()
        jax.block_until_ready(train(net, points, targets, order))
        times.append(time.perf_counter() - begin)
    times = sorted(1e6 * seconds / STEPS for seconds in times[1:])  # the first one compiles
    print(f"{'-'.join(map(str, widths)):<16} {times[50]:>10.1f} {times[0]:>10.1f}")
