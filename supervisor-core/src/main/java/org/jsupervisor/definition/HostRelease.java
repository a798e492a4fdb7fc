package org.jsupervisor.definition;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What system definitions are read for: it chooses the layers of {@link SiteSettings}. Immutable.
 *
 * @param os the system, such as {@code debian}; at most {@value #LENGTH_MAX} of {@code a-z 0-9 . _
 *     -}; empty if not known
 * @param release its release, such as {@code 12}; likewise; a system that only rolls on has none
 */
public record HostRelease(String os, String release) {
  /** The longest name. */
  public static final int LENGTH_MAX = 64;

  private static final List<Path> OS_RELEASE =
      List.of(Path.of("/etc/os-release"), Path.of("/usr/lib/os-release"));
  private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{0," + LENGTH_MAX + "}");
  private static final Pattern LINE = Pattern.compile("([A-Z_]+)=(.*)");

  /**
   * Checks both names.
   *
   * @throws IllegalArgumentException if one cannot be the name of a layer
   */
  public HostRelease {
    require("system", os);
    require("release", release);
  }

  private static void require(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what + " '" + name + "': must be at most " + LENGTH_MAX + " of a-z 0-9 . _ -");
    }
  }

  /**
   * This host's, by {@code os-release}; where there is none, by what the JVM says.
   *
   * @throws IOException if there is one that cannot be read
   */
  public static HostRelease here() throws IOException {
    for (Path file : OS_RELEASE) {
      if (Files.isRegularFile(file)) {
        return ofOsRelease(Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return new HostRelease(
        name(System.getProperty("os.name", "")), name(System.getProperty("os.version", "")));
  }

  /** By {@code ID} and {@code VERSION_ID} of the content of an {@code os-release} file. */
  public static HostRelease ofOsRelease(String content) {
    Map<String, String> values = new HashMap<>();
    content
        .lines()
        .map(String::stripTrailing)
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(line -> values.put(line.group(1), unquoted(line.group(2))));
    return new HostRelease(
        name(values.getOrDefault("ID", "")), name(values.getOrDefault("VERSION_ID", "")));
  }

  /** Not a part of the pattern: that would try each blank of a line as the last of the value. */
  private static String unquoted(String value) {
    int last = value.length() - 1;
    boolean quoted =
        last > 0 && value.charAt(0) == value.charAt(last) && "\"'".indexOf(value.charAt(0)) >= 0;
    return quoted ? value.substring(1, last) : value;
  }

  private static String name(String text) {
    String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-");
    return name.substring(0, Math.min(name.length(), LENGTH_MAX));
  }
}
