#!/usr/bin/env bash
# Builds what the page embeds: lab/lab.wasm. Needs the target, which `rustup target add wasm32-unknown-unknown` brings.
# The same Rust gives the same bytes: places of source files, which differ between machines, are left out of them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cargo fetch --locked --quiet
flags=(--cfg 'getrandom_backend="unsupported"' -C target-feature=+simd128 --remap-path-prefix="$PWD=.")
for sources in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
  flags+=(--remap-path-prefix="${sources%/}=crates")
done
target=${CARGO_TARGET_DIR:-target}/browser
RUSTFLAGS="${flags[*]}" cargo build --profile browser --package distill-lab-browser --target wasm32-unknown-unknown \
  --locked --target-dir "$target"
cp "$target/wasm32-unknown-unknown/browser/distill_lab_browser.wasm" "${1:-lab/lab.wasm}"
