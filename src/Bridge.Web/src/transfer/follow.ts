import { useEffect, useState } from "preact/hooks";
import { Problem } from "../api/problem.ts";
import { getTransfer, getTransitions, isSettled, type Transfer, type Transition } from "../api/transfers.ts";

export interface Followed { transfer?: Transfer; transitions: Transition[]; problem?: Problem }

const POLL_MILLISECONDS = 1_000;
// With a stream that rings, only what is no event is asked for: confirmations.
const RUNG_POLL_MILLISECONDS = 5_000;
const PATIENT_MILLISECONDS = 5_000;

/** A transfer as it is now, until nothing more will happen to it. Events only ring: what is shown is always read again. */
export function useTransfer(id: string): Followed {
  const [state, setState] = useState<Followed>({ transitions: [] });
  useEffect(() => {
    setState({ transitions: [] });
    return follow(id, setState);
  }, [id]);
  return state;
}

function follow(id: string, show: (state: Followed) => void): () => void {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stream: EventSource | undefined;
  let last: Followed = { transitions: [] };
  let version = "";
  let reading = false;
  let rung = false;

  /** One reading at a time, so that an older answer never follows a newer one. */
  async function read(): Promise<void> {
    rung = reading;
    if (reading) return;
    reading = true;
    clearTimeout(timer);
    await readOnce();
    reading = false;
    if (abort.signal.aborted) return;
    if (!(last.transfer && isSettled(last.transfer)) && !isHopeless(last.problem)) timer = setTimeout(() => void read(), rung ? 0 : patience());
    else stream?.close();
  }

  async function readOnce(): Promise<void> {
    try {
      const transfer = await getTransfer(id, abort.signal);
      const transitions = transfer.updatedAt + transfer.transferId === version ? last.transitions : await getTransitions(transfer.transferId, abort.signal);
      version = transfer.updatedAt + transfer.transferId;
      last = { transfer, transitions };
      stream ??= listen(transfer);
    } catch (error) {
      if (abort.signal.aborted) return;
      // What was shown stays true while the API is away.
      last = { ...last, problem: error instanceof Problem ? error : new Problem(0, "", String(error)) };
    }
    show(last);
  }

  function listen(transfer: Transfer): EventSource | undefined {
    if (isSettled(transfer)) return undefined;
    const events = new EventSource(`/v1/transfers/${transfer.transferId}/events`);
    for (const type of ["message", "bridge.transfer.stage"]) events.addEventListener(type, () => void read());
    return events;
  }

  function patience(): number {
    if (last.problem && last.problem.code !== "TRANSFER_NOT_INDEXED") return PATIENT_MILLISECONDS;
    if (document.hidden) return PATIENT_MILLISECONDS;
    return stream?.readyState === EventSource.OPEN ? RUNG_POLL_MILLISECONDS : POLL_MILLISECONDS;
  }

  void read();
  const seen = () => { if (!document.hidden) void read(); };
  document.addEventListener("visibilitychange", seen);
  return () => {
    abort.abort();
    clearTimeout(timer);
    stream?.close();
    document.removeEventListener("visibilitychange", seen);
  };
}

/** Asking again gives the same answer. */
const isHopeless = (problem: Problem | undefined) => problem?.code === "VALIDATION_FAILED" || problem?.code === "AMBIGUOUS_TRANSACTION";
