package org.whisker.value;

import java.io.IOException;

/** Makes something of files. */
@FunctionalInterface
public interface IoSupplier<T> {
  T get() throws IOException;
}
