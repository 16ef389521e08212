package org.whisker.torch.precision;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.whisker.torch.Precision;

/**
 * Float32 or bfloat16 for the searches on a network, by rule: bfloat16 where the device convolves
 * faster in it ({@link FastBfloat16}), if the network then still ranks siblings, pictures that
 * differ in a few pixels, as in float32. No speed is measured: for one network on one machine the
 * choice is the same each time.
 *
 * @param faster whether bfloat16 is worth looking at, and why
 * @param agreement the agreement of both precisions; empty where bfloat16 was not looked at
 */
public record PrecisionChoice(FastBfloat16 faster, Optional<RankAgreement> agreement) {
  /** The smallest agreement among siblings for which bfloat16 is chosen. */
  public static final double LEAST_AGREEMENT = 0.98;

  /** The precision to use. */
  public Precision precision() {
    boolean agrees = agreement.filter(a -> a.siblings() >= LEAST_AGREEMENT).isPresent();
    return faster.available() && agrees ? Precision.BFLOAT16 : Precision.FLOAT32;
  }

  /** The reason, in one line. */
  public String reason() {
    if (agreement.isEmpty()) {
      return faster.reason();
    }
    return String.format(
        Locale.ROOT,
        "%s; the network ranks siblings in bfloat16 as in float32 to %.4f%s",
        faster.reason(),
        agreement.get().siblings(),
        precision() == Precision.BFLOAT16 ? "" : ", " + LEAST_AGREEMENT + " is wanted");
  }

  /** What a manifest says of it. */
  public Map<String, Object> manifest() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("reason", reason());
    agreement.ifPresent(
        found -> {
          map.put("pictures", found.pictures());
          map.put("spearman_siblings", found.siblings());
          map.put("spearman_all", found.all());
          map.put("least_spearman_siblings", LEAST_AGREEMENT);
        });
    return map;
  }
}
