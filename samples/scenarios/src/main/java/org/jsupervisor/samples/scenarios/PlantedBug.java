package org.jsupervisor.samples.scenarios;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A bug that is planted to see that the invariants find it.
 *
 * @param name what is wrong
 * @param file in the packages of the core
 * @param find what is there exactly once
 * @param replacement what it becomes
 */
record PlantedBug(String name, String file, String find, String replacement) {
  private static final String LIST = "planted-bugs.txt";
  private static final String SOURCES = "supervisor-core/src/main/java/org/jsupervisor";

  /** All of the list, in its order. */
  static List<PlantedBug> all() throws IOException {
    try (InputStream in = PlantedBug.class.getResourceAsStream(LIST)) {
      if (in == null) {
        throw new IOException("there is no resource " + LIST);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<PlantedBug> bugs = new ArrayList<>();
      int begin = text.indexOf("=== ");
      for (int end = next(text, begin); end > 0; end = next(text, begin)) {
        bugs.add(parse(text.substring(begin + 4, end)));
        begin = end + 1;
      }
      return bugs;
    }
  }

  private static int next(String text, int begin) {
    return text.indexOf("\n=== ", begin);
  }

  private static PlantedBug parse(String entry) {
    int file = entry.indexOf("\nfile ");
    int find = entry.indexOf("\n--- find\n");
    int replace = entry.indexOf("\n--- replace");
    String text = entry.substring(find + "\n--- find\n".length(), replace);
    String replacement = entry.substring(replace + "\n--- replace".length()).strip();
    return new PlantedBug(
        entry.substring(0, file),
        entry.substring(file + "\nfile ".length(), find),
        text.strip(),
        replacement);
  }

  /** Where its file is in a checkout. */
  Path in(Path checkout) {
    return checkout.resolve(SOURCES).resolve(file);
  }

  /** How often the text is in the file; the list is right if that is once. */
  int occurrences(Path checkout) throws IOException {
    String source = Files.readString(in(checkout));
    int count = 0;
    for (int at = source.indexOf(find); at >= 0; at = source.indexOf(find, at + 1)) {
      count++;
    }
    return count;
  }

  /** The source with the bug. */
  String planted(Path checkout) throws IOException {
    if (occurrences(checkout) != 1) {
      throw new IOException(
          "bug '" + name + "': the text to find must be once in " + in(checkout) + ": " + find);
    }
    return Files.readString(in(checkout)).replace(find, replacement);
  }
}
