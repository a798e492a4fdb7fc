package org.jsupervisor.posix;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The borders of this module. */
class ArchitectureTest {
  private static final String LIBC = "org.jsupervisor.posix.internal.libc";

  private final JavaClasses module =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.jsupervisor.posix");

  @Test
  void jnr_isNamedInOnePackageOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(LIBC)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jnr..", "com.kenai..")
        .check(module);
  }

  @Test
  void posix_seesNothingOfTheOtherModulesButTheApi() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jsupervisor.core..", "org.jsupervisor.jmx..")
        .check(module);
  }

  @Test
  void packages_dependOnEachOtherInOneDirectionOnly() {
    slices().matching("org.jsupervisor.posix.(**)").should().beFreeOfCycles().check(module);
  }

  @Test
  void classes_areFinal() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(module);
  }

  @Test
  void nothing_waitsForAnyChild_norInstallsASignalHandler_norAHook() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("sun.misc..")
        .orShould()
        .callMethod(Runtime.class, "addShutdownHook", Thread.class)
        .check(module);
  }
}
