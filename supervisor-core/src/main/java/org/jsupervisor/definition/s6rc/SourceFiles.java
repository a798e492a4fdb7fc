package org.jsupervisor.definition.s6rc;

import static org.jsupervisor.definition.directory.KnownFile.file;
import static org.jsupervisor.definition.directory.KnownFile.program;
import static org.jsupervisor.definition.directory.KnownFile.refused;
import static org.jsupervisor.definition.s6rc.SourceType.BUNDLE;
import static org.jsupervisor.definition.s6rc.SourceType.LONGRUN;
import static org.jsupervisor.definition.s6rc.SourceType.ONESHOT;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jsupervisor.definition.Treatment;
import org.jsupervisor.definition.directory.KnownFile;
import org.jsupervisor.definition.directory.ServiceFiles;

/**
 * Every file and directory to which s6-rc gives a meaning. What has another name is passed over.
 */
final class SourceFiles {
  private static final Set<SourceType> ATOMIC = Set.of(ONESHOT, LONGRUN);

  static final List<KnownFile<SourceType>> ALL =
      Stream.of(
              file("type", Set.of(ONESHOT, LONGRUN, BUNDLE)),
              file("contents.d/", Set.of(BUNDLE)),
              file("contents", Set.of(BUNDLE)),
              file("dependencies.d/", ATOMIC),
              file("dependencies", ATOMIC),
              file("timeout-up", ATOMIC),
              file("timeout-down", ATOMIC),
              file("flag-essential", ATOMIC)
                  .reported("whoever may stop a service may stop this one"),
              file("flag-recommended", ATOMIC).reported("each service is wanted up"),
              file("up", Set.of(ONESHOT)),
              file("down", Set.of(ONESHOT)),
              file("reload", Set.of(ONESHOT)).reported("nothing asks for it"),
              program("run", Set.of(LONGRUN)),
              program("finish", Set.of(LONGRUN)),
              file("notification-fd", Set.of(LONGRUN)),
              file("down-signal", Set.of(LONGRUN)),
              file("timeout-kill", Set.of(LONGRUN)),
              file("timeout-finish", Set.of(LONGRUN)),
              file("flag-timeout-killpg", Set.of(LONGRUN)),
              file("max-death-tally", Set.of(LONGRUN))
                  .reported("restarts have a limit instead; s6-permafailon finds no tally"),
              file("lock-fd", Set.of(LONGRUN))
                  .reported("it dies with its host, and finds no lock at that descriptor"),
              file("reload-signal", Set.of(LONGRUN)).reported("signals are sent by name"),
              file("nosetsid", Set.of(LONGRUN)).reported("each child has a session of its own"),
              refused("flag-newpidns", LONGRUN),
              file("producer-for", Set.of(LONGRUN)),
              file("consumer-for", Set.of(LONGRUN)),
              file("pipeline-name", Set.of(LONGRUN)),
              file("log/", Set.of(LONGRUN)).reported("s6-rc has pipelines instead"),
              KnownFile.<SourceType>passedOver("data/"),
              KnownFile.<SourceType>passedOver("env/"))
          .map(SourceFiles::refusedInBundles)
          .toList();

  private SourceFiles() {}

  /** A bundle is no child, and so has no notes; only what it is made of can be in it. */
  private static KnownFile<SourceType> refusedInBundles(KnownFile<SourceType> file) {
    return file.treatment(BUNDLE) == Treatment.REPORTED
        ? file.with(BUNDLE, Treatment.REFUSED)
        : file;
  }

  /** Tells all that is there and has no effect in a definition of this type, or refuses it. */
  static void tell(ServiceFiles files, SourceType type) {
    ALL.forEach(each -> each.tell(files, type, kind -> "this is a " + kind));
  }
}
