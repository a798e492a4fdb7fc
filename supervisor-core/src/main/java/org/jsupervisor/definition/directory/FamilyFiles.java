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

/**
 * Every file and directory that any family gives a meaning. What has another name is the service's
 * own, and is passed over.
 */
final class FamilyFiles {
  private static final String OWN_SESSION = "each child has a session of its own";
  private static final String INSTANCES = "it is for an s6-svscan that run executes";

  static final List<KnownFile<Family>> ALL =
      List.of(
          program("run", DAEMONTOOLS, ENCORE, RUNIT, S6),
          file("down", DAEMONTOOLS, ENCORE, RUNIT, S6),
          file("log/", DAEMONTOOLS, ENCORE, RUNIT, S6),
          program("finish", RUNIT, S6),
          // Where it must be a directory, a file of that name is a mistake.
          new KnownFile<>(
              "log",
              KnownFile.Form.PROGRAM,
              Map.of(ENCORE, Treatment.HONOURED, PERP, Treatment.REPORTED),
              Treatment.REFUSED,
              "a logger is called rc.log"),
          program("start", ENCORE),
          program("stop", ENCORE).reported("nothing is run after a stop alone"),
          program("notify", ENCORE).reported("listeners and JMX tell of each change"),
          file("no-setsid", ENCORE).reported(OWN_SESSION),
          program("check", RUNIT),
          file("control/", RUNIT).reported("its programs are not run"),
          file("notification-fd", S6),
          file("down-signal", S6),
          file("timeout-kill", S6),
          file("timeout-finish", S6),
          file("flag-timeout-killpg", S6),
          file("max-death-tally", S6)
              .reported("restarts have a limit instead; s6-permafailon finds no tally"),
          file("lock-fd", S6)
              .reported("it dies with its host, and finds no lock at that descriptor"),
          file("reload-signal", S6).reported("signals are sent by name"),
          file("nosetsid", S6).reported(OWN_SESSION),
          refused("flag-newpidns", S6),
          file("instance/", S6).reported(INSTANCES),
          file("instances/", S6).reported(INSTANCES),
          program("rc.main", PERP),
          program("rc.log", PERP),
          file("flag.down", PERP),
          file("flag.once", PERP),
          file("type"),
          file("up"),
          file("dependencies"),
          file("dependencies.d/"),
          file("contents"),
          file("contents.d/"),
          file("producer-for"),
          file("consumer-for"),
          file("pipeline-name"),
          file("timeout-up"),
          file("timeout-down"),
          file("flag-essential"),
          file("flag-recommended"),
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
