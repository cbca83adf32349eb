// A private anvil on a free port, stopped when its work is done.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const binary = fileURLToPath(new URL("node_modules/.bin/anvil", import.meta.url));

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject).listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export async function withAnvil(chainId, work) {
  const port = await freePort();
  const args = [
    "--host", "127.0.0.1", "--port", port, "--chain-id", chainId, "--hardfork", "prague", "--gas-limit", 100_000_000,
    "--timestamp", 1_750_000_000,
  ];
  const anvil = spawn(binary, args.map(String), { stdio: ["ignore", "pipe", "inherit"] });
  const stop = () => anvil.kill();
  process.once("exit", stop);
  try {
    await new Promise((resolve, reject) => {
      anvil.stdout.on("data", (text) => String(text).includes("Listening on") && resolve());
      anvil.on("error", reject).on("exit", (code) => reject(new Error(`anvil ended with ${code} before it listened`)));
    });
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    process.off("exit", stop);
    stop();
  }
}
