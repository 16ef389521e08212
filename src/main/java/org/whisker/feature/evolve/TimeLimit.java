package org.whisker.feature.evolve;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine.Option;

/** How long a run may take. */
final class TimeLimit {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)(ms|s|m|h)");

  @Option(
      names = "--time",
      paramLabel = "T",
      description = "Stop a run after this time, such as 90s, 10m or 2h.")
  private @Nullable String time;

  /**
   * The limit, if there is one.
   *
   * @throws InvalidRequestException for what is no time, or none at all
   */
  Optional<Duration> get() {
    return time == null ? Optional.empty() : Optional.of(parse(time));
  }

  static Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new InvalidRequestException("--time must be like 90s, 10m or 2h, was '" + text + "'");
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
      throw new InvalidRequestException("--time must be above 0, was '" + text + "'");
    }
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
