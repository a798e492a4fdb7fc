package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsupervisor.jmx.ScanMXBean;
import org.jsupervisor.jmx.ServiceMXBean;
import org.jsupervisor.jmx.SupervisorMXBean;
import org.junit.jupiter.api.Test;

/** The tables of docs/operating.md name what the beans and the program have, all of it. */
class OperatingDocumentTest {
  private static final Pattern ATTRIBUTE = Pattern.compile("`([A-Z][A-Za-z]*)`");
  private static final Pattern OPERATION = Pattern.compile("`([a-z][A-Za-z]*)\\(([^)]*)\\)`");
  private static final Pattern NUMBER = Pattern.compile("^([0-9]+)$");

  /** The first cells of the table with this title, which is its first cell. */
  private static List<String> firstCells(String title) throws IOException {
    Path document = Path.of("docs", "operating.md");
    // Maven runs the tests in the module, an IDE perhaps in the project.
    Path found = Files.exists(document) ? document : Path.of("../..").resolve(document);
    List<String> cells =
        Files.readAllLines(found).stream()
            .dropWhile(line -> !line.startsWith("| " + title + " |"))
            .takeWhile(line -> line.startsWith("|"))
            .skip(2)
            .map(line -> line.split("\\|", -1)[1].strip())
            .toList();
    assertThat(cells).as("rows of the table '%s'", title).isNotEmpty();
    return cells;
  }

  private static Stream<MatchResult> matches(Pattern pattern, List<String> cells) {
    return cells.stream().flatMap(cell -> pattern.matcher(cell).results());
  }

  private static List<String> attributesOf(Class<?> bean) {
    return Stream.of(bean.getMethods())
        .map(Method::getName)
        .filter(name -> name.matches("(get|is)[A-Z].*"))
        .map(name -> name.replaceFirst("^(get|is)", ""))
        .toList();
  }

  private static Map<String, Integer> operationsOf(Class<?> bean) {
    return Stream.of(bean.getMethods())
        .filter(method -> !method.getName().matches("(get|is)[A-Z].*"))
        .collect(Collectors.toMap(Method::getName, Method::getParameterCount));
  }

  private static Map<String, Integer> operations(List<String> cells) {
    Function<MatchResult, Integer> parameters =
        row -> row.group(2).isEmpty() ? 0 : row.group(2).split(",", -1).length;
    return matches(OPERATION, cells).collect(Collectors.toMap(row -> row.group(1), parameters));
  }

  private static List<String> attributes(String title) throws IOException {
    return matches(ATTRIBUTE, firstCells(title)).map(row -> row.group(1)).toList();
  }

  @Test
  void attributesOfAService_areThoseOfTheBean() throws Exception {
    assertThat(attributes("attribute of a service"))
        .containsExactlyInAnyOrderElementsOf(attributesOf(ServiceMXBean.class));
  }

  @Test
  void attributesOfTheTree_areThoseOfTheBean() throws Exception {
    assertThat(attributes("attribute of the tree"))
        .containsExactlyInAnyOrderElementsOf(attributesOf(SupervisorMXBean.class));
  }

  @Test
  void attributesOfTheDirectory_areThoseOfTheBean() throws Exception {
    assertThat(attributes("attribute of the directory"))
        .containsExactlyInAnyOrderElementsOf(attributesOf(ScanMXBean.class));
  }

  @Test
  void operations_areThoseOfTheBeans() throws Exception {
    assertThat(operations(firstCells("operation of the directory")))
        .isEqualTo(operationsOf(ScanMXBean.class));
    assertThat(operations(firstCells("operation of a service")))
        .isEqualTo(operationsOf(ServiceMXBean.class));
    assertThat(operations(firstCells("operation of the tree")))
        .isEqualTo(operationsOf(SupervisorMXBean.class));
  }

  @Test
  void options_areThoseOfTheProgram() throws Exception {
    assertThat(matches(Pattern.compile("`(--[^`]*)`"), firstCells("option")).map(r -> r.group(1)))
        .containsExactlyElementsOf(
            Stream.of(Option.values())
                .map(option -> (option.word() + " " + option.value()).strip())
                .toList());
  }

  @Test
  void exitCodes_areThoseOfTheProgram() throws Exception {
    assertThat(matches(NUMBER, firstCells("exit code")).map(row -> Integer.valueOf(row.group(1))))
        .containsExactlyElementsOf(
            new TreeSet<>(Stream.of(ExitCode.values()).map(ExitCode::number).toList()));
  }
}
