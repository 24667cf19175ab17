export type StaffingErrorCode =
  | "bad_argument"
  | "too_large"
  /** Without patience more work arrives than the engineers can do: the queue grows without end. */
  | "unstable"
  /** No number of engineers keeps this promise. */
  | "unreachable"
  /** The caller's `shouldStop` said so. */
  | "stopped";

/** A question that staffing cannot answer, told in one sentence that says what to do. */
export class StaffingError extends Error {
  readonly code: StaffingErrorCode;
  /** JSON pointer to the member of the question that is at fault. */
  readonly pointer: string;

  constructor(code: StaffingErrorCode, pointer: string, sentence: string) {
    super(sentence);
    this.name = "StaffingError";
    this.code = code;
    this.pointer = pointer;
  }
}
