package org.jsupervisor.samples.definitions;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a daemon needs to be run here: settings, and configuration files. In both {@code @here@} is
 * the directory of this run, {@code @port@} and {@code @port2@} are ports that nobody has, and
 * {@code @port-7000@} is the number that 7000 is to be added to.
 *
 * @param name of the definition
 * @param tool the program
 * @param needsRoot whether the daemon refuses to run without it
 * @param settings for the definition
 */
record Case(String name, String tool, boolean needsRoot, Map<String, String> settings) {
  private static final Path CASES = Path.of("src/test/daemons");
  private static final String SETTINGS = "case.properties";

  /** The names of all, sorted. */
  static List<String> names() {
    try (Stream<Path> cases = Files.list(CASES)) {
      return cases.map(each -> each.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prepares a directory for one run. */
  static Case prepare(String name, Path here) throws IOException {
    Map<String, String> words = words(here);
    try (Stream<Path> files = Files.list(CASES.resolve(name))) {
      for (Path file : files.toList()) {
        Path copy = here.resolve(file.getFileName().toString());
        Files.writeString(copy, replaced(Files.readString(file), words));
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
      }
    }
    Properties read = new Properties();
    read.load(new StringReader(Files.readString(here.resolve(SETTINGS))));
    Map<String, String> settings = new HashMap<>();
    read.stringPropertyNames().forEach(key -> settings.put(key, read.getProperty(key)));
    String tool = settings.remove("tool");
    boolean needsRoot = "root".equals(settings.remove("needs"));
    return new Case(name, tool, needsRoot, Map.copyOf(settings));
  }

  private static Map<String, String> words(Path here) throws IOException {
    List<Integer> ports = freePorts(2);
    return Map.of(
        "@here@", here.toString(),
        "@port@", Integer.toString(ports.get(0)),
        "@port2@", Integer.toString(ports.get(1)),
        "@port-7000@", Integer.toString(ports.get(0) - 7000),
        "@port-11210@", Integer.toString(ports.get(0) - 11_210));
  }

  private static String replaced(String text, Map<String, String> words) {
    String replaced = text;
    for (Map.Entry<String, String> word : words.entrySet()) {
      replaced = replaced.replace(word.getKey(), word.getValue());
    }
    return replaced;
  }

  private static List<Integer> freePorts(int number) throws IOException {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < number; i++) {
        open.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return open.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket each : open) {
        each.close();
      }
    }
  }
}
