package org.whisker.value;

import java.io.IOException;

/** Makes one of another by reading or writing. */
@FunctionalInterface
public interface IoFunction<A, R> {
  R apply(A from) throws IOException;
}
