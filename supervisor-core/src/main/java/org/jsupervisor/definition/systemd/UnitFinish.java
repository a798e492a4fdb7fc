package org.jsupervisor.definition.systemd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.policy.ExitSet;
import org.jsupervisor.spec.Command;
import org.jsupervisor.spec.FinishSpec;

/** What a unit has run after each of its runs. Confined to one call. */
final class UnitFinish {
  private static final String KEY = "ExecStopPost";

  private UnitFinish() {}

  /**
   * Empty if there is none, or it cannot be honoured, which is told.
   *
   * @param clean the ends of the service that are a success
   */
  static Optional<FinishSpec> read(
      Unit unit, UnitCommand.Reader reader, Duration limit, ExitSet clean) {
    Findings findings = reader.findings();
    List<UnitCommand> commands = new ArrayList<>();
    unit.list(KEY).forEach(line -> commands.addAll(reader.read(line)));
    if (commands.isEmpty()) {
      return Optional.empty();
    }
    if (commands.size() > 1) {
      findings.note(
          unit.place(KEY), "", "is not honoured: one command can be run then, not several");
      return Optional.empty();
    }
    if (unit.changesUser() && commands.get(0).privileged()) {
      findings.note(
          unit.place(KEY), "", "is not honoured: it would be run as the user of the service");
      return Optional.empty();
    }
    UnitCommand command = commands.get(0);
    command
        .argumentZero()
        .ifPresent(name -> findings.note(unit.place(KEY), name, "is not told to it as its name"));
    findings.note(unit.place(KEY), "", "is not run if the service could not be started");
    Duration shorter = limit.compareTo(FinishSpec.LIMIT_MAX) < 0 ? limit : FinishSpec.LIMIT_MAX;
    return unit.attempt(
        KEY,
        () ->
            FinishSpec.of(FinishSpec.Style.SYSTEMD, new Command(command.argv()))
                .withLimit(shorter)
                .withClean(clean));
  }
}
