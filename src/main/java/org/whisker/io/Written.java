package org.whisker.io;

/**
 * How much of a growing file is safe on the disk.
 *
 * @param bytes length from its beginning
 * @param crc32c of these bytes, 0 to 2³² − 1; {@value #UNKNOWN} where an earlier version of whisker
 *     recorded the length alone
 */
public record Written(long bytes, long crc32c) {
  public static final long UNKNOWN = -1;

  /** Whether the content can be held against what was written, not only the length. */
  public boolean isChecked() {
    return crc32c != UNKNOWN;
  }
}
