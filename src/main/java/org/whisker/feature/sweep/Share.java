package org.whisker.feature.sweep;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whisker.job.InvalidRequestException;

/**
 * Which tasks are a worker's: all, one of several equal shards, or those of a list.
 *
 * @param shard from 1
 * @param shards at least 1
 * @param keys the only ones; empty: all
 */
public record Share(int shard, int shards, Optional<Set<String>> keys) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})/(\\d{1,9})");

  public Share {
    InvalidRequestException.refuse(
        shard < 1 || shard > shards,
        "--shard is I/N with I from 1 to N, such as 3/8, was " + shard + "/" + shards);
  }

  /** All tasks. */
  public static Share all() {
    return new Share(1, 1, Optional.empty());
  }

  /** A share of these tasks alone. */
  public static Share of(Set<String> keys) {
    return new Share(1, 1, Optional.of(Set.copyOf(keys)));
  }

  /** A shard as users type it: {@code 3/8}. */
  public static Share parse(String text) {
    Matcher shard = TEXT.matcher(text);
    InvalidRequestException.refuse(
        !shard.matches(), "--shard is I/N, such as 3/8, was '" + text + "'");
    return new Share(
        Integer.parseInt(shard.group(1)), Integer.parseInt(shard.group(2)), Optional.empty());
  }

  boolean hasBatch(long index) {
    return index % shards == shard - 1;
  }

  boolean hasTask(String key) {
    return keys.isEmpty() || keys.get().contains(key);
  }
}
