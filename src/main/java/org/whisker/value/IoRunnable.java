package org.whisker.value;

import java.io.IOException;

/** Does something with files. */
@FunctionalInterface
public interface IoRunnable {
  void run() throws IOException;
}
