import { DocumentFault, readNumber, readObject } from "../document/index.ts";
import { describeQueue, type QueueAnswer } from "./describe-queue.ts";
import { StaffingError } from "./error.ts";
import { findSmallestStaff, requirePromise } from "./find-smallest-staff.ts";

/**
 * The document of `mainstay compute staffing`: a queue and its promise in; the fewest engineers that keep it out, or, where
 * `engineers` is given, how the queue fares with those. Throws `DocumentFault` that names the place.
 */
export function computeStaffing(document: unknown): QueueAnswer {
  const read = readObject(document, "", {
    required: ["arrivalsPerHour", "handleMinutes", "answerWithinMinutes", "serviceLevel"],
    optional: ["patienceMinutes", "engineers", "maximumUtilisation"],
  });
  const number = (name: string) => readNumber(read[name], `/${name}`, 0);
  const optional = (name: string) => (read[name] === undefined || read[name] === null ? undefined : number(name));
  const question = {
    arrivalsPerHour: number("arrivalsPerHour"),
    handleMinutes: number("handleMinutes"),
    answerWithinMinutes: number("answerWithinMinutes"),
    patienceMinutes: optional("patienceMinutes"),
  };
  const promise = { serviceLevel: number("serviceLevel"), maximumUtilisation: optional("maximumUtilisation") };
  const engineers = optional("engineers");
  try {
    requirePromise(promise);
    return engineers === undefined ? findSmallestStaff(question, promise) : describeQueue(question, engineers);
  } catch (error) {
    if (!(error instanceof StaffingError)) throw error;
    throw new DocumentFault(error.pointer, error.message);
  }
}
