// How a node can fail or lie, by name. `instead` answers without asking the node, `asked` changes the question, `answered` the answer.
import { gzipSync } from "node:zlib";
import { decodeAbiParameters, encodeAbiParameters, parseAbiParameters, toEventSelector } from "../../demo.d/viem.mjs";
import { fold } from "../../demo.d/wire.mjs";

const each = (value, change) => (Array.isArray(value) ? value.map(change) : change(value));
/** Changes the result of some methods in an answer, single or batch. */
const result = (methods, change) => ({
  answered(questions, answers) {
    const byId = new Map([questions].flat().map((question) => [question.id, question]));
    return each(answers, (answer) => {
      const question = byId.get(answer.id);
      return question && methods.includes(question.method) && "result" in answer ? { ...answer, result: change(answer.result, question) } : answer;
    });
  },
});
const status = (code, headers = {}) => ({ instead: (outgoing) => (outgoing.writeHead(code, headers).end(`{"error":"${code}"}`), true) });
const error = (code, message, methods) => ({
  instead(outgoing, body) {
    const questions = JSON.parse(body);
    if (methods && ![questions].flat().some((q) => methods.includes(q.method))) return false;
    outgoing.writeHead(200, { "content-type": "application/json" });
    outgoing.end(JSON.stringify(each(questions, (q) => ({ jsonrpc: "2.0", id: q.id, error: { code, message } }))));
    return true;
  },
});
const logs = (change) => result(["eth_getLogs"], change);
const MESSAGE_SENT = toEventSelector("MessageSent(uint256,uint64,address,bytes32,bytes)");
const SENT = parseAbiParameters("bytes32 rollingHash, bytes message");
const next = (topic) => `0x${(BigInt(topic) + 1n).toString(16).padStart(64, "0")}`;
const flip = (hex) => hex.slice(0, -1) + ((parseInt(hex.at(-1), 16) + 1) % 16).toString(16);

let forks = 0;

/** The last message of an answer once more, as the next one of its lane. */
function invented(log) {
  const [rollingHash, message] = decodeAbiParameters(SENT, log.data);
  const data = encodeAbiParameters(SENT, [fold(rollingHash, message), message]);
  return { ...log, data, topics: [log.topics[0], log.topics[1], next(log.topics[2]), log.topics[3]], logIndex: "0xfffe" };
}

export const behaviours = {
  "500": status(500),
  "503": status(503),
  "429": status(429),
  "429 with Retry-After": status(429, { "retry-after": "1" }),
  "429 with a date": { instead: (outgoing) => (outgoing.writeHead(429, { "retry-after": new Date(Date.now() + 2000).toUTCString() }).end(), true) },
  silent: { instead: () => new Promise((resolve) => setTimeout(() => resolve(true), 15_000)) },
  reset: { instead: (outgoing) => (outgoing.socket?.destroy(), true) },
  garbage: { instead: (outgoing) => (outgoing.writeHead(200).end("<html>it works</html>"), true) },
  "wrong id": { answered: (_, answers) => each(answers, (answer) => ({ ...answer, id: 4_000_000_000 })) },
  "half an answer": { instead: (outgoing, body) => (outgoing.writeHead(200, { "content-length": "1000" }).write(body.slice(0, 10)), setTimeout(() => outgoing.destroy(), 50), true) },
  "gzip bomb": { instead: (outgoing) => (outgoing.writeHead(200, { "content-encoding": "gzip" }).end(BOMB), true) },
  "error in a 200": error(-32000, "internal error"),
  "rate limit in a 200": error(-32005, "request limit reached"),
  "range too large": error(-32005, "query returned more than 10000 results", ["eth_getLogs"]),
  pruned: error(4444, "pruned history unavailable", ["eth_getLogs", "eth_call"]),
  "no logs": logs(() => []),
  "a log less": logs((found) => found.slice(1)),
  "a log twice": logs((found) => (found.length ? [...found, { ...found.at(-1), logIndex: "0xffff" }] : found)),
  "another amount": logs((found) => found.map((log) => ({ ...log, data: flip(log.data) }))),
  "another emitter": logs((found) => found.map((log) => ({ ...log, address: "0x000000000000000000000000000000000000dead" }))),
  // A message that nobody sent, folded as it must be: only the contract knows nothing of it.
  "a log invented": logs((found) => {
    const last = found.findLast((log) => log.topics[0] === MESSAGE_SENT);
    return last ? [...found, invented(last)] : found;
  }),
  "removed logs": logs((found) => found.map((log) => ({ ...log, removed: true }))),
  "another block hash": result(["eth_getBlockByNumber"], (block) => block && { ...block, hash: flip(block.hash) }),
  "another parent": result(["eth_getBlockByNumber"], (block) => block && { ...block, parentHash: flip(block.parentHash) }),
  "two forks in turn": result(["eth_getBlockByNumber"], (block) => (block && forks++ % 2 === 1 ? { ...block, hash: flip(block.hash) } : block)),
  "another call result": result(["eth_call"], (data) => (data.length > 2 ? flip(data) : data)),
  "another chain": result(["eth_chainId"], () => "0x1"),
  "no receipts": result(["eth_getTransactionReceipt", "eth_getTransactionByHash"], () => null),
  "failed receipts": result(["eth_getTransactionReceipt"], (receipt) => receipt && { ...receipt, status: "0x0" }),
  "wrong estimates": error(3, "execution reverted", ["eth_estimateGas"]),
  "low nonces": result(["eth_getTransactionCount"], () => "0x0"),
  "high nonces": result(["eth_getTransactionCount"], (count) => `0x${(Number(count) + 5).toString(16)}`),
  "transactions swallowed": { instead(outgoing, body) {
    const question = JSON.parse(body);
    if (question.method !== "eth_sendRawTransaction") return false;
    outgoing.writeHead(200).end(JSON.stringify({ jsonrpc: "2.0", id: question.id, error: { code: -32000, message: "txpool is full" } }));
    return true;
  } },
};

/** A node whose head stands still. @param head the height that it stays at */
export const stale = (head) => ({
  asked: (questions) => each(questions, (q) => (q.method === "eth_getBlockByNumber" && ["latest", "safe", "finalized"].includes(q.params[0])
    ? { ...q, params: [`0x${Math.max(0, head - (q.params[0] === "finalized" ? 2 : q.params[0] === "safe" ? 1 : 0)).toString(16)}`, q.params[1]] } : q)),
});

const BOMB = gzipSync(Buffer.alloc(200 * 1024 * 1024));
