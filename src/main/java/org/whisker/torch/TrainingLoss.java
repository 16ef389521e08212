package org.whisker.torch;

/** What a step of training makes smaller, as the mean over its batch. */
public sealed interface TrainingLoss {
  /** Statements of TorchScript that leave the loss of logits z and targets y in {@code loss}. */
  String script();

  /** Binary cross-entropy; targets are probabilities of not-cat. */
  record CrossEntropy() implements TrainingLoss {
    @Override
    public String script() {
      return "    loss = torch.binary_cross_entropy_with_logits(z, y, None, None, 1)\n";
    }
  }

  /**
   * The Kullback-Leibler divergence of the student's Bernoulli distribution from the teacher's, in
   * nats, both at a temperature T: T² KL(σ(t / T) ‖ σ(z / T)). Targets are the teacher's logits t.
   * Its derivative by z is T (σ(z / T) − σ(t / T)); the factor T² keeps gradients about as large at
   * every temperature (Hinton et al. 2015, arXiv 1503.02531).
   *
   * @param temperature T, above 0
   */
  record Divergence(double temperature) implements TrainingLoss {
    public Divergence {
      if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("temperature must be above 0, was " + temperature);
      }
    }

    /** Cross-entropy less the teacher's entropy, which is its cross-entropy with itself. */
    @Override
    public String script() {
      return """
          t = torch.div(y, %1$s)
          q = torch.sigmoid(t)
          h0 = torch.binary_cross_entropy_with_logits(t, q, None, None, 1)
          h1 = torch.binary_cross_entropy_with_logits(torch.div(z, %1$s), q, None, None, 1)
          loss = torch.mul(torch.sub(h1, h0), %2$s)
      """
          .formatted(temperature, temperature * temperature);
    }
  }
}
