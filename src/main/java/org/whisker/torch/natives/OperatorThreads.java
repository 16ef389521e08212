package org.whisker.torch.natives;

import ai.djl.pytorch.jni.JniUtils;

/**
 * How many threads libtorch uses inside each operator. Results differ in their last bits with this
 * number.
 */
public final class OperatorThreads {
  private static final String PROPERTY = "ai.djl.pytorch.num_threads";
  private static final String VARIABLE = "OMP_NUM_THREADS";

  private OperatorThreads() {}

  /**
   * Whether whoever started the process chose the number, by a property or by OpenMP's variable.
   */
  public static boolean areChosen() {
    return System.getProperty(PROPERTY) != null || System.getenv(VARIABLE) != null;
  }

  /** Their number; the engine must have been loaded. */
  public static int count() {
    return JniUtils.getNumThreads();
  }
}
