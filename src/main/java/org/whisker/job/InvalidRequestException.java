package org.whisker.job;

import java.util.function.Supplier;

/**
 * A job is asked for something impossible. The message is one line that names the option, as the
 * command line calls it, with its value, and says what to do.
 */
public final class InvalidRequestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InvalidRequestException(String message) {
    super(message);
  }

  private InvalidRequestException(IllegalArgumentException cause) {
    super(cause.getMessage(), cause);
  }

  /**
   * The value of {@code options}. Only the making of an options record belongs here: its {@link
   * IllegalArgumentException} is the user's mistake, one from elsewhere is ours.
   */
  public static <T> T check(Supplier<T> options) {
    try {
      return options.get();
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(e);
    }
  }

  /** Refuses what is impossible. */
  public static void refuse(boolean impossible, String message) {
    if (impossible) {
      throw new InvalidRequestException(message);
    }
  }
}
