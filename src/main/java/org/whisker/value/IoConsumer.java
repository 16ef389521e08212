package org.whisker.value;

import java.io.IOException;

/** Takes what is read or written. */
@FunctionalInterface
public interface IoConsumer<T> {
  void accept(T value) throws IOException;
}
