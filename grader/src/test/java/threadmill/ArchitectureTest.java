package threadmill;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("threadmill");

  @Test
  void the_rules_see_the_grader() {
    assertTrue(CLASSES.size() > 80, "only " + CLASSES.size() + " classes were found");
  }

  @Test
  void the_model_knows_nothing_but_java() {
    classes()
        .that()
        .resideInAPackage("threadmill.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "threadmill.model..")
        .because("everything else speaks in its terms")
        .check(CLASSES);
  }

  @Test
  void the_record_of_a_check_depends_on_nothing_that_a_check_could_reach() {
    noClasses()
        .that()
        .resideInAPackage("threadmill.evidence..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "threadmill.evidence..")
        .check(CLASSES);
  }

  @Test
  void the_explorer_could_stand_alone() {
    mayNotUse("explore", "harness", "kit", "intake", "jail", "run", "report", "proof", "cli")
        .because("it knows nothing of exercises or grading")
        .check(CLASSES);
  }

  @Test
  void the_harness_does_not_know_who_grades() {
    mayNotUse("harness", "kit", "intake", "jail", "run", "report", "proof", "cli")
        .because("it runs beside the student's code")
        .check(CLASSES);
  }

  @Test
  void intake_gate_and_jail_know_the_model_alone() {
    mayNotUse("gate", "harness", "kit", "intake", "jail", "run", "report", "proof", "cli")
        .check(CLASSES);
    mayNotUse("intake", "harness", "kit", "jail", "run", "report", "proof", "cli").check(CLASSES);
    mayNotUse("jail", "harness", "kit", "intake", "run", "report", "proof", "cli").check(CLASSES);
  }

  @Test
  void measuring_knows_nothing_of_exercises() {
    mayNotUse(
            "measure", "explore", "harness", "kit", "intake", "jail", "run", "report", "proof",
            "cli")
        .because("it could stand alone")
        .check(CLASSES);
  }

  @Test
  void labs_are_outside_any_grade() {
    mayNotUse("lab", "explore", "harness", "kit", "intake", "jail", "run", "report", "proof", "cli")
        .because("they measure, and nothing else")
        .check(CLASSES);
  }

  @Test
  void running_does_not_know_reporting() {
    mayNotUse("run", "report", "proof", "cli")
        .because("a verdict does not depend on how it is shown")
        .check(CLASSES);
    mayNotUse("report", "run", "intake", "jail", "harness", "proof", "cli").check(CLASSES);
  }

  @Test
  void nobody_depends_on_the_command_line() {
    noClasses()
        .that()
        .resideOutsideOfPackage("threadmill.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("threadmill.cli..")
        .check(CLASSES);
  }

  @Test
  void packages_form_no_cycle() {
    slices().matching("threadmill.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void only_those_who_talk_to_people_use_the_standard_streams() {
    noClasses()
        .that()
        .resideOutsideOfPackages("threadmill.cli..")
        .and()
        .doNotHaveFullyQualifiedName("threadmill.run.CompilerMain")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .because("what is printed elsewhere lands in somebody's report")
        .check(CLASSES);
  }

  private static ArchRule mayNotUse(String user, String... used) {
    String[] packages = new String[used.length];
    for (int i = 0; i < used.length; i++) {
      packages[i] = "threadmill." + used[i] + "..";
    }
    return noClasses()
        .that()
        .resideInAPackage("threadmill." + user + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages);
  }
}
