package threadmill.harness.shapes;

/** Finds a class by its name and makes an instance of it. */
public class Naming {
  public Object made(String name) throws ReflectiveOperationException {
    return Class.forName(name).getDeclaredConstructor().newInstance();
  }

  public Object another(Object one) throws ReflectiveOperationException {
    return one.getClass().getConstructor().newInstance();
  }
}
