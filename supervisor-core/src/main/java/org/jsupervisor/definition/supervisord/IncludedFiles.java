package org.jsupervisor.definition.supervisord;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds files by the patterns of {@code include}, as Python's {@code glob}: {@code *}, {@code ?}
 * and {@code [...]} within one part of a path. What begins with a dot is found only by a pattern
 * that begins with one.
 */
final class IncludedFiles {
  /** The most files that are included. */
  static final int FILES_MAX = 1000;

  private static final String ANY = "[^/]*";

  // The shortest way to what stands before the next star is as good as any, and none is tried
  // twice: else many stars would take time without bound.
  private static final String NEXT = "(?>[^/]*?";

  private static final Pattern MAGIC = Pattern.compile("[*?\\[]");

  private IncludedFiles() {}

  /**
   * What is there, sorted; none if nothing is. {@code searched} is told of each directory that is
   * searched.
   *
   * @throws IOException if a directory on the way cannot be read, or one before the first pattern
   *     is not there
   * @throws IllegalArgumentException if it is no pattern, or too much is there
   */
  static List<Path> matching(Path base, String pattern, Consumer<Path> searched)
      throws IOException {
    List<Path> found = List.of(pattern.startsWith("/") ? Path.of("/") : base);
    String[] parts = pattern.split("/+", -1);
    mustBeDirectory(literal(found.get(0), parts));
    for (String part : parts) {
      List<Path> next = new ArrayList<>();
      for (Path each : found) {
        addMatching(each, part, next, searched);
      }
      found = next;
    }
    return found.stream().sorted().toList();
  }

  /** The directory that the parts name up to the first pattern, without the last part. */
  private static Path literal(Path base, String[] parts) {
    Path directory = base;
    for (int i = 0; i < parts.length - 1 && !MAGIC.matcher(parts[i]).find(); i++) {
      directory = resolved(directory, parts[i]);
    }
    return directory;
  }

  /** One that is gone for a while must not look like one without files. */
  private static void mustBeDirectory(Path path) throws IOException {
    if (!Files.readAttributes(path, BasicFileAttributes.class).isDirectory()) {
      throw new NotDirectoryException(path.toString());
    }
  }

  private static void addMatching(
      Path directory, String part, List<Path> found, Consumer<Path> searched) throws IOException {
    if (part.isEmpty()) {
      found.add(directory);
    } else if (!MAGIC.matcher(part).find()) {
      Path path = resolved(directory, part);
      if (Files.exists(path)) {
        found.add(path);
      }
    } else if (Files.isDirectory(directory)) {
      Pattern names = regex(part);
      searched.accept(directory);
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        for (Path entry : entries) {
          String name = String.valueOf(entry.getFileName());
          boolean hidden = name.startsWith(".") && !part.startsWith(".");
          if (!hidden && names.matcher(name).matches()) {
            found.add(entry);
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    if (found.size() > FILES_MAX) {
      throw new IllegalArgumentException("include: must find at most " + FILES_MAX + " files");
    }
  }

  private static Path resolved(Path directory, String part) {
    try {
      return directory.resolve(part);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("include: must be a path", e);
    }
  }

  private static Pattern regex(String part) {
    StringBuilder regex = new StringBuilder();
    int star = -1;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      int end = c == '[' ? part.indexOf(']', i + 2) : -1;
      if (c == '*') {
        if (star >= 0) {
          regex.replace(star, star + ANY.length(), NEXT).append(')');
        }
        star = regex.length();
        regex.append(ANY);
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (end >= 0) {
        regex.append(set(part.substring(i + 1, end)));
        i = end;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return Pattern.compile(regex.toString());
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("include: must have ranges that do not run backwards", e);
    }
  }

  private static String set(String characters) {
    boolean negated = characters.startsWith("!");
    String literal =
        (negated ? characters.substring(1) : characters).replaceAll("[\\\\\\[\\]^&]", "\\\\$0");
    return "[" + (negated ? "^" : "") + literal + "]";
  }
}
