package org.whisker.ablation;

import org.whisker.image.Canvas;

/** What stands between an evolved image and the network. */
public sealed interface View {
  /** As files and messages call it. */
  String label();

  /** The canvas on which images evolve. */
  default Canvas canvas(Canvas model) {
    return model;
  }

  /** Nothing. */
  record Direct() implements View {
    @Override
    public String label() {
      return "direct";
    }
  }

  /** No network at all: every image has the same logit, so that only the operators move pixels. */
  record Flat() implements View {
    @Override
    public String label() {
      return "flat";
    }
  }
}
