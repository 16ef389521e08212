package org.whisker.command;

import java.util.Optional;
import org.whisker.option.Option;

/** {@code --against}: the class that another one is held against. */
public record AgainstOption(
    @Option(
            names = "--against",
            label = "CLASS",
            help =
                "Compare the class of the model with this class only, instead of all others:"
                    + " the logit is the difference between the two classes' logits. Same as"
                    + " MODEL@CLASS:OTHER.")
        Optional<String> other) {
  /** The model under a name that says so. */
  public String in(String model) {
    return other.map(each -> named(model, each)).orElse(model);
  }

  /** A folder on the way to the model may have an '@' in its name. */
  static String named(String model, String other) {
    int last = Math.max(model.lastIndexOf('/'), model.lastIndexOf('\\')) + 1;
    return model + (model.indexOf('@', last) < 0 ? "@:" : ":") + other;
  }
}
