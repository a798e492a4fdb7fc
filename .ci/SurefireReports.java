import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Reads Surefire's XML reports, one directory a test run. Prints each failed and each skipped test
 * with its reason and, as the last line, the sum over all runs. Exit code 1 when a test failed,
 * when a test was skipped for a tool named in {@code JSUPERVISOR_REQUIRED_TOOLS}, or when a run or
 * a test class has no test at all: Surefire does not count the tests of a class that was given up
 * in {@code @BeforeAll}, so that they would be missed by nobody.
 */
final class SurefireReports {
  private static final Pattern MISSING_TOOL = Pattern.compile("tool missing: ([\\w.+-]+)");

  private final Set<String> requiredTools;
  private int passed;
  private int failed;
  private int skipped;
  private boolean acceptable = true;

  private SurefireReports(Set<String> requiredTools) {
    this.requiredTools = requiredTools;
  }

  public static void main(String[] runs) throws Exception {
    String required = System.getenv().getOrDefault("JSUPERVISOR_REQUIRED_TOOLS", "");
    var reports = new SurefireReports(Set.of(required.split(",")));
    for (String run : runs) {
      reports.addRun(Path.of(run));
    }
    System.out.printf(
        "%d passed, %d failed, %d skipped%n", reports.passed, reports.failed, reports.skipped);
    System.exit(reports.acceptable && runs.length > 0 ? 0 : 1);
  }

  private void addRun(Path run) throws Exception {
    int before = passed + failed + skipped;
    for (Path report : reportsBelow(run)) {
      addReport(run.getFileName().toString(), report);
    }
    if (passed + failed + skipped == before) {
      reject(run.getFileName() + ": no test was run");
    }
  }

  private static List<Path> reportsBelow(Path run) throws IOException {
    try (var files = Files.walk(run)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void addReport(String run, Path report) throws Exception {
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    var tests = parser.parse(report.toFile()).getElementsByTagName("testcase");
    if (tests.getLength() == 0) {
      reject(run + ": no test was run of " + report.getFileName());
    }
    for (int i = 0; i < tests.getLength(); i++) {
      addTest(run, (Element) tests.item(i));
    }
  }

  private void addTest(String run, Element test) {
    String name = run + ": " + test.getAttribute("classname") + "." + test.getAttribute("name");
    Optional<String> skip = reason(test, "skipped");
    Optional<String> failure = reason(test, "failure").or(() -> reason(test, "error"));
    if (failure.isPresent()) {
      failed++;
      reject("failed  " + name + ": " + failure.get());
    } else if (skip.isPresent()) {
      skipped++;
      System.out.println("skipped " + name + ": " + skip.get());
      rejectMissingTools(name, skip.get());
    } else {
      passed++;
    }
  }

  private void rejectMissingTools(String name, String reason) {
    Matcher tool = MISSING_TOOL.matcher(reason);
    while (tool.find()) {
      if (requiredTools.contains(tool.group(1))) {
        reject("skipped for a tool that is present: " + tool.group(1) + ", by " + name);
      }
    }
  }

  private void reject(String why) {
    System.out.println(why);
    acceptable = false;
  }

  /** The first line of what Surefire wrote about the test, if it wrote such an element. */
  private static Optional<String> reason(Element test, String outcome) {
    var found = new ArrayList<Element>();
    for (var node = test.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(outcome)) {
        found.add(element);
      }
    }
    return found.stream()
        .map(e -> e.hasAttribute("message") ? e.getAttribute("message") : e.getTextContent())
        .map(text -> text.strip().lines().findFirst().orElse("no reason given"))
        .findFirst();
  }
}
