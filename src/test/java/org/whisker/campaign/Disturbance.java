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
   * SIGKILL at a thread's n-th system call of a name, before it is carried out.
   *
   * @param call such as {@code rename}
   */
  record KillAt(String call, int n) implements Disturbance {}

  /**
   * System calls of a name fail, from a thread's n-th on.
   *
   * @param error such as {@code ENOSPC}
   */
  record FailFrom(String call, int n, String error) implements Disturbance {}

  /** The calls by which files come to the disk and to their names. */
  List<String> CALLS =
      List.of("write", "pwrite64", "fsync", "fdatasync", "rename", "link", "ftruncate", "unlink");

  /** For strace; empty for what needs none. */
  default List<String> injected() {
    if (this instanceof KillAt kill) {
      return List.of("inject=%s:signal=KILL:when=%d".formatted(kill.call, kill.n));
    }
    if (this instanceof FailFrom fail) {
      return List.of("inject=%s:error=%s:when=%d+".formatted(fail.call, fail.error, fail.n));
    }
    return List.of();
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
   * Draws one.
   *
   * @param calls how often a thread makes each call in an undisturbed run, at most
   * @param millis that such a run takes
   */
  static Disturbance draw(RandomGenerator random, Map<String, Integer> calls, long millis) {
    List<String> made = CALLS.stream().filter(call -> calls.getOrDefault(call, 0) > 0).toList();
    int which = random.nextInt(10);
    if (which < 3 || made.isEmpty()) {
      return new KillAfter(millis / 4 + random.nextLong(Math.max(1, millis * 3 / 4)));
    }
    String call = made.get(random.nextInt(made.size()));
    int n = 1 + random.nextInt(calls.getOrDefault(call, 1));
    if (which < 8) {
      return new KillAt(call, n);
    }
    boolean names = call.equals("rename") || call.equals("link") || call.equals("unlink");
    return new FailFrom(call, n, names ? "EACCES" : call.endsWith("sync") ? "EIO" : "ENOSPC");
  }
}
