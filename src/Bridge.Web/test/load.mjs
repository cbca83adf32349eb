// Loads the pages' own modules, as they are built.
import { createServer } from "vite";
import { fileURLToPath } from "node:url";

const server = await createServer({ root: fileURLToPath(new URL("..", import.meta.url)), configFile: false, server: { middlewareMode: true, hmr: false, ws: false, watch: null }, appType: "custom", logLevel: "error", optimizeDeps: { noDiscovery: true } });

export const load = (path) => server.ssrLoadModule(`/src/${path}`);

export const close = () => server.close();
