package org.jsupervisor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The border of the API: what it may name, and that its packages have an order. */
class ArchitectureTest {
  private static final JavaClasses API =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.jsupervisor");

  @Test
  void api_namesNothingButTheBaseOfJava() {
    assertThat(API.size()).as("classes that were found").isGreaterThan(60);
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("org.jsupervisor..", "org.jspecify..", "java..")
        .check(API);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "java.rmi..",
            "java.net.http..",
            "java.beans..",
            "java.awt..",
            "java.util.logging..",
            "java.util.prefs..",
            "java.lang.management..",
            "java.lang.instrument..")
        .check(API);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("org.jsupervisor.(*)..").should().beFreeOfCycles().check(API);
  }

  @Test
  void nothingStatic_isMutable() {
    fields().that().areStatic().should().beFinal().check(API);
  }
}
