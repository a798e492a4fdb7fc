package org.jsupervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about faults names each fault once, and only tests that there are. */
class FaultsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "faults.md");
  private static final List<String> NUMBERS =
      List.of(
          "F5", "F9", "F10", "F11", "F12", "F13", "F14", "F15", "F16", "F17", "F18", "F20", "F21",
          "F25", "F26", "F27", "F28", "F29", "F30", "F31", "F32", "F33", "F34", "F35", "F36", "F37",
          "F38", "F39", "F41", "F42", "F43", "F44", "F45", "F46", "F47", "F48", "F49", "F50", "F51",
          "F52", "F53", "F54", "F55", "F56", "11", "12", "13", "14", "15", "17", "18", "20");
  private static final Pattern TEST = Pattern.compile("`(\\w+)\\.([a-z]\\w*_\\w+)`");

  @Test
  void page_hasALineForEachNumber_andEachNamesATest() throws IOException {
    List<String> lines = lines();
    assertThat(lines.stream().map(line -> line.substring(2, line.indexOf(' ', 2))))
        .containsExactlyElementsOf(NUMBERS);
    assertThat(lines).allMatch(line -> TEST.matcher(line).find());
  }

  @Test
  void page_namesOnlyTestsThatThereAre() throws IOException {
    Map<String, String> sources = sources();
    Set<String> missing = new TreeSet<>();
    int named = 0;
    for (String line : lines()) {
      Matcher test = TEST.matcher(line);
      while (test.find()) {
        named++;
        String source = sources.getOrDefault(test.group(1), "");
        if (!source.contains("  void " + test.group(2) + "(")) {
          missing.add(test.group());
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(NUMBERS.size());
  }

  /** A test with a number in its name is on the page. */
  @Test
  void page_hasEachTestThatIsNamedByANumberOfIt() throws IOException {
    String page = Files.readString(PAGE);
    Set<String> missing = new TreeSet<>();
    for (Map.Entry<String, String> source : sources().entrySet()) {
      Matcher name =
          Pattern.compile("  void ((?:f[0-9]+|bug(?:1[1-8]|20))_\\w+)\\(")
              .matcher(source.getValue());
      while (name.find()) {
        String number =
            name.group(1).replaceFirst("_.*", "").replaceFirst("f", "F").replace("bug", "");
        boolean isOfThePage = NUMBERS.contains(number);
        if (isOfThePage && !page.contains(source.getKey() + "." + name.group(1))) {
          missing.add(source.getKey() + "." + name.group(1));
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static List<String> lines() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.matches("\\| F?[0-9]+ \\|.*"))
        .toList();
  }

  /** The text of each class of tests in this project. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      for (Path file : files.filter(FaultsPageTest::isTestSource).toList()) {
        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    return sources;
  }

  private static boolean isTestSource(Path file) {
    return file.toString().contains("/src/test/java/") && file.toString().endsWith(".java");
  }
}
