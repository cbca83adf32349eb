// Ports that stay the same when a server is started again.
import { createServer } from "node:net";

/** Below the range from which the kernel hands out ports for outgoing connections. */
export async function freePort() {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const server = createServer();
    const free = await new Promise((resolve) => server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true)));
    if (free) return new Promise((resolve) => server.close(() => resolve(port)));
  }
}
