package org.jsupervisor.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may name whom: the rules of the architecture, checked on the compiled classes. */
class ArchitectureTest {
  private static final String MODEL = "org.jsupervisor.core.internal.model..";
  private static final String OBSERVE = "org.jsupervisor.core.internal.observe..";
  private static final String QUEUE = "org.jsupervisor.core.internal.queue..";
  private static final String ENGINE = "org.jsupervisor.core.internal.engine..";

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(
              "org.jsupervisor.core",
              "org.jsupervisor.definition",
              "org.jsupervisor.log",
              "org.jsupervisor.scan",
              "org.jsupervisor.simulation");

  private static DescribedPredicate<JavaClass> named(String... names) {
    Set<String> all = Set.of(names);
    return DescribedPredicate.describe(
        "one of " + all, javaClass -> all.contains(javaClass.getFullName()));
  }

  @Test
  void coreIsThere() {
    assertThat(CORE.size()).isGreaterThan(60);
  }

  @Test
  void model_isPure_namesNoClockThreadChanceLogOrFile() {
    noClasses()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.concurrent..",
            "java.util.random..",
            "java.io..",
            "java.nio..",
            "java.net..",
            "org.slf4j..",
            "org.jctools..")
        .orShould()
        .dependOnClassesThat(
            named(
                "java.time.Clock",
                "java.time.InstantSource",
                "java.lang.Thread",
                "java.lang.Runtime",
                "java.lang.ProcessHandle",
                "java.lang.ProcessBuilder",
                "java.util.Random",
                "java.util.UUID",
                "java.util.Timer",
                "org.jsupervisor.platform.Ticker",
                "org.jsupervisor.platform.Platform"))
        .orShould()
        .callMethodWhere(
            DescribedPredicate.describe(
                "is of System, but no arraycopy",
                call ->
                    call.getTargetOwner().isEquivalentTo(System.class)
                        && !call.getName().equals("arraycopy")))
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(CORE);
  }

  @Test
  void layers_ofTheEngine_areKept() {
    classes()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            MODEL,
            "java..",
            "org.jspecify..",
            "org.jsupervisor",
            "org.jsupervisor.event..",
            "org.jsupervisor.policy..",
            "org.jsupervisor.process..",
            "org.jsupervisor.snapshot..",
            "org.jsupervisor.spec..",
            "org.jsupervisor.strategy..",
            "org.jsupervisor.output..")
        .check(CORE);
    noClasses()
        .that()
        .resideInAPackage(OBSERVE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ENGINE, QUEUE, "org.jsupervisor.core", "org.jsupervisor.platform..")
        .check(CORE);
    classes()
        .that()
        .resideInAPackage(QUEUE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(QUEUE, "java..", "org.jctools..", "org.jspecify..")
        .check(CORE);
    noClasses()
        .that()
        .resideInAPackage("org.jsupervisor.simulation..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jsupervisor.core.internal..", "org.jsupervisor.log..")
        .check(CORE);
  }

  @Test
  void jctools_isNamedInTheInboxOnly() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.jsupervisor.core.internal.queue.Inbox")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jctools..")
        .check(CORE);
  }

  @Test
  void commonsConfiguration_isNamedInDefinitionsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.jsupervisor.definition..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.commons..")
        .check(CORE);
  }

  @Test
  void core_knowsNeitherPosixNorJmx() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.jsupervisor.posix..", "org.jsupervisor.jmx..", "jnr..", "java.lang.management..")
        .check(CORE);
  }

  @Test
  void nothingStatic_isMutable() {
    fields().that().areStatic().should().beFinal().check(CORE);
  }

  @Test
  void exportedPackages_showNothingInternalAndNoLibrary() {
    List<String> shown = new ArrayList<>();
    for (JavaClass type : CORE) {
      boolean isExported =
          !type.getPackageName().contains(".internal")
              && type.getModifiers().contains(JavaModifier.PUBLIC);
      if (isExported) {
        type.getMembers().stream()
            .filter(ArchitectureTest::isVisible)
            .forEach(
                member ->
                    named(member)
                        .filter(ArchitectureTest::isForeign)
                        .forEach(foreign -> shown.add(member.getFullName() + " shows " + foreign)));
      }
    }
    assertThat(shown).isEmpty();
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<String> named(JavaMember member) {
    if (member instanceof JavaCodeUnit unit) {
      return Stream.concat(
              unit.getAllInvolvedRawTypes().stream(),
              unit.getThrowsClause().getTypes().stream().map(t -> t.toErasure()))
          .map(JavaClass::getFullName);
    }
    return member.getAllInvolvedRawTypes().stream().map(JavaClass::getFullName);
  }

  private static boolean isForeign(String type) {
    return type.contains(".internal.")
        || type.startsWith("org.jctools")
        || type.startsWith("org.slf4j")
        || type.startsWith("org.apache");
  }
}
