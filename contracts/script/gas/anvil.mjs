// A private anvil on a free port, stopped when its work is done or this process ends.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const binary = fileURLToPath(new URL("../../node_modules/.bin/anvil", import.meta.url));

export async function withAnvil(chainId, work) {
  const args = [
    "--host", "127.0.0.1", "--port", 0, "--chain-id", chainId, "--hardfork", "prague", "--gas-limit", 100_000_000,
    "--timestamp", 1_750_000_000,
  ];
  const anvil = spawn(binary, args.map(String), { stdio: ["ignore", "pipe", "inherit"] });
  const stop = () => anvil.kill();
  process.once("exit", stop);
  try {
    return await work(`http://${await addressOf(anvil)}`);
  } finally {
    process.off("exit", stop);
    stop();
  }
}

/** Where it listens, once it does. */
function addressOf(anvil) {
  return new Promise((resolve, reject) => {
    let said = "";
    anvil.stdout.on("data", (text) => {
      said += text;
      const listening = /Listening on (127\.0\.0\.1:\d+)\s/.exec(said);
      if (listening) resolve(listening[1]);
    });
    anvil.on("error", reject).on("exit", (code) => reject(new Error(`anvil ended with ${code} before it listened`)));
  });
}
