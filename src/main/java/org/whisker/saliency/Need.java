package org.whisker.saliency;

/** What a method needs besides a logit. */
public enum Need {
  /** Nothing. */
  NONE,
  /** The gradient by the input. */
  GRADIENTS,
  /** The feature maps of a layer and their gradients. */
  FEATURES,
  /** A picture of black pixels on white: they are what it takes away. */
  BLACK_PIXELS
}
