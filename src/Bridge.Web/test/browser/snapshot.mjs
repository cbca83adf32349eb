// The pictures in screenshots/, made anew only when asked: BRIDGE_SCREENSHOTS=1.
import { fileURLToPath } from "node:url";

/** @param ready awaited before the picture is taken, and only then */
export async function snapshot(page, name, ready) {
  if (!process.env.BRIDGE_SCREENSHOTS) return;
  await ready?.();
  await page.screenshot({ path: fileURLToPath(new URL(`../../screenshots/${name}.png`, import.meta.url)), animations: "disabled" });
}
