import { useEffect, useRef, useState } from "preact/hooks";

export interface Loaded<T> { value: T | undefined; error: Error | undefined; reload: () => void }

/**
 * Loads something, again every `every` milliseconds while the page can be seen, and whenever the key changes. What was loaded stays
 * while the next answer is awaited or missing.
 * @param key empty for nothing to load
 * @param every 0 for once
 */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>, every = 0): Loaded<T> {
  const [state, setState] = useState<{ key: string; value?: T | undefined; error?: Error | undefined }>({ key });
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    if (key === "") return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      if (every > 0 && !abort.signal.aborted) timer = setTimeout(run, every);
    };
    const run = () => {
      if (document.hidden && every > 0) return again();
      latest.current(abort.signal).then(
        (value) => { if (!abort.signal.aborted) setState({ key, value }); },
        (error: Error) => { if (!abort.signal.aborted) setState((before) => ({ key, value: before.key === key ? before.value : undefined, error })); },
      ).finally(again);
    };
    run();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [key, every, round]);
  const current = state.key === key ? state : { value: undefined, error: undefined };
  return { value: current.value, error: current.error, reload: () => setRound((n) => n + 1) };
}

/** The time, every second while the page can be seen. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) setNow(Date.now()); }, 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function useTitle(title: string): void {
  useEffect(() => { document.title = `${title} · Bridge`; }, [title]);
}
