package org.whisker.saliency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.stats.Correlation;
import org.whisker.stats.Correlation.Ties;

/**
 * Agreement of methods: Spearman's rho between each pair of maps, over the pixels where at least
 * one of the two is not 0. Since neighbouring pixels are correlated, no p-value is derived from the
 * number of pixels.
 *
 * @param methods in the order of the maps
 * @param absolute rho of the magnitudes |value|, a matrix row by row; empty where one of them is
 *     constant over these pixels
 * @param signed rho of the values, both oriented towards not-cat; also empty where the signs are
 *     not comparable: one map is unsigned, or one is a gradient and the other is relative to a
 *     replacement
 */
public record MethodAgreement(
    List<String> methods, List<List<OptionalDouble>> absolute, List<List<OptionalDouble>> signed) {
  public MethodAgreement {
    methods = List.copyOf(methods);
    absolute = absolute.stream().map(List::copyOf).toList();
    signed = signed.stream().map(List::copyOf).toList();
  }

  /**
   * The agreement of maps of one image.
   *
   * @param maps at least one, all on the same canvas
   */
  public static MethodAgreement of(List<SaliencyMap> maps) {
    Inputs.atLeast(1, "maps", maps.size());
    List<List<OptionalDouble>> absolute = new ArrayList<>();
    List<List<OptionalDouble>> signed = new ArrayList<>();
    for (SaliencyMap a : maps) {
      absolute.add(maps.stream().map(b -> absolute(a, b)).toList());
      signed.add(maps.stream().map(b -> signed(a, b)).toList());
    }
    return new MethodAgreement(maps.stream().map(SaliencyMap::method).toList(), absolute, signed);
  }

  public static OptionalDouble absolute(SaliencyMap a, SaliencyMap b) {
    Inputs.checkSize(a, b.canvas());
    return rho(a, b, absolute(a), absolute(b));
  }

  public static OptionalDouble signed(SaliencyMap a, SaliencyMap b) {
    Inputs.checkSize(a, b.canvas());
    boolean gradientA = a.sign().isOfWhite();
    boolean gradientB = b.sign().isOfWhite();
    boolean unsigned = a.sign() == SignConvention.MAGNITUDE || b.sign() == SignConvention.MAGNITUDE;
    return unsigned || gradientA != gradientB
        ? OptionalDouble.empty()
        : rho(a, b, towardsNotCat(a), towardsNotCat(b));
  }

  private static OptionalDouble rho(SaliencyMap a, SaliencyMap b, double[] x, double[] y) {
    // pixels that are 0 in both maps agree by construction, such as white pixels for methods on
    // black ones
    int[] some = IntStream.range(0, x.length).filter(i -> a.at(i) != 0 || b.at(i) != 0).toArray();
    double[] ofA = Arrays.stream(some).mapToDouble(i -> x[i]).toArray();
    double[] ofB = Arrays.stream(some).mapToDouble(i -> y[i]).toArray();
    return some.length == 0 || Ties.isConstant(ofA) || Ties.isConstant(ofB)
        ? OptionalDouble.empty()
        : OptionalDouble.of(Correlation.spearman(ofA, ofB));
  }

  private static double[] towardsNotCat(SaliencyMap map) {
    double[] values = new double[map.canvas().pixels()];
    double sign = map.sign().isCatAbove() ? -1 : 1;
    Arrays.setAll(values, i -> sign * map.at(i));
    return values;
  }

  public static double[] absolute(SaliencyMap map) {
    double[] values = new double[map.canvas().pixels()];
    Arrays.setAll(values, i -> Math.abs(map.at(i)));
    return values;
  }
}
