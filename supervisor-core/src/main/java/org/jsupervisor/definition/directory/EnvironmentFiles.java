package org.jsupervisor.definition.directory;

import java.nio.file.Files;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.Findings;
import org.jsupervisor.spec.SpecProblem;

/**
 * Looks through {@code env/}. No supervisor reads it: {@code run} does, with {@code envdir}, {@code
 * chpst -e} or {@code s6-envdir}. What these would trip over, or take for less than it seems, is
 * told as a note; contents are never shown.
 */
public final class EnvironmentFiles {
  private static final int BYTES_MAX = 64 * 1024;

  private final ServiceFiles service;
  private final ServiceFiles env;
  private final Findings found = new Findings();

  private EnvironmentFiles(ServiceFiles service, DefinitionSettings settings) {
    this.service = service;
    this.env = new ServiceFiles(service.path("env"), settings, found);
  }

  /** Tells what is to be told of the {@code env/} of this service, if it has one. */
  public static void tell(ServiceFiles service, DefinitionSettings settings) {
    if (service.hasDirectory("env")) {
      new EnvironmentFiles(service, settings).tell();
    } else if (service.has("env")) {
      service.note("env", "", "is no directory: envdir cannot read it");
    }
  }

  private void tell() {
    for (String name : env.names()) {
      if (!Files.exists(env.path(name))) {
        note(name, "leads nowhere: envdir stops there, and run with it");
      } else {
        env.text(name, BYTES_MAX).ifPresent(text -> tell(name, text));
      }
    }
    // Not ours to refuse: what the script reads, and whether it does, is its own affair.
    for (SpecProblem problem : found.problems()) {
      service.at(env.directory()).note(name(problem), problem.value(), problem.rule());
    }
  }

  private void tell(String name, String text) {
    if (text.isEmpty()) {
      note(name, "is empty: envdir removes the variable");
    } else if (text.lines().skip(1).findAny().isPresent()) {
      note(name, "has several lines, of which envdir takes the first");
    }
  }

  private void note(String name, String what) {
    service.note("env/" + name, "", what);
  }

  private String name(SpecProblem problem) {
    String directory = env.directory() + "/";
    return problem.path().startsWith(directory)
        ? problem.path().substring(directory.length())
        : problem.path();
  }
}
