export type BusinessTimeErrorCode = "bad_calendar" | "bad_argument" | "never_open" | "out_of_range";

/** A definition or a question that has no answer. The message is a sentence for the person who has to correct it. */
export class BusinessTimeError extends Error {
  readonly code: BusinessTimeErrorCode;
  /** JSON pointer into the calendar definition (`/weekly/mon/0/1`); empty where the definition is not at fault. */
  readonly pointer: string;

  constructor(code: BusinessTimeErrorCode, sentence: string, pointer = "") {
    super(sentence);
    this.name = "BusinessTimeError";
    this.code = code;
    this.pointer = pointer;
  }
}
