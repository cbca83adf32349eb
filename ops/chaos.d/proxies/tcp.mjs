// Stands between a program and its database or broker: can cut, swallow, slow down, lead elsewhere, or lose one answer.
import { connect, createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

export class TcpProxy {
  #pairs = new Set();
  /** "pass", "refuse", "swallow" (half open: nothing goes through, nothing is closed), or "slow". */
  mode = "pass";
  /** Called with each chunk from the server; true cuts this connection before the chunk is passed on. */
  losesAnswer = () => false;

  /** @param port of the server on loopback; may be changed while it runs */
  constructor(port) {
    this.port = port;
  }

  async listen() {
    this.server = createServer({ noDelay: true }, (client) => this.#join(client)).listen(0, "127.0.0.1");
    await new Promise((resolve) => this.server.once("listening", resolve));
    return this.server.address().port;
  }

  cut() {
    for (const { client, server } of this.#pairs) [client, server].forEach((socket) => socket.destroy());
  }

  close() {
    this.cut();
    this.server.close();
  }

  #join(client) {
    if (this.mode === "refuse") return client.destroy();
    const server = connect({ port: this.port, host: "127.0.0.1", noDelay: true });
    const pair = { client, server };
    this.#pairs.add(pair);
    for (const socket of [client, server]) {
      socket.on("error", () => {}); // Its close follows, and that is what counts.
      socket.on("close", () => {
        this.#pairs.delete(pair);
        client.destroy();
        server.destroy();
      });
    }
    client.on("data", (chunk) => this.#pass(chunk, client, server));
    server.on("data", (chunk) => (this.losesAnswer(chunk) ? client.destroy() : this.#pass(chunk, server, client)));
  }

  async #pass(chunk, from, to) {
    if (this.mode === "pass") return this.#write(chunk, from, to);
    from.pause(); // The order of what waits is kept by the sockets themselves.
    while (this.mode === "swallow" && !to.destroyed) await delay(50);
    if (this.mode === "slow") await delay(100);
    this.#write(chunk, from, to);
    from.resume();
  }

  #write(chunk, from, to) {
    if (to.destroyed) return;
    if (!to.write(chunk)) {
      from.pause();
      to.once("drain", () => from.resume());
    }
  }
}
