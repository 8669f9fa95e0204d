package threadmill.gate;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What code of the JDK can do that a submission must not do, or only where its exercise is about
 * it. Each is known by the methods that all of the JDK's code goes through for it.
 */
enum Power {
  NAMES_A_CLASS(
      "finds a class by its name",
      "java.lang.Class.forName",
      "java.lang.ClassLoader.(loadClass|findClass|findSystemClass)",
      "java.lang.invoke.MethodHandles$Lookup.findClass",
      "jdk.internal.loader.\\w+.(loadClass|findClass)\\w*"),
  DEFINES_A_CLASS(
      "makes a class of bytes",
      "java.lang.ClassLoader.defineClass\\w*",
      "java.lang.invoke.MethodHandles$Lookup.define\\w*",
      "jdk.internal.misc.Unsafe.defineClass\\w*"),
  LOADS_A_SERVICE("loads a class that the class path names", "java.util.ServiceLoader.load\\w*"),
  DECODES_OBJECTS(
      "makes objects of any class that a stream names",
      "java.io.ObjectInputStream.(readObject|readUnshared)"),
  REFLECTS(
      "calls or reads what it is told to, by name",
      "java.lang.reflect.Method.invoke",
      "java.lang.reflect.Constructor.newInstance\\w*",
      "java.lang.reflect.Field.(get|set)(Boolean|Byte|Char|Short|Int|Long|Float|Double)?",
      "java.lang.reflect.AccessibleObject.(set|trySet)Accessible",
      "java.lang.invoke.MethodHandles$Lookup.(find|unreflect|reveal|bind)\\w*",
      "java.lang.invoke.VarHandle.toMethodHandle"),
  REACHES_FILES(
      "opens, lists or changes files",
      "java.io.(FileInputStream|FileOutputStream|RandomAccessFile).open\\w*",
      "java.io.UnixFileSystem.\\w+0",
      "java.io.FileSystem.\\w+",
      "java.nio.file.spi.FileSystemProvider.\\w+",
      "sun.nio.fs.UnixNativeDispatcher.\\w+",
      "sun.nio.ch.FileChannelImpl.\\w*open\\w*"),
  REACHES_THE_NETWORK(
      "looks up or calls other machines",
      "sun.nio.ch.Net.\\w+",
      "java.net.Inet\\w*AddressImpl.\\w+",
      "java.net.NetworkInterface.\\w+"),
  STARTS_A_PROGRAM("starts another program", "java.lang.ProcessImpl.(start|forkAndExec)"),
  ENDS_A_PROCESS(
      "ends another process",
      "java.lang.(Process|ProcessHandle|ProcessHandleImpl|ProcessImpl).destroy\\w*"),
  ENDS_THE_JVM("ends its own JVM", "java.lang.Shutdown.(exit|halt)\\w*"),
  LOADS_NATIVE_CODE(
      "loads native code",
      "java.lang.(System|Runtime).load\\w*",
      "java.lang.ClassLoader.loadLibrary"),
  CHANGES_THE_WHOLE_JVM(
      "changes what all code of the JVM shares",
      "java.lang.System.(setProperty|setProperties|clearProperty|setIn|setOut|setErr)",
      "java.util.Locale.setDefault",
      "java.util.TimeZone.setDefault",
      "java.lang.Thread.setDefaultUncaughtExceptionHandler",
      "java.lang.ApplicationShutdownHooks.add",
      "java.net.(Socket|ServerSocket|URL|URLConnection).set\\w*Factory",
      "java.net.(Authenticator|ProxySelector|CookieHandler|ResponseCache).setDefault"),
  SEES_OTHER_THREADS(
      "gets hold of threads that are not its own",
      "java.lang.Thread.(getThreads|getAllThreads|dumpThreads|enumerate|stop0|suspend0|resume0)",
      "java.lang.ThreadGroup.(enumerate|interrupt|stop|suspend|resume|subgroups)\\w*");

  private final String words;
  private final Pattern sinks;

  Power(String words, String... sinks) {
    this.words = words;
    this.sinks = Pattern.compile(String.join("|", sinks).replace("$", "\\$"));
  }

  /** Completes "a member that …". */
  String words() {
    return words;
  }

  /** What a method can do by itself, if it is one of those known for it. */
  static Optional<Power> of(String owner, String method) {
    String name = owner + "." + method;
    return Stream.of(values()).filter(p -> p.sinks.matcher(name).matches()).findFirst();
  }
}
