package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.TestResult.NullDistribution;

class NullDistributionTest {
  @Test
  void theBandIsTheMiddleOfWhatWasDrawn() {
    double[] drawn = IntStream.rangeClosed(1, 999).mapToDouble(i -> 1000 - i).toArray();
    assertEquals(new Interval(25, 975, 0.95), NullDistribution.middle(drawn));
    assertEquals(0.026, NullDistribution.pAtMost(drawn, 25), 1e-12);
    assertEquals(0.976, NullDistribution.pAtLeast(drawn, 25), 1e-12);
    assertEquals(0.052, NullDistribution.p(drawn, 25), 1e-12);
    assertEquals(0.002, NullDistribution.p(drawn, 1000.5), 1e-12);
    double[] few = {3, 1, 2};
    assertEquals(new Interval(1, 3, 0.95), NullDistribution.middle(few));
  }
}
