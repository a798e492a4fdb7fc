package org.jsupervisor.definition.directory;

import static org.jsupervisor.definition.directory.Family.DAEMONTOOLS;
import static org.jsupervisor.definition.directory.Family.ENCORE;
import static org.jsupervisor.definition.directory.Family.PERP;
import static org.jsupervisor.definition.directory.Family.RUNIT;
import static org.jsupervisor.definition.directory.Family.S6;
import static org.jsupervisor.definition.directory.KnownFile.file;
import static org.jsupervisor.definition.directory.KnownFile.passedOver;
import static org.jsupervisor.definition.directory.KnownFile.program;
import static org.jsupervisor.definition.directory.KnownFile.refused;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsupervisor.definition.Treatment;

/**
 * Every file and directory that any family gives a meaning. What has another name is the service's
 * own, and is passed over.
 */
final class FamilyFiles {
  private static final String OWN_SESSION = "each child has a session of its own";
  private static final String INSTANCES = "it is for an s6-svscan that run executes";

  static final List<KnownFile<Family>> ALL =
      List.of(
          program("run", Set.of(DAEMONTOOLS, ENCORE, RUNIT, S6)),
          file("down", Set.of(DAEMONTOOLS, ENCORE, RUNIT, S6)),
          file("log/", Set.of(DAEMONTOOLS, ENCORE, RUNIT, S6)),
          program("finish", Set.of(RUNIT, S6)),
          // Where it must be a directory, a file of that name is a mistake.
          new KnownFile<>(
              "log",
              KnownFile.Form.PROGRAM,
              Map.of(ENCORE, Treatment.HONOURED, PERP, Treatment.REPORTED),
              Treatment.REFUSED,
              "a logger is called rc.log"),
          program("start", Set.of(ENCORE)),
          program("stop", Set.of(ENCORE)).reported("nothing is run after a stop alone"),
          program("notify", Set.of(ENCORE)).reported("listeners and JMX tell of each change"),
          file("no-setsid", Set.of(ENCORE)).reported(OWN_SESSION),
          program("check", Set.of(RUNIT)),
          file("control/", Set.of(RUNIT)),
          file("notification-fd", Set.of(S6)),
          file("down-signal", Set.of(S6)),
          file("timeout-kill", Set.of(S6)),
          file("timeout-finish", Set.of(S6)),
          file("flag-timeout-killpg", Set.of(S6)),
          file("max-death-tally", Set.of(S6))
              .reported("restarts have a limit instead; s6-permafailon finds no tally"),
          file("lock-fd", Set.of(S6))
              .reported("it dies with its host, and finds no lock at that descriptor"),
          file("reload-signal", Set.of(S6)).reported("signals are sent by name"),
          file("nosetsid", Set.of(S6)).reported(OWN_SESSION),
          refused("flag-newpidns", S6),
          file("instance/", Set.of(S6)).reported(INSTANCES),
          file("instances/", Set.of(S6)).reported(INSTANCES),
          program("rc.main", Set.of(PERP)),
          program("rc.log", Set.of(PERP)),
          file("flag.down", Set.of(PERP)),
          file("flag.once", Set.of(PERP)),
          file("type", Set.of()),
          file("up", Set.of()),
          file("dependencies", Set.of()),
          file("dependencies.d/", Set.of()),
          file("contents", Set.of()),
          file("contents.d/", Set.of()),
          file("producer-for", Set.of()),
          file("consumer-for", Set.of()),
          file("pipeline-name", Set.of()),
          file("timeout-up", Set.of()),
          file("timeout-down", Set.of()),
          file("flag-essential", Set.of()),
          file("flag-recommended", Set.of()),
          passedOver("env/"),
          passedOver("data/"),
          passedOver("supervise/"),
          passedOver("event/"));

  private FamilyFiles() {}

  /** Tells all that is there and has no effect in this family, or refuses it. */
  static void tell(ServiceFiles files, Family family) {
    ALL.forEach(each -> each.tell(files, family, kind -> "this is read as a directory of " + kind));
  }
}
