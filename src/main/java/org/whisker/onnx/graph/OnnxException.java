package org.whisker.onnx.graph;

import java.io.IOException;

/** An ONNX file that can't be used; one line that names the file, the place and the mend. */
public final class OnnxException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int LONGEST = 300;

  public OnnxException(String message) {
    super(line(message));
  }

  public OnnxException(String message, Throwable cause) {
    super(line(message), cause);
  }

  /** Names in a file may hold anything. */
  private static String line(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '?' : c)
        .limit(LONGEST)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
