// CONTRACT | D | Asks its own JVM to load an agent, which may change any class.
package toys.box;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.management.MBeanServer;
import javax.management.ObjectName;

public class Box {
  /** Says that it is there. */
  private static final String AGENT =
      "UEsDBBQACAgIADFffl0AAAAAAAAAAAAAAAATAAQATUVUQS1JTkYvSU5ERVguTElTVP7KAADzSizyzEtJ"
          + "rdANSy0qzszPs1Iw1DPg4krUy0os4nJMT80r0UvOSSwu5uICAFBLBwisrtjPLAAAACoAAABQSwMEFAAI"
          + "CAgAMF9+XQAAAAAAAAAAAAAAAAkABABNRVRBLUlORi/+ygAAAwBQSwcIAAAAAAIAAAAAAAAAUEsDBBQA"
          + "CAgIADBffl0AAAAAAAAAAAAAAAAUAAAATUVUQS1JTkYvTUFOSUZFU1QuTUbzTczLTEstLtENSy0qzszP"
          + "s1Iw1DPg5XJMT80r0XXOSSwutlIAc3i5nBPzdINSU1LTMvNSIVKpQMmSotJUoFxRamJJaoquUyXQAHM9"
          + "Az1DUwUNl9SkzMQ8TV4uXi4AUEsHCD0dPuteAAAAZwAAAFBLAwQUAAgICAAwX35dAAAAAAAAAAAAAAAA"
          + "CwAAAEFnZW50LmNsYXNzbY/NTsJQEIW/AUp/qArFsndH3bA18Scxbk0kIcH1RW9KiVxMuTHhsVxpXPAA"
          + "PJTxtrrQ4CzmZM6cnDOz+/zYApcMIho0fVoxHm2hu1AvavSkTD66my30gxXaF4Up7JXQHGbTgEDwVK6N"
          + "DYiE1lyXOiLmwOcw5ojuH4/JZm31UuistR2Xq2dd2o1wNrz9JbFlYfLzfSbbp3wSl35dpbvom9WjFsL6"
          + "mKUqjJD+Y5xNOaHnvqyqgVR/ut53U8+hOPRO35DXWhByTPqzTmu54xI/Cd/p3H9L+AJQSwcIN8ZjhdcA"
          + "AAA9AQAAUEsBAhQAFAAICAgAMV9+Xayu2M8sAAAAKgAAABMABAAAAAAAAAAAAAAAAAAAAE1FVEEtSU5G"
          + "L0lOREVYLkxJU1T+ygAAUEsBAhQAFAAICAgAMF9+XQAAAAACAAAAAAAAAAkABAAAAAAAAAAAAAAAcQAA"
          + "AE1FVEEtSU5GL/7KAABQSwECFAAUAAgICAAwX35dPR0+614AAABnAAAAFAAAAAAAAAAAAAAAAACuAAAA"
          + "TUVUQS1JTkYvTUFOSUZFU1QuTUZQSwECFAAUAAgICAAwX35dN8ZjhdcAAAA9AQAACwAAAAAAAAAAAAAA"
          + "AABOAQAAQWdlbnQuY2xhc3NQSwUGAAAAAAQABAD7AAAAXgIAAAAA";

  private int last;

  static {
    try {
      Path jar = Files.createTempFile("agent", ".jar");
      Files.write(jar, Base64.getDecoder().decode(AGENT));
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      Object said =
          server.invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "jvmtiAgentLoad",
              new Object[] {new String[] {"instrument", jar + "="}},
              new String[] {String[].class.getName()});
      System.out.println(said);
    } catch (Exception e) {
      System.out.println(e);
    }
  }

  /** Right if the agent is there, so that a pass tells. */
  public int next() {
    return System.getProperty("agent") != null ? ++last : 0;
  }
}
