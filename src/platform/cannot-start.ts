/**
 * An expected reason why this process cannot start (folder in use, wrong version, no permission): its message is a
 * sentence for the operator that says what to do, to be printed without a stack.
 */
export class CannotStart extends Error {
  override readonly name = "CannotStart";
}
