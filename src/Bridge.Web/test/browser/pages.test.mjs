// The pages as people meet them: a real browser, a wallet, and a whole bridge behind them. In one process: the tests share the bridge.
import "./sending.mjs";
import "./reading.mjs";
import "./together.mjs";
import "./gasless.mjs";
import "./nfts.mjs";
import "./operating.mjs";
import "./auditing.mjs";
