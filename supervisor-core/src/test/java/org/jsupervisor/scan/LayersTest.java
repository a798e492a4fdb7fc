package org.jsupervisor.scan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The borders of the packages that know the disk. */
class LayersTest {
  private static final String COMMONS_CONFIGURATION = "org.apache.commons.configuration2..";

  private final JavaClasses core =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(
              "org.jsupervisor.core",
              "org.jsupervisor.definition",
              "org.jsupervisor.log",
              "org.jsupervisor.scan");

  @Test
  void commonsConfiguration_isNamedInOneClassThatIsNotPublic() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.jsupervisor.definition.PropertiesText")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(COMMONS_CONFIGURATION)
        .check(core);
    classes()
        .that()
        .haveFullyQualifiedName("org.jsupervisor.definition.PropertiesText")
        .should()
        .bePackagePrivate()
        .check(core);
  }

  @Test
  void logsDefinitionsAndScans_knowNoEngine() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.jsupervisor.log", "org.jsupervisor.definition", "org.jsupervisor.scan")
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
        .resideInAnyPackage("org.jsupervisor.definition", "org.jsupervisor.scan")
        .check(core);
    noClasses()
        .that()
        .resideInAPackage("org.jsupervisor.definition")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jsupervisor.log", "org.jsupervisor.scan")
        .check(core);
  }
}
