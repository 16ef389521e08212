package org.whisker.campaign;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A disturbance of a process, such as a kill or a full disk. */
sealed interface Disturbance {
  /** Nothing. */
  record None() implements Disturbance {}

  /** SIGKILL after a time. */
  record KillAfter(long millis) implements Disturbance {}

  /**
   * SIGKILL at the n-th call of a name, before it is carried out.
   *
   * @param call such as {@code rename}
   */
  record KillAt(String call, int n) implements Disturbance {}

  /**
   * Calls of a name fail, from the n-th on.
   *
   * @param error such as {@code ENOSPC}
   */
  record FailFrom(String call, int n, String error) implements Disturbance {}

  /** The errors of calls that fail, and their numbers. */
  Map<String, Integer> ERRORS = Map.of("EIO", 5, "EACCES", 13, "ENOSPC", 28);

  /** The number of the error when a call fails from now on; 0 when it kills. */
  default int errorNumber() {
    return this instanceof FailFrom fail ? ERRORS.getOrDefault(fail.error, 0) : 0;
  }

  /** What a process is told that {@link Calls} stands before; empty for what needs none. */
  default String rule() {
    if (this instanceof KillAt kill) {
      return Calls.NAMES.indexOf(kill.call) + " " + kill.n + " " + errorNumber();
    }
    return this instanceof FailFrom fail
        ? Calls.NAMES.indexOf(fail.call) + " " + fail.n + " " + errorNumber()
        : "";
  }

  /** The name of the disturbance in tables. */
  default String kind() {
    if (this instanceof KillAt kill) {
      return "kill at " + kill.call;
    } else if (this instanceof FailFrom fail) {
      return fail.error + " from " + fail.call;
    }
    return this instanceof KillAfter ? "kill by time" : "none";
  }

  /** Whether the process has no chance to end in order. */
  default boolean kills() {
    return this instanceof KillAfter || this instanceof KillAt;
  }

  /**
   * Draws one: a kill by time or at a call, or, one in ten, calls that fail.
   *
   * @param calls how many of each call a process may still make
   * @param millis that it may still take
   */
  static Disturbance draw(RandomGenerator random, Map<String, Integer> calls, long millis) {
    List<String> made =
        Calls.NAMES.stream().filter(call -> calls.getOrDefault(call, 0) > 0).toList();
    int kind = random.nextInt(10);
    if (kind < 3 || made.isEmpty()) {
      return new KillAfter(millis / 4 + random.nextLong(Math.max(1, millis * 3 / 4)));
    }
    String call = made.get(random.nextInt(made.size()));
    int n = 1 + random.nextInt(calls.getOrDefault(call, 1));
    return kind < 9 ? new KillAt(call, n) : new FailFrom(call, n, errorOf(call));
  }

  private static String errorOf(String call) {
    return switch (call) {
      case "rename", "link", "unlink", "rmdir" -> "EACCES";
      case "fsync", "fdatasync" -> "EIO";
      default -> "ENOSPC";
    };
  }
}
