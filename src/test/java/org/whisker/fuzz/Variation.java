package org.whisker.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** One change of an input's bytes. */
enum Variation {
  BIT {
    @Override
    byte[] of(byte[] bytes, RandomGenerator random) {
      byte[] other = bytes.clone();
      other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
      return other;
    }
  },
  BYTE {
    @Override
    byte[] of(byte[] bytes, RandomGenerator random) {
      byte[] other = bytes.clone();
      other[random.nextInt(other.length)] = (byte) random.nextInt();
      return other;
    }
  },
  /** A number of four bytes, as headers have them. */
  INTEGER {
    @Override
    byte[] of(byte[] bytes, RandomGenerator random) {
      int[] odd = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 16, 1 << 24, 1 << 30};
      ByteBuffer four = ByteBuffer.allocate(4);
      four.putInt(odd[random.nextInt(odd.length)]);
      return put(bytes, random.nextInt(bytes.length), four.array(), true);
    }
  },
  /** A number or sign, as texts have them. */
  WORD {
    @Override
    byte[] of(byte[] bytes, RandomGenerator random) {
      byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
      return put(bytes, random.nextInt(bytes.length), word, random.nextBoolean());
    }
  },
  CUT {
    @Override
    byte[] of(byte[] bytes, RandomGenerator random) {
      int from = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, from + 1 + random.nextInt(1 + bytes.length / 4));
      byte[] other = Arrays.copyOf(bytes, bytes.length - (to - from));
      System.arraycopy(bytes, to, other, from, bytes.length - to);
      return other;
    }
  },
  /** A part of it many times over: what is long takes long. */
  REPEATED {
    @Override
    byte[] of(byte[] bytes, RandomGenerator random) {
      int from = random.nextInt(bytes.length);
      int length = Math.min(bytes.length - from, 1 + random.nextInt(64));
      byte[] part = new byte[length * (1 + random.nextInt(1 << random.nextInt(10)))];
      for (int i = 0; i < part.length; i++) {
        part[i] = bytes[from + i % length];
      }
      return put(bytes, from, part, false);
    }
  };

  private static final List<String> WORDS =
      List.of(
          "0",
          "-1",
          "1e308",
          "1e-308",
          "NaN",
          "999999999",
          "2147483647",
          "9223372036854775807",
          "\"",
          ",",
          "{",
          "[",
          "}",
          "]",
          "\n",
          ":",
          " ",
          "..",
          "/",
          "%",
          "null",
          "true",
          "&a",
          "*a");

  /** Not empty. */
  abstract byte[] of(byte[] bytes, RandomGenerator random);

  /** A change by chance, of at most so many bytes. */
  static byte[] of(byte[] bytes, RandomGenerator random, int longest) {
    byte[] from = bytes.length == 0 ? new byte[1] : bytes;
    byte[] varied = values()[random.nextInt(values().length)].of(from, random);
    return varied.length > longest ? Arrays.copyOf(varied, longest) : varied;
  }

  private static byte[] put(byte[] bytes, int at, byte[] part, boolean over) {
    int rest = over ? Math.min(bytes.length, at + part.length) : at;
    byte[] other = Arrays.copyOf(bytes, at + part.length + bytes.length - rest);
    System.arraycopy(part, 0, other, at, part.length);
    System.arraycopy(bytes, rest, other, at + part.length, bytes.length - rest);
    return other;
  }
}
