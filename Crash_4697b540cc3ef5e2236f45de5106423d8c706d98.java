import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

public class Crash_4697b540cc3ef5e2236f45de5106423d8c706d98 {
  static final String base64Bytes =
      String.join(
          "",
          "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABdAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABdAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAF0AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABdAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACg==");

  public static void main(String[] args) throws Throwable {
    Crash_4697b540cc3ef5e2236f45de5106423d8c706d98.class
        .getClassLoader()
        .setDefaultAssertionStatus(true);
    try {
      Method fuzzerInitialize = org.whisker.fuzz.FuzzTarget.class.getMethod("fuzzerInitialize");
      fuzzerInitialize.invoke(null);
    } catch (NoSuchMethodException ignored) {
      try {
        Method fuzzerInitialize =
            org.whisker.fuzz.FuzzTarget.class.getMethod("fuzzerInitialize", String[].class);
        fuzzerInitialize.invoke(null, (Object) args);
      } catch (NoSuchMethodException ignored1) {
      } catch (IllegalAccessException | InvocationTargetException e) {
        e.printStackTrace();
        System.exit(1);
      }
    } catch (IllegalAccessException | InvocationTargetException e) {
      e.printStackTrace();
      System.exit(1);
    }
    byte[] input = java.util.Base64.getDecoder().decode(base64Bytes);
    org.whisker.fuzz.FuzzTarget.fuzzerTestOneInput(input);
  }
}
