package threadmill.gate;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.objectweb.asm.Type;

/**
 * Something a class file refers to: a type, or a member of a type.
 *
 * @param type binary name with dots; an array has the members of an object
 * @param member name, empty for the type itself
 * @param descriptor of the member, as in the class file; empty for the type itself
 */
record Reference(String type, String member, String descriptor) {
  static final String CONSTRUCTOR = "new";

  static Reference to(String type) {
    return new Reference(type, "", "");
  }

  static Reference to(String owner, String name, String descriptor) {
    String member = name.equals("<init>") ? CONSTRUCTOR : name;
    String type = owner.startsWith("[") ? "java.lang.Object" : owner.replace('/', '.');
    return new Reference(type, member, descriptor);
  }

  boolean isMember() {
    return !member.isEmpty();
  }

  boolean isMethod() {
    return descriptor.startsWith("(");
  }

  boolean isConstructor() {
    return member.equals(CONSTRUCTOR) && isMethod();
  }

  /** The type without its package, as a student writes it. */
  String simpleType() {
    return type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
  }

  /** As an {@link AllowList} writes it, as in {@code new(String,boolean)}. */
  String signature() {
    return isMethod()
        ? Arrays.stream(Type.getArgumentTypes(descriptor))
            .map(t -> t.getClassName().replaceAll(".*[.$]", ""))
            .collect(Collectors.joining(",", member + "(", ")"))
        : member;
  }
}
