package threadmill.explore;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;
import java.util.stream.*;
import javax.tools.ToolProvider;
import threadmill.harness.CheckId;
import threadmill.harness.Explore;

final class TryContract {
  public static void main(String[] a) throws Exception {
    String id = a[0];
    List<String> only = List.of(a).subList(1, a.length);
    String dir = id.replace('.', '/');
    Map<String, Path> specimens = new LinkedHashMap<>();
    specimens.put("reference", Path.of("solutions/src/main/java/" + dir));
    for (String kind : List.of("variants", "mutants")) {
      try (Stream<Path> s = Files.list(Path.of("solutions/src/" + kind + "/" + id))) {
        s.sorted().forEach(p -> specimens.put(kind.charAt(0) + " " + p.getFileName(), p));
      }
    }
    boolean verbose = Boolean.getBoolean("verbose");
    for (var e : specimens.entrySet()) {
      if (!only.isEmpty() && only.stream().noneMatch(o -> e.getKey().contains(o))) continue;
      Path out = Files.createTempDirectory("tc");
      List<String> files = new ArrayList<>();
      Set<String> mine = new HashSet<>();
      try (Stream<Path> s = Files.walk(e.getValue())) {
        s.filter(p -> p.toString().endsWith(".java"))
            .forEach(
                p -> {
                  files.add(p.toString());
                  mine.add(p.getFileName().toString());
                });
      }
      for (String root :
          List.of(
              "exercises/src/main/java/" + dir,
              "exercises/src/test/java/" + dir,
              "exercises/src/main/java/threadmill")) {
        try (Stream<Path> s = Files.list(Path.of(root))) {
          s.filter(
                  p -> p.toString().endsWith(".java") && !mine.contains(p.getFileName().toString()))
              .forEach(p -> files.add(p.toString()));
        }
      }
      List<String> args =
          new ArrayList<>(
              List.of(
                  "-nowarn",
                  "-d",
                  out.toString(),
                  "-proc:none",
                  "--release",
                  "17",
                  "-cp",
                  System.getProperty("java.class.path")));
      args.addAll(files);
      if (ToolProvider.getSystemJavaCompiler().run(null, null, null, args.toArray(new String[0]))
          != 0) {
        System.out.println(e.getKey() + " DOES NOT COMPILE");
        continue;
      }
      Set<String> own =
          mine.stream().map(f -> id + "." + f.replace(".java", "")).collect(Collectors.toSet());
      String first =
          e.getKey().startsWith("m ")
              ? Files.readString(Path.of(files.get(0))).lines().findFirst().orElse("")
              : "";
      String declared = first.replaceAll(".*rejected by (\\S+).*", "$1");
      StringBuilder row = new StringBuilder(String.format("%-46s", e.getKey()));
      List<String> detail = new ArrayList<>();
      try (URLClassLoader loader =
          new URLClassLoader(new URL[] {out.toUri().toURL()}, TryContract.class.getClassLoader())) {
        Explorer ex =
            new Explorer(
                loader, n -> n.startsWith(id + "."), n -> own.contains(n.replaceAll("\\$.*", "")));
        List<Method> checks = new ArrayList<>();
        try (Stream<Path> s = Files.list(out.resolve(dir))) {
          for (Path p : s.filter(p -> p.toString().endsWith("Test.class")).toList()) {
            for (Method m :
                loader
                    .loadClass(id + "." + p.getFileName().toString().replace(".class", ""))
                    .getDeclaredMethods()) if (m.isAnnotationPresent(Explore.class)) checks.add(m);
          }
        }
        checks.sort(Comparator.comparing(m -> m.getAnnotation(CheckId.class).value()));
        boolean hit = false;
        boolean any = false;
        for (Method m : checks) {
          String c = m.getAnnotation(CheckId.class).value();
          if (System.getProperty("check") != null && !System.getProperty("check").equals(c))
            continue;
          long t = System.nanoTime();
          String kind;
          try {
            Explorer.Result r =
                ex.explore(
                    m.getDeclaringClass().getName(),
                    m.getName(),
                    List.of(),
                    m.getAnnotation(Explore.class).schedules(),
                    1);
            kind =
                r.finding()
                    .map(f -> f.kind().name())
                    .orElse((r.complete() ? "ok" : "~") + r.schedules());
            if (r.finding().isPresent()) {
              any = true;
              hit |= c.equals(declared);
              if (verbose || !e.getKey().startsWith("m ")) {
                detail.add(
                    c
                        + " "
                        + r.finding().get().where().map(w -> w + " ").orElse("")
                        + r.finding().get().kind()
                        + " "
                        + r.finding().get().sentence()
                        + " ["
                        + r.coverage()
                        + "]");
                r.finding().get().evidence().forEach(l -> detail.add("      | " + l));
                r.thrown()
                    .ifPresent(
                        x -> {
                          detail.add(x.toString());
                          for (var f : x.getStackTrace()) detail.add("      at " + f);
                        });
              }
            } else if (verbose) detail.add(c + " " + r.coverage());
          } catch (Throwable x) {
            kind = "THROWN";
            java.io.StringWriter w = new java.io.StringWriter();
            x.printStackTrace(new java.io.PrintWriter(w));
            detail.add(w.toString());
          }
          long ms = (System.nanoTime() - t) / 1000000;
          row.append(String.format(" %s=%s/%d", c, kind, ms));
        }
        String verdict =
            e.getKey().startsWith("m ")
                ? (hit
                    ? ""
                    : declared.startsWith("X")
                        ? "  <<< MISSED " + declared
                        : "  (by " + declared + ")")
                : any ? "  <<< FALSE ALARM" : "";
        System.out.println(row + verdict);
        detail.forEach(d -> System.out.println("    " + d));
      }
    }
  }
}
