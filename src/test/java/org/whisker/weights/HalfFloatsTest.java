package org.whisker.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfFloatsTest {
  @ParameterizedTest
  @CsvSource({
    // from Python's struct.pack('<e', x)
    "0.1, 2e66",
    "0.33333334, 3555",
    "65504, 7bff",
    "6e-8, 0001",
    "-2.98e-8, 8000",
    "3e-5, 01f7",
    "1e-3, 1419",
    "2049, 6800",
    "2051, 6802",
    "-2, c000",
    "65519.996, 7bff",
    "65520, 7c00",
    "Infinity, 7c00",
    "-Infinity, fc00"
  })
  void halvesRoundToNearestEven(float value, String bits) {
    assertEquals(bits, String.format("%04x", DType.toHalf(value)));
  }

  @Test
  void everyHalfSurvivesTheRoundTrip() {
    for (int bits = 0; bits < 0x10000; bits++) {
      float value = DType.fromHalf((short) bits);
      int back = DType.toHalf(value) & 0xFFFF;
      if (Float.isNaN(value)) {
        assertTrue((bits & 0x7FFF) > 0x7C00 && (back & 0x7FFF) > 0x7C00, "NaN " + bits);
      } else {
        assertEquals(bits, back);
      }
    }
  }

  @Test
  void halvesHaveTheirIeeeValues() {
    assertEquals(1f, DType.fromHalf((short) 0x3C00));
    assertEquals(-65504f, DType.fromHalf((short) 0xFBFF));
    assertEquals(0x1p-24f, DType.fromHalf((short) 1));
    assertEquals(0x1p-14f, DType.fromHalf((short) 0x400));
    assertEquals(-0f, DType.fromHalf((short) 0x8000));
    assertEquals(Float.NEGATIVE_INFINITY, DType.fromHalf((short) 0xFC00));
  }

  @Test
  void bfloat16RoundsToNearestEven() {
    assertEquals(0x3F80, DType.toBfloat16(Float.intBitsToFloat(0x3F808000)));
    assertEquals(0x3F82, DType.toBfloat16(Float.intBitsToFloat(0x3F818000)));
    assertEquals(0x3F81, DType.toBfloat16(Float.intBitsToFloat(0x3F808001)));
    assertEquals(0x7F80, DType.toBfloat16(0x1.FFp127f));
    assertEquals(0x7F7F, DType.toBfloat16(Math.nextDown(0x1.FFp127f)));
    assertTrue(Float.isNaN(DType.fromBfloat16(DType.toBfloat16(Float.NaN))));
    assertTrue(Float.isNaN(DType.fromBfloat16(DType.toBfloat16(Float.intBitsToFloat(0x7F800001)))));
    assertEquals(-1.5f, DType.fromBfloat16(DType.toBfloat16(-1.5f)));
  }
}
