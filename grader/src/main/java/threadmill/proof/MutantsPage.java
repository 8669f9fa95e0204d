package threadmill.proof;

import java.util.List;
import threadmill.kit.Kit;
import threadmill.kit.Mistake;
import threadmill.kit.Specimen;
import threadmill.model.Exercise;

/** The wrong programs and what their authors believed: the page {@code docs/mutants.md}. */
public final class MutantsPage {
  private static final String HEAD =
      """
      # Mutants

      Wrong programs, each of which is proved to be rejected by the check beside it: one mistake in a program that is right otherwise, and what its author believed. A link leads to the patch, or to the folder where the
      program is kept whole; `./threadmill dev mutant show ID/NAME` prints the program with the mistake marked. The page is made by `./threadmill dev mutants`, and a test compares it.
      """;

  private MutantsPage() {}

  /** The page. */
  public static String of(Kit kit) {
    StringBuilder page = new StringBuilder(HEAD);
    for (Exercise exercise : kit.exercises()) {
      page.append("\n## ").append(exercise.order()).append(" ").append(exercise.id());
      page.append("\n\n| mutant | mistake | rejected by | what its author believed |\n");
      page.append("|---|---|---|---|\n");
      for (Specimen specimen : kit.specimens(exercise)) {
        specimen.mistake().ifPresent(mistake -> page.append(row(kit, specimen, mistake)));
      }
    }
    return page.toString();
  }

  private static String row(Kit kit, Specimen specimen, Mistake mistake) {
    String path = kit.root().relativize(specimen.kept()).toString().replace('\\', '/');
    String link = "[" + specimen.name() + "](../" + path + ")";
    List<String> cells = List.of(link, mistake.operator(), mistake.rejectedBy(), mistake.story());
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
