package threadmill.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import threadmill.gate.AllowList;
import threadmill.kit.Kit;
import threadmill.kit.Specimen;
import threadmill.kit.Specimen.Role;
import threadmill.kit.Specimens;
import threadmill.model.Exercise;

/** Whether the folders of an exercise hold all that belongs there, and nothing else. */
final class Completeness {
  private static final int HINTS = 3;
  private static final int VARIANTS = 2;
  private static final Pattern LEAK = Pattern.compile("\\bsynchronized\\b[\\s(]");

  private Completeness() {}

  static List<String> faults(Kit kit, Exercise exercise) throws IOException {
    List<String> faults = new ArrayList<>();
    String id = exercise.id();
    List<Specimen> specimens = kit.specimens(exercise);
    require(exercise.hints().size() == HINTS, id + ": the README needs three hints", faults);
    require(
        !exercise.stubs().isEmpty(),
        id + ": there is no stub in exercises/src/stubs/" + id,
        faults);
    require(!exercise.contracts().isEmpty(), id + ": there is no contract", faults);
    require(count(specimens, Role.REFERENCE) == 1, id + ": there is no reference", faults);
    require(
        count(specimens, Role.VARIANT) >= VARIANTS,
        id + ": it needs two variants at least",
        faults);
    require(count(specimens, Role.MUTANT) > 0, id + ": there is no mutant", faults);
    require(
        Files.isRegularFile(exercise.readme().resolveSibling(AllowList.FILE)),
        id + ": there is no " + AllowList.FILE + " beside the README",
        faults);
    for (Path stub : exercise.stubs()) {
      String text = Files.readString(stub);
      require(text.contains("TODO"), id + ": " + stub.getFileName() + " has no TODO", faults);
      require(
          !LEAK.matcher(text).find(),
          id + ": " + stub.getFileName() + " gives the answer away",
          faults);
    }
    Set<String> wanted =
        exercise.stubs().stream().map(p -> p.getFileName().toString()).collect(Collectors.toSet());
    Map<String, String> reference =
        specimens.stream()
            .filter(s -> s.role() == Role.REFERENCE)
            .findFirst()
            .map(s -> Specimens.texts(s.folder()))
            .orElse(Map.of());
    for (Specimen specimen : specimens) {
      faults.addAll(unexpected(specimen, wanted, reference));
    }
    return faults;
  }

  private static List<String> unexpected(
      Specimen specimen, Set<String> wanted, Map<String, String> reference) throws IOException {
    Path kept = specimen.kept();
    List<String> faults = new ArrayList<>();
    if (!Files.isDirectory(kept)) {
      return faults;
    }
    try (Stream<Path> files = Files.walk(kept)) {
      List<String> names =
          files.filter(Files::isRegularFile).map(p -> p.getFileName().toString()).toList();
      for (String name : names) {
        require(name.endsWith(".java"), kept + ": unexpected file " + name, faults);
      }
      require(
          wanted.isEmpty() || names.stream().anyMatch(wanted::contains),
          kept + " has none of " + wanted,
          faults);
    }
    if (specimen.role() == Role.VARIANT || specimen.role() == Role.MUTANT) {
      Specimens.texts(kept)
          .forEach(
              (name, text) ->
                  require(
                      !text.equals(reference.get(name)),
                      kept + ": " + name + " is the reference's, and needs no copy",
                      faults));
    }
    return faults;
  }

  private static long count(List<Specimen> specimens, Role role) {
    return specimens.stream().filter(s -> s.role() == role).count();
  }

  private static void require(boolean condition, String fault, List<String> faults) {
    if (!condition) {
      faults.add(fault);
    }
  }
}
