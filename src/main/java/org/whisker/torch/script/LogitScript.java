package org.whisker.torch.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whisker.network.Layer;

/**
 * TorchScript for logits of several classes as the logit of not-cat: {@code logsumexp(others) -
 * logsumexp(cats)}, which neither overflows nor loses precision for p(cat) near 0 or 1; in float64.
 */
public final class LogitScript {
  private LogitScript() {}

  /** An expression of shape N x 1 for {@code x} of shape N x classes. */
  public static String of(String x, Layer.ClassLogit logit) {
    return "torch.sub(%s, %s)".formatted(sum(x, logit.others()), sum(x, logit.cat()));
  }

  private static String sum(String x, List<Integer> classes) {
    List<String> slices = new ArrayList<>();
    for (int from = 0, to; from < classes.size(); from = to) {
      to = from + 1;
      while (to < classes.size() && classes.get(to) == classes.get(to - 1) + 1) {
        to++;
      }
      slices.add(
          String.format(
              Locale.ROOT,
              "torch.slice(%s, 1, %d, %d, 1)",
              x,
              classes.get(from),
              classes.get(to - 1) + 1));
    }
    return "torch.logsumexp(torch.to(torch.cat([%s], 1), 7), [1], True)"
        .formatted(String.join(", ", slices));
  }
}
