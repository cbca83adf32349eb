// Bytecode and interfaces as the packages ship them.
import { readFileSync } from "node:fs";

const folder = new URL("node_modules/", import.meta.url);
const text = (path) => readFileSync(new URL(path, folder), "utf8");

/** Of hardhat or forge. */
export function artifact(path) {
  const { abi, bytecode } = JSON.parse(text(path));
  return { abi, bytecode: bytecode.object ?? bytecode };
}

/** Interface and code in files of their own. */
export function separate(abi, bytecode) {
  return { abi: JSON.parse(text(abi)), bytecode: `0x${text(bytecode).trim().replace(/^0x/, "")}` };
}

/** Out of a class that typechain generated: to import it would take the library that it was generated for. */
export function typechain(path) {
  const source = text(path);
  const [, abi] = /^const _abi = (\[[\s\S]*?^\]);/m.exec(source);
  const [, bytecode] = /^const _bytecode = "(0x[0-9a-f]*)"/m.exec(source);
  return { abi: Function(`"use strict"; return ${abi}`)(), bytecode };
}
