package org.jsupervisor.definition.going;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.policy.GiveUp;
import org.jsupervisor.policy.RestartPolicy;
import org.jsupervisor.policy.ShortLifePolicy;

/** The keys of a file that say how long a quarantine is. */
final class GoingRestart {
  private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,8}");

  private final GoingFile file;
  private final Findings findings;

  GoingRestart(GoingFile file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  /** Going's rule, with other numbers if there are some. */
  RestartPolicy read() {
    ShortLifePolicy going = ShortLifePolicy.defaults();
    Duration pause = seconds(GoingKey.QUARANTINE).orElse(going.pause());
    Optional<Duration> pauseMax = seconds(GoingKey.QUARANTINE_MAX);
    if (pauseMax.isEmpty()) {
      return new ShortLifePolicy(going.shortLife(), pause);
    }
    if (pauseMax.get().compareTo(pause) < 0) {
      file.entry(GoingKey.QUARANTINE_MAX)
          .ifPresent(
              entry ->
                  findings.problem(
                      entry.place(),
                      entry.value(),
                      "must be at least the first, " + pause.toSeconds()));
      return going;
    }
    return new GrowingQuarantine(going.shortLife(), new GiveUp.Quarantine(pause, pauseMax.get()));
  }

  private Optional<Duration> seconds(GoingKey key) {
    Optional<GoingFile.Entry> entry = file.entry(key);
    if (entry.isPresent() && !SECONDS.matcher(entry.get().value()).matches()) {
      findings.problem(
          entry.get().place(), entry.get().value(), "must be a number of seconds, at least 1");
      return Optional.empty();
    }
    return entry.map(each -> Duration.ofSeconds(Long.parseLong(each.value())));
  }
}
