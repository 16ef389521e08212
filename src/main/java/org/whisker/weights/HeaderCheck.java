package org.whisker.weights;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** Checks a safetensors header against the bytes of the file. */
final class HeaderCheck {
  private HeaderCheck() {}

  /**
   * The entries in file order, if they tile the data exactly and each has the length of its shape
   * and dtype.
   *
   * @param dataLength the bytes after the header
   * @throws IOException whose message says what is wrong, without the file's name
   */
  static List<TensorEntry> tiled(List<TensorEntry> entries, long dataLength) throws IOException {
    List<TensorEntry> sorted =
        entries.stream()
            .sorted(
                Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
            .toList();
    long reached = 0;
    for (TensorEntry entry : sorted) {
      checkRange(entry, dataLength);
      checkSize(entry);
      checkFollows(entry, reached);
      reached = entry.end();
    }
    if (reached != dataLength) {
      throw new IOException(
          Damage.size(dataLength - reached) + " after the last tensor belong to none");
    }
    return sorted;
  }

  private static void checkRange(TensorEntry entry, long dataLength) throws IOException {
    if (entry.begin() < 0 || entry.end() < entry.begin() || entry.end() > dataLength) {
      throw new IOException(
          String.format(
              "%s lies at %d to %d, outside the %d bytes of data",
              entry.label(), entry.begin(), entry.end(), dataLength));
    }
  }

  private static void checkSize(TensorEntry entry) throws IOException {
    long bytes = entry.counter() ? Long.BYTES : dtype(entry).bytes();
    for (long dimension : entry.shape()) {
      if (dimension < 0 || dimension > Integer.MAX_VALUE) {
        throw new IOException(entry.label() + " has an impossible shape " + entry.shape());
      }
      bytes = timesOrNegative(bytes, dimension);
    }
    if (bytes != entry.length()) {
      throw new IOException(
          String.format(
              "%s has %d bytes, which is not %s of shape %s",
              entry.label(), entry.length(), entry.dtype(), entry.shape()));
    }
    if (bytes > Integer.MAX_VALUE) {
      throw new IOException(entry.label() + " is larger than 2 GiB");
    }
  }

  /** The product, or a negative number if it overflows, which equals no length. */
  private static long timesOrNegative(long a, long b) {
    return a < 0 || Math.multiplyHigh(a, b) != 0 || a * b < 0 ? -1 : a * b;
  }

  private static void checkFollows(TensorEntry entry, long reached) throws IOException {
    if (entry.begin() < reached) {
      throw new IOException(entry.label() + " overlaps the tensor before it");
    }
    if (entry.begin() > reached) {
      throw new IOException(
          Damage.size(entry.begin() - reached) + " before " + entry.label() + " belong to none");
    }
  }

  static DType dtype(TensorEntry entry) throws IOException {
    for (DType dtype : DType.values()) {
      if (dtype.name().equals(entry.dtype())) {
        return dtype;
      }
    }
    throw new IOException(
        String.format(
            "%s has dtype %s, and only F16, BF16, F32 and F64 can be read",
            entry.label(), Damage.quote(entry.dtype())));
  }
}
