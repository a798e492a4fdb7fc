package org.jsupervisor.core.internal.model;

/**
 * Steps one child: a total function of phase and input, one row for each phase. The whole table is
 * rendered to {@code docs/state-machine.md} by a test.
 */
final class ChildMachine {
  private ChildMachine() {}

  /** Changes the draft by one input. */
  static Cell step(ChildDraft draft, Input.ChildInput input, Surroundings around) {
    if (isLate(draft, input)) {
      return Cell.NOTHING;
    }
    if (draft.isSupervisor() && draft.phase.isAlive()) {
      return LeadRules.step(draft, input, around);
    }
    return switch (draft.phase) {
      case DOWN, WAITING, BACKOFF, QUARANTINED, FINISHED, FAILED ->
          AbsentRules.step(draft, input, around);
      case LAUNCHING -> AliveRules.launching(draft, input, around);
      case RUNNING -> AliveRules.running(draft, input, around);
      case STOPPING, KILLING, UNKILLABLE -> AliveRules.ending(draft, input, around);
      case FINISHING -> AliveRules.finishing(draft, input, around);
    };
  }

  /** A report of an old run, or a deadline that was replaced: it changes nothing, ever. */
  private static boolean isLate(ChildDraft draft, Input.ChildInput input) {
    if (input instanceof Input.RunInput report) {
      return report.incarnation().number() != draft.number;
    }
    return input instanceof Input.Deadline deadline
        && !(draft.armed && draft.deadlineNanos == deadline.deadlineNanos());
  }
}
