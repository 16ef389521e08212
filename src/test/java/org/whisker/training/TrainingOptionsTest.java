package org.whisker.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.training.TrainingTask.TrainingOptions;

class TrainingOptionsTest {
  private static TrainingOptions options(
      int epochs, int batch, double rate, double decay, double warmup, double smoothing) {
    return new TrainingOptions(
        epochs, batch, rate, decay, warmup, smoothing, 2, 0.1, Augmentation.none(), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 8, 0.1, 0, 0, 0, epochs, 0",
    "4, 1, 0.1, 0, 0, 0, batch, 1",
    "4, 8, 0, 0, 0, 0, learning rate, 0.0",
    "4, 8, NaN, 0, 0, 0, learning rate, NaN",
    "4, 8, 0.1, -1, 0, 0, weight decay, -1.0",
    "4, 8, 0.1, NaN, 0, 0, weight decay, NaN",
    "4, 8, 0.1, 0, 4.5, 0, warm-up, 4.5",
    "4, 8, 0.1, 0, NaN, 0, warm-up, NaN",
    "4, 8, 0.1, 0, 0, 1, label smoothing, 1.0",
    "4, 8, 0.1, 0, 0, NaN, label smoothing, NaN"
  })
  void impossible(
      int epochs,
      int batch,
      double rate,
      double decay,
      double warmup,
      double smoothing,
      String what,
      String value) {
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> options(epochs, batch, rate, decay, warmup, smoothing))
                .getMessage());
    assertTrue(message.startsWith(what) && message.endsWith("was " + value), message);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.1", "-1, 0.1", "NaN, 0.1", "2, 0", "2, 1.1", "2, NaN"})
  void impossibleClipOrAveraging(double clip, double averaging) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new TrainingOptions(4, 8, 0.1, 0, 0, 0, clip, averaging, Augmentation.none(), 1));
  }

  @Test
  void theRateRisesThenFallsToOnePercent() {
    TrainingOptions options = options(10, 8, 0.002, 0, 2, 0);
    assertTrue(options.rateAt(0) > 0, "a step at rate 0 would be wasted");
    assertEquals(0.001, options.rateAt(1), 1e-12);
    assertEquals(0.002, options.rateAt(2), 1e-12);
    assertEquals(0.002 * 0.505, options.rateAt(6), 1e-12);
    assertEquals(0.002 * 0.01, options.rateAt(10), 1e-12);
    for (double epoch = 0.1; epoch <= 10.05; epoch += 0.1) {
      double change = options.rateAt(epoch) - options.rateAt(epoch - 0.1);
      assertTrue(epoch < 2.05 ? change > 0 : change < 0, "change " + change + " at " + epoch);
    }
  }

  @Test
  void withoutWarmUpItBeginsAtThePeak() {
    assertEquals(0.002, options(10, 8, 0.002, 0, 0, 0).rateAt(0), 1e-12);
    assertEquals(0.002, options(1, 8, 0.002, 0, 1, 0).rateAt(1), 1e-12);
  }

  @Test
  void defaultsFitEveryNumberOfEpochs() {
    assertEquals(0.25, TrainingOptions.defaults(1, 7).warmupEpochs());
    assertEquals(2, TrainingOptions.defaults(40, 7).warmupEpochs());
    assertEquals(7, TrainingOptions.defaults(40, 7).seed());
  }
}
