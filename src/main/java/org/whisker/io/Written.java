package org.whisker.io;

/**
 * How much of a growing file is safe on the disk.
 *
 * @param bytes length from its beginning
 * @param crc32c of these bytes, 0 to 2³² − 1
 */
public record Written(long bytes, long crc32c) {}
