// Stands in front of a chain's node, and lies as it is told to.
import { Agent, createServer, request } from "node:http";

export class RpcProxy {
  #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  /** What is done instead of answering truly; see behaviours.mjs. Null: the truth. */
  behaviour = null;
  /** The same towards one caller alone, by the path of its URL. */
  towards = new Map();
  /** Requests since the start, for rates. */
  requests = 0;

  constructor(url) {
    this.target = new URL(url);
  }

  async listen() {
    this.server = createServer((incoming, outgoing) => this.#handle(incoming, outgoing)).listen(0, "127.0.0.1");
    await new Promise((resolve) => this.server.once("listening", resolve));
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
    this.#agent.destroy();
  }

  async #handle(incoming, outgoing) {
    this.requests++;
    outgoing.on("error", () => {}); // The client gave up; it says so in its own log.
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const behaviour = this.towards.get(incoming.url.slice(1)) ?? this.behaviour;
    try {
      if (behaviour?.instead && (await behaviour.instead(outgoing, body, incoming))) return;
      const asked = behaviour?.asked ? behaviour.asked(JSON.parse(body)) : body;
      const answer = await this.#ask(typeof asked === "string" ? asked : JSON.stringify(asked));
      const said = behaviour?.answered ? JSON.stringify(behaviour.answered(JSON.parse(body), JSON.parse(answer))) : answer;
      outgoing.writeHead(200, { "content-type": "application/json" }).end(said);
    } catch (error) {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end(String(error.message));
    }
  }

  #ask(body) {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.target;
      const asking = request({ hostname, port, method: "POST", agent: this.#agent, headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body) } }, (answer) => {
        const chunks = [];
        answer.on("data", (chunk) => chunks.push(chunk)).on("end", () => resolve(Buffer.concat(chunks).toString())).on("error", reject);
      });
      asking.on("error", reject).end(body);
    });
  }
}
