package org.jsupervisor.samples.scenarios;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Plants each bug in a copy of its source, compiles that, puts it before the class in the jar, and
 * runs seeds until an invariant finds it. The checkout is not touched.
 */
public final class PlantedBugs {
  private static final int SEEDS = 1_000;
  private static final int MINUTES_MAX = 15;
  private static final String CORE = "org.jsupervisor.core";
  private static final String MAIN =
      "org.jsupervisor.samples.scenarios/org.jsupervisor.samples.scenarios.Scenarios";

  /** So that the annotations, which are not there at run time, compile. */
  private static final String NULLABLE =
      """
      package org.jspecify.annotations;
      @java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE_USE)
      public @interface Nullable {}
      """;

  private final Path checkout;
  private final Path jars;

  private PlantedBugs(Path checkout) {
    this.checkout = checkout;
    this.jars = checkout.resolve("samples/scenarios/target/lib");
  }

  /** The checkout, then names of bugs, or none for all. Ends with 0 if each is found, else 1. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> names = List.of(arguments).subList(1, arguments.length);
    PlantedBugs planted = new PlantedBugs(Path.of(arguments[0]));
    boolean allFound = true;
    for (PlantedBug bug : PlantedBug.all()) {
      if (names.isEmpty() || names.contains(bug.name())) {
        String found = planted.hunt(bug);
        System.out.println(bug.name() + ": " + found);
        allFound &= found.startsWith("seed ");
      }
    }
    System.exit(allFound ? 0 : 1);
  }

  private String hunt(PlantedBug bug) throws IOException, InterruptedException {
    Path temporary = Files.createTempDirectory("planted-bug");
    try {
      Path source = temporary.resolve("src/org/jsupervisor").resolve(bug.file());
      Path stub = temporary.resolve("stub/org/jspecify/annotations/Nullable.java");
      Path module = temporary.resolve("stub/module-info.java");
      Files.createDirectories(source.getParent());
      Files.createDirectories(stub.getParent());
      Files.writeString(source, bug.planted(checkout));
      Files.writeString(stub, NULLABLE);
      Files.writeString(module, "module org.jspecify { exports org.jspecify.annotations; }");
      Path classes = temporary.resolve("classes");
      String compiled =
          run(temporary, compile(temporary.resolve("jspecify"), module, stub))
              + run(temporary, plant(temporary, source, classes));
      return compiled.isEmpty()
          ? verdict(run(temporary, seeds(classes)))
          : "NOT COMPILED: " + compiled;
    } finally {
      delete(temporary);
    }
  }

  private static List<String> compile(Path classes, Path... sources) {
    List<String> command = new ArrayList<>(List.of(tool("javac"), "-nowarn", "-Xlint:none"));
    command.addAll(List.of("--release", "17", "-d", classes.toString()));
    Stream.of(sources).map(Path::toString).forEach(command::add);
    return command;
  }

  private List<String> plant(Path temporary, Path source, Path classes) {
    List<String> command = compile(classes, source);
    command.addAll(
        List.of(
            "-p",
            jars + File.pathSeparator + temporary.resolve("jspecify"),
            "--patch-module",
            CORE + "=" + temporary.resolve("src")));
    return command;
  }

  private List<String> seeds(Path classes) {
    List<String> command = new ArrayList<>(List.of(tool("java"), "-Xmx512m"));
    command.addAll(List.of("-p", jars.toString(), "--patch-module", CORE + "=" + classes));
    command.addAll(List.of("-m", MAIN, "seeds", "1", Integer.toString(SEEDS)));
    return command;
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** Only a broken invariant counts: no failure of another kind, and no end of patience. */
  private static String verdict(String output) {
    String first = output.lines().findFirst().orElse("nothing was said");
    return first.matches("seed \\d+ is broken: .*") ? first : "NOT FOUND: " + first;
  }

  private static String run(Path temporary, List<String> command)
      throws IOException, InterruptedException {
    Path output = temporary.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      return "not over in " + MINUTES_MAX + " minutes";
    }
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  private static void delete(Path top) throws IOException {
    List<Path> all;
    try (var walk = Files.walk(top)) {
      all = new ArrayList<>(walk.toList());
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Files.delete(all.get(i));
    }
  }
}
