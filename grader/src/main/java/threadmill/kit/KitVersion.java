package threadmill.kit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version written into the jar when it was built. */
final class KitVersion {
  private KitVersion() {}

  static String read() {
    try (InputStream in = KitVersion.class.getResourceAsStream("/threadmill/kit.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version");
    } catch (IOException e) {
      return null;
    }
  }
}
