package org.jsupervisor.scan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jsupervisor.core.SupervisorBuilder;
import org.junit.jupiter.api.Test;

/** The borders of the packages that know the disk. */
class LayersTest {
  private static final String SYNTAX = "org.jsupervisor.definition.own.text";
  private static final String[] PARSERS = {
    "org.apache.commons..", "org.yaml..", "com.fasterxml..", "javax.xml..", "org.xml.."
  };

  private final JavaClasses core =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(
              "org.jsupervisor.core",
              "org.jsupervisor.definition",
              "org.jsupervisor.log",
              "org.jsupervisor.scan",
              "org.jsupervisor.wish");

  @Test
  void parsersOfFiles_areNamedInOnePackageThatIsNotExported() {
    noClasses()
        .that()
        .resideOutsideOfPackage(SYNTAX)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PARSERS)
        .check(core);
    Module own = SupervisorBuilder.class.getModule();
    assertThat(own.isNamed() && own.isExported(SYNTAX)).isFalse();
  }

  @Test
  void logsDefinitionsAndScans_knowNoEngine() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.jsupervisor.log",
            "org.jsupervisor.definition..",
            "org.jsupervisor.scan",
            "org.jsupervisor.wish")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jsupervisor.core..", "org.jsupervisor.simulation..")
        .check(core);
  }

  @Test
  void logsAndDefinitions_doNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("org.jsupervisor.log")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jsupervisor.definition..", "org.jsupervisor.scan")
        .check(core);
    noClasses()
        .that()
        .resideInAPackage("org.jsupervisor.definition..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jsupervisor.log", "org.jsupervisor.scan")
        .check(core);
  }
}
