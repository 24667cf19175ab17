/** A step that an engineer took without signal: kept in the browser until the server has it. */
export interface KeptStep {
  /** Given by the store; the order in which they are replayed. */
  id?: number;
  /** Idempotency-Key: however often it is replayed, it happens once. */
  key: string;
  ticketId: string;
  /** Which step, for the list that shows what waits. */
  verb: string;
  path: string;
  body?: unknown;
  file?: Blob;
  fileName?: string;
  at: string;
  /** Set when the server said no; kept until someone has read it. */
  refusal?: { code: string; detail: string };
}

const table = "step";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("mainstay", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: "id", autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(table, mode);
      const request = work(transaction.objectStore(table));
      // The transaction's end, not the request's: only then is it on disk.
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const keptSteps = () => run<KeptStep[]>("readonly", (store) => store.getAll());
export const keepStep = (step: KeptStep) => run("readwrite", (store) => store.add(step));
export const changeStep = (step: KeptStep) => run("readwrite", (store) => store.put(step));
export const dropStep = (id: number) => run("readwrite", (store) => store.delete(id));
export const dropAllSteps = () => run("readwrite", (store) => store.clear());

/** Sends what waits, in order. Stops at the first that cannot be sent now; a refused one is marked and stepped over. */
export async function replaySteps(): Promise<void> {
  if ("locks" in navigator) await navigator.locks.request("mainstay.outbox", replay);
  else await replay();
}

async function replay(): Promise<void> {
  const refusedTickets = new Set<string>();
  for (const step of await keptSteps()) {
    if (step.refusal) refusedTickets.add(step.ticketId);
    // What follows a refused step of the same ticket was taken on a false assumption: it waits for a person's decision.
    if (step.id === undefined || refusedTickets.has(step.ticketId)) continue;
    const headers: Record<string, string> = { "idempotency-key": step.key, accept: "application/json" };
    let body: BodyInit;
    if (step.file) {
      const form = new FormData();
      form.append("file", step.file, step.fileName ?? "photo.jpg");
      body = form;
    } else {
      headers["content-type"] = "application/json";
      body = JSON.stringify(step.body ?? {});
    }
    let response: Response;
    try {
      response = await fetch(`/api/v1${step.path}`, { method: "POST", headers, body, credentials: "same-origin" });
    } catch {
      return;
    }
    if (response.ok) await dropStep(step.id);
    else if (response.status === 401 || response.status === 429 || response.status >= 500) return;
    else {
      refusedTickets.add(step.ticketId);
      await changeStep({ ...step, refusal: await refusalOf(response) });
    }
  }
}

async function refusalOf(response: Response): Promise<{ code: string; detail: string }> {
  const body: unknown = await response.json().catch(() => undefined);
  const text = (name: string) => {
    const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
    return typeof value === "string" ? value : undefined;
  };
  return { code: text("code") ?? `http_${response.status}`, detail: text("detail") ?? "" };
}
