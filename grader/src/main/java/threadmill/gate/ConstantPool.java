package threadmill.gate;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;

/**
 * All that a class file can link to. What is not in the constant pool cannot be reached by the
 * class, whatever its instructions are: method handles, constant dynamic, bootstrap methods and
 * their arguments all end in entries of these kinds (JVMS 4.4).
 */
final class ConstantPool {
  private static final int CLASS = 7;
  private static final int FIELD = 9;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;
  private static final int NAME_AND_TYPE = 12;
  private static final int METHOD_TYPE = 16;

  private ConstantPool() {}

  static Set<Reference> references(ClassReader reader) {
    Set<Reference> found = new LinkedHashSet<>();
    // Many entries may share one long text.
    Set<Integer> seen = new HashSet<>();
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int at = reader.getItem(i);
      if (at == 0) {
        continue;
      }
      switch (reader.readByte(at - 1)) {
        case CLASS -> types(Type.getObjectType(reader.readUTF8(at, buffer)), found);
        case METHOD_TYPE -> types(Type.getType(reader.readUTF8(at, buffer)), found);
        case NAME_AND_TYPE -> {
          if (seen.add(reader.readUnsignedShort(at + 2))) {
            types(Type.getType(reader.readUTF8(at + 2, buffer)), found);
          }
        }
        case FIELD, METHOD, INTERFACE_METHOD -> {
          int nameAndType = reader.getItem(reader.readUnsignedShort(at + 2));
          found.add(
              Reference.to(
                  reader.readClass(at, buffer),
                  reader.readUTF8(nameAndType, buffer),
                  reader.readUTF8(nameAndType + 2, buffer)));
        }
        default -> {
          // Numbers, texts, and entries that only point to those above.
        }
      }
    }
    return found;
  }

  /** The types in a type: of an array its elements, of a method its parameters and its result. */
  static void types(Type type, Set<Reference> found) {
    switch (type.getSort()) {
      case Type.METHOD -> {
        types(type.getReturnType(), found);
        for (Type argument : type.getArgumentTypes()) {
          types(argument, found);
        }
      }
      case Type.ARRAY -> types(type.getElementType(), found);
      case Type.OBJECT -> found.add(Reference.to(type.getClassName()));
      default -> {
        // A primitive type gives access to nothing.
      }
    }
  }
}
