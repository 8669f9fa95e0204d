package threadmill.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Submission.Source;
import threadmill.model.Where;

/**
 * Lets compiled submissions pass that refer to nothing but what is allowed: their own classes, the
 * given ones, and the lines of an {@link AllowList}. Nothing is loaded. Thread-safe.
 */
public final class Admission {
  /** What no submission has a business with. */
  private static final List<String> GRADERS =
      List.of("threadmill.", "org.junit.", "net.jqwik.", "org.objectweb.asm.", "com.tngtech.");

  private static final String NOT_ALLOWED = ", which this exercise does not allow";

  private final AllowList allowed;
  private final List<ClassReader> givenHeads;
  private final Set<String> given;
  private final Set<String> reserved;
  private final String home;

  /**
   * @param home the package that submitted classes belong to
   * @param given folder of class files that submissions may use
   * @param contract folder of class files that no submission may use or shadow
   */
  public Admission(AllowList allowed, String home, Path given, Path contract) throws IOException {
    this.allowed = allowed;
    this.home = home;
    this.givenHeads = readers(given);
    this.given = names(givenHeads);
    this.reserved = new HashSet<>(this.given);
    this.reserved.addAll(names(readers(contract)));
  }

  /**
   * What a compiled submission refers to and may not, as one finding, or nothing.
   *
   * @param classes folder of its class files
   * @param sources what they were compiled from, for the lines
   */
  public Optional<Finding> refuses(Path classes, List<Source> sources) throws IOException {
    List<ClassReader> readers = readers(classes);
    Set<String> ours = names(readers);
    Hierarchy hierarchy = new Hierarchy();
    givenHeads.forEach(hierarchy::add);
    readers.forEach(hierarchy::add);
    Set<String> open = new HashSet<>(ours);
    open.addAll(given);
    Access access = new Access(allowed, hierarchy, open);
    Mentions mentions = new Mentions(sources);
    Breaches breaches = new Breaches();
    for (ClassReader reader : readers) {
      look(reader, ours, access, mentions, breaches);
    }
    return breaches.finding();
  }

  private void look(
      ClassReader reader, Set<String> ours, Access access, Mentions mentions, Breaches breaches) {
    Lines lines = new Lines();
    reader.accept(lines, ClassReader.SKIP_FRAMES);
    Set<Reference> references = ConstantPool.references(reader);
    String name = reader.getClassName().replace('/', '.');
    String file = home.replace('.', '/') + "/" + lines.source();
    int dot = name.lastIndexOf('.');
    if (!name.substring(0, Math.max(0, dot)).equals(home) || reserved.contains(name)) {
      String why = "declares " + name + ", which is not the submission's to declare";
      breaches.add(Kind.TAMPER, new Where(file, 0), why);
    }
    Map<Integer, String> more = new TreeMap<>(lines.breaches());
    if (references.stream().anyMatch(Lookups::isOne)) {
      more.putAll(Lookups.breaches(reader, ours));
    }
    more.forEach(
        (line, text) -> breaches.add(Kind.STRUCTURE, new Where(file, line), text + NOT_ALLOWED));
    Set<Reference> told = new HashSet<>();
    for (Reference reference : references) {
      if (access.isAllowed(reference)) {
        continue;
      }
      Reference narrow = access.narrow(reference);
      if (told.add(narrow)) {
        int at = Math.max(lines.of(reference), lines.of(narrow));
        int line = at > 0 ? at : mentions.of(narrow, lines.source());
        add(breaches, narrow, new Where(file, line));
      }
    }
  }

  private static void add(Breaches breaches, Reference reference, Where where) {
    boolean graders =
        GRADERS.stream().anyMatch(reference.type()::startsWith)
            && !reference.type().startsWith("threadmill.Todo");
    if (graders) {
      String why = "uses " + reference.type() + ", which belongs to the grader";
      breaches.add(Kind.TAMPER, where, why);
    } else {
      breaches.add(Kind.STRUCTURE, where, words(reference) + NOT_ALLOWED);
    }
  }

  private static String words(Reference reference) {
    if (!reference.isMember()) {
      return "uses " + reference.type().replace('$', '.');
    }
    if (reference.isConstructor()) {
      return "makes a new " + reference.simpleType();
    }
    return (reference.isMethod() ? "calls " : "uses ")
        + reference.simpleType()
        + "."
        + reference.member();
  }

  private static Set<String> names(List<ClassReader> readers) {
    return readers.stream()
        .map(reader -> reader.getClassName().replace('/', '.'))
        .collect(Collectors.toSet());
  }

  static List<ClassReader> readers(Path folder) throws IOException {
    List<ClassReader> readers = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        readers.add(new ClassReader(Files.readAllBytes(file)));
      }
    }
    return readers;
  }
}
