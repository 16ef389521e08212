package org.whisker.command;

import java.util.Optional;
import org.whisker.job.InvalidRequestException;
import org.whisker.option.Option;

/** {@code --target} and {@code --against}: a class, and one that it is held against. */
public record AgainstOption(
    TargetOption target,
    @Option(
            names = "--against",
            label = "CLASS",
            help =
                "Compare the class of the model with this class only, instead of all others:"
                    + " the logit is the difference between the two classes' logits. Same as"
                    + " MODEL@CLASS:OTHER.")
        Optional<String> other) {
  /**
   * The model under a name that says so.
   *
   * @throws InvalidRequestException for a second class in the model's name
   */
  public String in(String model) {
    String asked = target.in(model);
    return other.map(each -> named(asked, each)).orElse(asked);
  }

  /** {@code --target} alone. */
  public record TargetOption(
      @Option(
              names = "--target",
              label = "CLASS",
              help =
                  "The class that the model is asked for, by its name or number. Same as"
                      + " MODEL@CLASS.")
          Optional<String> named) {
    /**
     * The model under a name that says so.
     *
     * @throws InvalidRequestException for a second class in the model's name
     */
    public String in(String model) {
      return named.map(each -> asked(model, each)).orElse(model);
    }
  }

  static String asked(String model, String target) {
    InvalidRequestException.refuse(
        hasClass(model), "--target " + target + ": " + model + " names a class already");
    return model + "@" + target;
  }

  /** A folder on the way to the model may have an '@' in its name. */
  static String named(String model, String other) {
    return model + (hasClass(model) ? ":" : "@:") + other;
  }

  private static boolean hasClass(String model) {
    int last = Math.max(model.lastIndexOf('/'), model.lastIndexOf('\\')) + 1;
    return model.indexOf('@', last) >= 0;
  }
}
