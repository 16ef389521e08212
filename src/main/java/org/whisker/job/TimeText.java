package org.whisker.job;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how long something may take, such as 90s, 10m or 2h. */
public final class TimeText {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)(ms|s|m|h)");

  private TimeText() {}

  /**
   * The duration, above 0.
   *
   * @param option the option that has it, for the message
   * @throws InvalidRequestException for another text
   */
  public static Duration parse(String option, String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new InvalidRequestException(
          option + " must be like 90s, 10m or 2h, was '" + text + "'");
    }
    double seconds =
        Double.parseDouble(form.group(1))
            * switch (form.group(2)) {
              case "ms" -> 0.001;
              case "m" -> 60;
              case "h" -> 3600;
              default -> 1;
            };
    if (!(seconds > 0)) {
      throw new InvalidRequestException(option + " must be above 0, was '" + text + "'");
    }
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
