package org.whisker.torch.natives;

import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import org.whisker.parallel.Crew;

/**
 * How many threads libtorch uses inside each operator. Results differ in their last bits with this
 * number.
 */
public final class OperatorThreads {
  private static final String PROPERTY = "ai.djl.pytorch.num_threads";
  private static final String VARIABLE = "OMP_NUM_THREADS";

  /** The number is libtorch's own, one for the process; so is the count of those who set it. */
  private static final One ONE = new One();

  private OperatorThreads() {}

  /**
   * Whether whoever started the process chose the number, by a property or by OpenMP's variable.
   */
  public static boolean areChosen() {
    return System.getProperty(PROPERTY) != null || System.getenv(VARIABLE) != null;
  }

  /**
   * Sets the number that there is, before anything is computed: until one is set, MKL may use fewer
   * for a product, and then results would depend on what was computed before.
   */
  public static void settle() {
    JniUtils.setNumThreads(JniUtils.getNumThreads());
  }

  /** The number of threads in an operator; the engine must have been loaded. */
  public static int count() {
    return JniUtils.getNumThreads();
  }

  /**
   * Has one thread in each operator, on this thread and on those that begin from now on, until
   * closed on this thread; the engine must have been loaded. Of scopes that overlap, the last to be
   * closed sets the number back.
   */
  public static Scope one() {
    ONE.begin();
    return ONE::end;
  }

  /**
   * Has one thread in each operator on this thread from now on; others, and those that begin later,
   * keep theirs. The engine must have been loaded.
   */
  public static void haveOne() {
    if (JniUtils.getNumThreads() > 1) {
      ONE.alone();
    }
  }

  /** A time within which the number is another. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  private static final class One {
    private int open;
    private int before;

    synchronized void begin() {
      if (open++ == 0) {
        before = JniUtils.getNumThreads();
      }
      JniUtils.setNumThreads(1);
    }

    /** What a thread sets is what new ones begin with, so another one sets that back. */
    synchronized void alone() {
      int others = JniUtils.getNumThreads();
      JniUtils.setNumThreads(1);
      try (Crew another = new Crew(1)) {
        another.run(List.of(ended -> set(others)), RuntimeException.class);
      }
    }

    private static int set(int threads) {
      JniUtils.setNumThreads(threads);
      return threads;
    }

    synchronized void end() {
      if (--open == 0) {
        JniUtils.setNumThreads(before);
      }
    }
  }
}
