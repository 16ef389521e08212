package org.whisker.saliency;

/** What a method needs besides logits. */
public enum Need {
  /** Nothing. */
  NONE,
  /** The gradient with respect to the input. */
  GRADIENTS,
  /** The feature maps of a layer and their gradients. */
  FEATURES,
  /** Layers that pass back relevance by rules of their own. */
  RULES,
  /** A binary image, whose black pixels are removed. */
  BLACK_PIXELS
}
