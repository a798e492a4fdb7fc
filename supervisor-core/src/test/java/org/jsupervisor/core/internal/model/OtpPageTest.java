package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about Erlang/OTP's rules names each rule once, and every test of a rule. */
class OtpPageTest {
  private static final Path PAGE = Path.of("..", "docs", "otp.md");
  private static final int RULES = 78;

  @Test
  void page_namesTheTestsThatThereAre() throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher names = Pattern.compile("`(r[0-9]+_\\w+)`").matcher(Files.readString(PAGE));
    while (names.find()) {
      named.add(names.group(1));
    }
    Set<String> tests = new TreeSet<>();
    Stream.of(
            RulesOfValidationTest.class,
            RulesOfStartTest.class,
            RulesOfStopTest.class,
            RulesOfTemplatesTest.class,
            RulesOfDecliningTest.class,
            RulesOfExitsTest.class,
            RulesOfStrategiesTest.class,
            RulesOfIntensityTest.class,
            RulesOfFailedStartsTest.class,
            RulesOfOperationsTest.class,
            RulesOfTreesTest.class,
            RulesOfAutoShutdownTest.class)
        .flatMap(chapter -> Stream.of(chapter.getDeclaredMethods()))
        .map(Method::getName)
        .filter(name -> name.matches("r[0-9]+_.*"))
        .forEach(tests::add);
    assertThat(named).isEqualTo(tests);
  }

  @Test
  void page_hasALineForEachRule() throws IOException {
    assertThat(
            Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| R"))
                .map(line -> line.substring(2, line.indexOf(' ', 2))))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, RULES).mapToObj(number -> "R" + number).toList());
  }
}
